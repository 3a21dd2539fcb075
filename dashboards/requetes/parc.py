"""What the page « Parc conventionné » reads: the agreements in force on a day and their lots, counted and spread by DuckDB.

The period of an agreement that holds a day says its state that day (`fct_convention_version`, `fct_lot_version`). At the reference
date it is the current one: with no filter, figures are then those of the indicators P-01 to P-05.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, overload

from dashboards.donnees import Ligne, date_reference, lire, parcourir
from dashboards.requetes.axes_parc import AXES
from dashboards.requetes.communs import Portee, restriction

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from dashboards.filtres.communs import Communs
    from dashboards.filtres.parc import Filtres
    from data_contracts.publication import PublishedRun

_PARC = """(
    select
        version.version_id,
        version.convention_id,
        version.source,
        version.date_signature,
        version.nature_logement,
        version.nature_bailleur,
        version.est_foyer is true as est_foyer,
        version.est_anah,
        version.version_id,
        lot.lot_id,
        lot.financement,
        lot.famille_financement,
        lot.bailleur_id,
        lot.code_commune,
        coalesce(commune.code_departement, version.code_departement) as code_departement,
        coalesce(commune.code_region, version.code_region) as code_region,
        lot.nb_logements,
        lot.nb_logements_sortis,
        lot.nb_logements_restants,
        case when lot.nb_logements_restants > 0 then lot.nb_lits end as nb_lits{champs}
    from fct_convention_version as version
    left join fct_lot_version as lot on version.version_id = lot.version_id
    left join dim_commune as commune on lot.code_commune = commune.code_commune
    {jointure}
    where version.date_vigueur_debut <= $au::date and coalesce(version.date_vigueur_fin >= $au::date, true)
) as parc"""
PARC = _PARC.format(champs="", jointure="")
"""Grain: one lot of an agreement in force on the day `$au`, or the agreement alone when it has none."""
PARC_A_TERME = _PARC.format(
    champs=", convention.date_expiration, convention.date_echeance_tacite",
    jointure="inner join fct_convention as convention on version.convention_id = convention.convention_id",
)
"""The same with the term that the agreement has today, and its next tacit renewal."""
PORTEE = Portee(
    territoire="parc.code_departement",
    date="parc.date_signature",
    familles="[parc.famille_financement]",
    bailleur="parc.bailleur_id",
    source="parc.source",
)
"""Filters choose lots: an agreement that stands in several territories, or has several owners, counts in each."""
_MESURES = """
    count(distinct parc.version_id) as conventions,
    coalesce(sum(parc.nb_logements_restants) filter (where not parc.est_foyer), 0)::bigint as logements,
    coalesce(sum(parc.nb_logements_restants) filter (where parc.est_foyer), 0)::bigint as foyers,
    coalesce(sum(parc.nb_logements_restants), 0)::bigint as tous,
    coalesce(sum(parc.nb_lits) filter (where parc.est_foyer), 0)::bigint as lits,
    coalesce(sum(parc.nb_logements_sortis), 0)::bigint as sortis,
    coalesce(sum(parc.nb_logements), 0)::bigint as bruts
"""
COMPTES = ("conventions", "logements", "foyers", "tous", "lits", "sortis", "bruts")
"""What is counted, as P-02 counts it: beds are never added to dwellings. `tous` are those of foyers too, `bruts` those that periods
declare, before what left them is taken away."""
_ECHEANCES = ("terme", "tacite", "echue")
_REPARTIS = ("famille", "nature", "nature_bailleur", "region", "departement")
_COLONNES = """
    select count(*) as nb
    from information_schema.columns
    where table_catalog = current_database() and table_schema = 'marts' and table_name = 'fct_convention_version'
        and column_name in ('date_vigueur_debut', 'source', 'code_departement')
"""
_NOUVELLES = 3
_CLASSEMENT = f"""
    select
        {{colonne}} as code,
        {_MESURES},
        count(*) over () as total
    from {PARC}
    where not parc.est_anah and {{communs}}
    group by {{colonne}}
"""
_COMMUNES = """
    select classee.*, coalesce(commune.nom_commune, classee.code, 'Commune inconnue') as libelle
    from ({classement}) as classee
    left join dim_commune as commune on classee.code = commune.code_commune
    order by classee.{mesure} desc, classee.conventions desc, classee.code nulls last
"""
_BAILLEURS = """
    select
        classee.*,
        coalesce(bailleur.nom, classee.code, 'Bailleur inconnu') as libelle,
        bailleur.siren,
        bailleur.nature_bailleur
    from ({classement}) as classee
    left join dim_bailleur as bailleur on classee.code = bailleur.bailleur_id
    order by classee.{mesure} desc, classee.conventions desc, classee.code nulls last
"""
_CLASSEMENTS = {"commune": _COMMUNES, "bailleur": _BAILLEURS}


@dataclass(frozen=True)
class Etat:
    """The parc in force on a day."""

    social: Ligne
    """`COMPTES`, ANAH left out."""
    anah: Ligne
    """The same of ANAH, which is no part of the parc social."""
    par: dict[str, list[Ligne]]
    """The parc social by axis: code and the same counts; `famille` holds ANAH as well, which has a family of its own."""


@dataclass(frozen=True)
class Classement(Sequence[Ligne]):
    """Communes or owners in order, as many as there are: the first ones are read, all of them are only when a file asks."""

    run: PublishedRun
    requete: str
    parametres: dict[str, Any]
    premiers: list[Ligne]
    """code, libelle, counts."""

    def __len__(self) -> int:
        """Return how many there are."""
        return self.premiers[0]["total"] if self.premiers else 0

    @overload
    def __getitem__(self, rang: int) -> Ligne: ...
    @overload
    def __getitem__(self, rang: slice) -> list[Ligne]: ...
    def __getitem__(self, rang: int | slice) -> Ligne | list[Ligne]:
        """Return some of the first ones."""
        return self.premiers[rang]

    def __iter__(self) -> Iterator[Ligne]:
        """Give them all."""
        return parcourir(self.run, self.requete, self.parametres)


def donne_le_passe(run: PublishedRun) -> bool:
    """Tell whether a run says when and where each period puts its agreement in force: one of an earlier version does not."""
    return bool(lire(run, _COLONNES)[0]["nb"] == _NOUVELLES)


def a_des_conventions(run: PublishedRun) -> bool:
    """Tell whether a run holds agreements at all."""
    return bool(lire(run, "select count(*) as nb from fct_convention")[0]["nb"])


def jour(run: PublishedRun, filtres: Filtres) -> date:
    """Return the day of the state looked at."""
    return filtres.au or date_reference(run)


def etat(run: PublishedRun, filtres: Filtres) -> Etat:
    """Return the parc in force on a day, whole and by axis, in one reading of its lots."""
    lignes = _repartir(run, filtres.communs, jour(run, filtres), PARC, (None, *_REPARTIS))
    ensemble = {ligne["est_anah"]: _comptes(ligne) for ligne in lignes if ligne["axe"] is None}
    rien = dict.fromkeys(COMPTES, 0)
    return Etat(
        ensemble.get(False, rien),
        ensemble.get(True, rien),
        {axe: _de_l_axe(lignes, axe, avec_anah=AXES[axe].avec_anah) for axe in _REPARTIS},
    )


def par_departement(run: PublishedRun, filtres: Filtres) -> list[Ligne]:
    """Return the parc social of every département, those that the filter on the territory leaves out too."""
    partout = replace(filtres.communs, territoires=())
    return _de_l_axe(_repartir(run, partout, jour(run, filtres), PARC, ("departement",)), "departement", avec_anah=False)


def falaise(run: PublishedRun, filtres: Filtres) -> dict[str, list[Ligne]]:
    """Return the parc social of the reference date by year (code) of its term, of its next tacit renewal, and past its term (P-06).

    A look ahead starts from what is known today, whatever day the rest of the page looks at.
    """
    lignes = _repartir(run, filtres.communs, date_reference(run), PARC_A_TERME, _ECHEANCES)
    return {axe: [ligne for ligne in _de_l_axe(lignes, axe, avec_anah=False) if ligne["code"]] for axe in _ECHEANCES}


def classement(run: PublishedRun, filtres: Filtres, axe: str, premiers: int) -> Classement:
    """Return the communes or the owners (`axe`) in the order of what the page counts, the first ones read at once."""
    gardes = restriction(run, filtres.communs, PORTEE)
    requete = _CLASSEMENTS[axe].format(
        classement=_CLASSEMENT.format(colonne=AXES[axe].champ, communs=gardes.condition), mesure=filtres.mesure
    )
    parametres = {"au": jour(run, filtres), **gardes.parametres}
    lus = lire(run, f"{requete} limit $premiers", parametres | {"premiers": premiers})
    return Classement(run, requete, parametres, lus)


def _repartir(run: PublishedRun, communs: Communs, au: date, parc: str, axes: Sequence[str | None]) -> list[Ligne]:
    """Return counts by axis (None for the whole) and code, ANAH apart."""
    gardes = restriction(run, communs, PORTEE)
    champs = {axe: ("null", "null") if axe is None else (f"'{axe}'", AXES[axe].champ) for axe in axes}
    selects = (
        f"select {nom} as axe, {code} as code, parc.est_anah, {_MESURES} from parc group by {code}, parc.est_anah"
        for nom, code in champs.values()
    )
    requete = f"with parc as materialized (select * from {parc} where {gardes.condition}) {' union all '.join(selects)}"
    return lire(run, requete, {"au": au, **gardes.parametres})


def _de_l_axe(lignes: list[Ligne], axe: str, *, avec_anah: bool) -> list[Ligne]:
    """Return the rows of an axis by code, the most numerous agreements first, missing code last among equals."""
    comptes: dict[str | None, Ligne] = {}
    for ligne in lignes:
        if ligne["axe"] == axe and (avec_anah or not ligne["est_anah"]):
            tenu = comptes.setdefault(ligne["code"], dict.fromkeys(COMPTES, 0))
            comptes[ligne["code"]] = {compte: tenu[compte] + ligne[compte] for compte in COMPTES}
    ordre = sorted(comptes.items(), key=lambda un: (-un[1]["conventions"], un[0] is None, un[0]))
    return [{"code": code, **tenu} for code, tenu in ordre]


def _comptes(ligne: Ligne) -> Ligne:
    return {compte: ligne[compte] for compte in COMPTES}
