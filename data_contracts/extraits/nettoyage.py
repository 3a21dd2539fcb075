"""The clean-up workbook: the open findings of a département or of an owner, to treat in Excel and to give back filled."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from data_contracts.extraits import constats, conventions, formats, lisez_moi, provenance, regles
from data_contracts.extraits.classeur import Feuille, classeur
from data_contracts.extraits.lecture import depuis_json, parcourir
from data_contracts.extraits.lisez_moi import Comptes
from data_contracts.extraits.selection import SANS_DEPARTEMENT

if TYPE_CHECKING:
    from collections.abc import Iterator

    import duckdb

    from data_contracts.extraits.lecture import Ligne
    from data_contracts.extraits.selection import Selection
    from data_contracts.publication import PublishedRun

_RETENUS = f"""
with ouvert as (
    select
        *,
        {{a_traiter}} as a_traiter
    from fct_anomalie
    where etat = 'ouverte' and {{condition}}
),

retenu as (
    {constats.AVEC_CONVENTION.format(constats="ouvert")}
    where {{partie}}
)
"""
"""The open findings of a part of the workbook."""
_ORDRE = f"""
order by
    {constats.PAR_GRAVITE},
    retenu.numero_norm nulls last,
    retenu.convention_id nulls last,
    retenu.regle_id,
    retenu.anomalie_id
"""
_COMPTES = """
select
    count(*) filter (where severite <> 'information' and a_traiter) as a_traiter,
    count(*) filter (where severite <> 'information' and not a_traiter) as decides,
    count(*) filter (where severite = 'information') as informations,
    count(distinct convention_id) filter (where severite <> 'information' and a_traiter) as conventions
from retenu
"""
_DEPARTEMENTS = """
select distinct
    coalesce(
        convention.code_departement, case when anomalie.convention_id is null then anomalie.code_departement end, ''
    ) as code_departement
from fct_anomalie as anomalie
left join fct_convention as convention on anomalie.convention_id = convention.convention_id
where anomalie.etat = 'ouverte'
order by code_departement
"""

_TOUT, _A_TRAITER, _DECIDES, _INFORMATIONS = (
    "true",
    "severite <> 'information' and a_traiter",
    "severite <> 'information' and not a_traiter",
    "severite = 'information'",
)

_IDENTITE = ("severite", "regle_id", "titre", "numero", "code_departement", "nom_commune", "nom_bailleur", "nb_logements")
_CONSTAT = ("message", "preuve_ecrite", "action", "sources", "premiere_vue")
_DECISION = ("decision", "decision_motif", "decision_auteur", "decision_date", "decision_a_revoir")
_CLES = ("convention_id", "objet", "objet_id", "anomalie_id", "empreinte_preuve")
COLONNES = constats.colonnes(*_IDENTITE, *_CONSTAT, *_DECISION, *_CLES)
_COLONNES_INFORMATIONS = constats.colonnes(*_IDENTITE[1:], *_CONSTAT, *_CLES)


@dataclass(frozen=True)
class _Contenu:
    """What the sheets of one workbook read."""

    connection: duckdb.DuckDBPyConnection
    run: PublishedRun
    selection: Selection
    a_traiter: str
    condition: str

    def retenus(self, partie: str) -> str:
        return _RETENUS.format(a_traiter=self.a_traiter, condition=self.condition, partie=partie)

    def lire(self, requete: str, partie: str = _TOUT) -> Iterator[Ligne]:
        return parcourir(self.connection, self.retenus(partie) + requete)


def departements(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """Return the codes of the départements whose agreements have an open finding; `SANS_DEPARTEMENT` for those that have none."""
    return [ligne["code_departement"] for ligne in parcourir(connection, _DEPARTEMENTS)]


def nom_fichier(run: PublishedRun, selection: Selection) -> str:
    """Return the name of the workbook of one département, of an owner, or of both: « classeur_33_2026-11-01.xlsx »."""
    lieux = [code or "sans-departement" for code in selection.departements]
    bailleur = [f"bailleur_{selection.siren}"] if selection.siren else []
    return "_".join(["classeur", *lieux, *bailleur, run.reference_date.isoformat()]) + ".xlsx"


def en_classeur(connection: duckdb.DuckDBPyConnection, run: PublishedRun, selection: Selection) -> tuple[bytes, Comptes]:
    """Return the clean-up workbook of a selection, and what it holds. `connection` reads the marts of `run`."""
    connues = [nom for nom, *_ in connection.execute("describe fct_anomalie").fetchall()]
    condition = selection.condition(connues) or "true"
    contenu = _Contenu(connection, run, selection, constats.a_traiter(connues), condition)
    [compte] = contenu.lire(_COMPTES)
    comptes = Comptes(**compte)
    return classeur(list(_feuilles(contenu, comptes))), comptes


def _feuilles(contenu: _Contenu, comptes: Comptes) -> Iterator[Feuille]:
    trouvees = list(contenu.lire(regles.RETENUES))
    parametres = {regle["regle_id"]: depuis_json(regle["parametres"]) for regle in trouvees}

    def lignes(partie: str) -> Iterator[Ligne]:
        trouves = contenu.lire(constats.LIBELLES + _ORDRE, partie)
        return (constats.en_ligne(constat, parametres.get(constat["regle_id"])) for constat in trouves)

    yield Feuille("Lisez-moi", lisez_moi.COLONNES, list(lisez_moi.lignes(contenu.run, comptes, _lieu(contenu))))
    yield Feuille("À traiter", COLONNES, lignes(_A_TRAITER))
    if comptes.decides:
        yield Feuille("Déjà décidés", COLONNES, lignes(_DECIDES))
    concernees = map(conventions.en_ligne, contenu.lire(conventions.CONCERNEES, _A_TRAITER))
    yield Feuille("Conventions concernées", conventions.COLONNES, concernees)
    if comptes.informations:
        yield Feuille("Informations", _COLONNES_INFORMATIONS, lignes(_INFORMATIONS))
    yield Feuille("Règles", regles.COLONNES, map(regles.en_ligne, trouvees))
    yield Feuille("Provenance", provenance.COLONNES, list(_provenance(contenu, comptes)))


def _lieu(contenu: _Contenu) -> str:
    """Say what the workbook covers: « Département 33 (Gironde), bailleur Habitat du Lac (SIREN 123456782) »."""
    noms = dict(contenu.connection.execute("select code_departement, nom_departement from dim_departement").fetchall())
    dits = [
        "Conventions sans département" if code == SANS_DEPARTEMENT else f"Département {code} ({noms[code]})"
        for code in contenu.selection.departements
    ]
    siren = contenu.selection.siren
    if siren:
        nom = contenu.connection.execute("select min(nom) from dim_bailleur where siren = ?", [siren]).fetchone()
        dits.append(f"{'bailleur' if dits else 'Bailleur'} {formats.texte(nom and nom[0])} (SIREN {siren})")
    return ", ".join(dits)


def _provenance(contenu: _Contenu, comptes: Comptes) -> Iterator[Ligne]:
    yield from provenance.publication(contenu.run)
    for nom, compte in (
        ("Constats à traiter", comptes.a_traiter),
        ("Constats déjà décidés", comptes.decides),
        ("Informations", comptes.informations),
        ("Conventions concernées", comptes.conventions),
    ):
        yield {"rubrique": "Contenu", "nom": nom, "valeur": formats.nombre(compte)}
    yield from provenance.livraisons(contenu.run)
    yield from provenance.definitions("Colonnes des constats", COLONNES)
    yield from provenance.definitions("Colonnes des conventions", conventions.COLONNES)
    yield from provenance.definitions("Colonnes des règles", regles.COLONNES)
