"""What the page « Délais » reads: the files that indicators count in one stage, measured by DuckDB.

Figures count what the indicators T-… count (`fct_delai.est_suivi`): with no filter, they are those of `kpi_valeur`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from dashboards.donnees import Ligne, date_reference, lire, parcourir
from dashboards.filtres.delais import AUTOMATIQUE, OUVRES, Filtres, Referentiel
from dashboards.normes import norme
from dashboards.periodes import Periode
from dashboards.requetes import communs as requetes_communs
from dashboards.requetes.communs import Portee, restriction
from data_contracts.extraits.libelles import NATURES_BAILLEUR, ranger

if TYPE_CHECKING:
    from collections.abc import Iterator

    from data_contracts.publication import PublishedRun

PORTEE = Portee(
    territoire="code_departement",
    date="date_fin",
    familles="familles_financement",
    bailleur="(select bailleur_id from fct_convention as convention where convention.convention_id = fct_delai.convention_id)",
    source="source",
)
_SANS_DATE = replace(PORTEE, date=None)
"""Days choose among the files closed; those still open have none."""
TENDANCE = 5
"""Below this number of files, percentiles say nothing of a trend."""
TRANCHES = ("0 à 30", "31 à 60", "61 à 90", "91 à 180", "plus de 180")
"""Bands of age of the files still open, in calendar days (T-16)."""
_LARGEURS = (1, 2, 5, 10, 15, 30, 60, 90, 180, 365, 730)
"""Widths of the classes of a distribution, in days."""
_CLASSES = 15
_NOUVELLES_COLONNES = frozenset({"est_suivi", "administration_id", "familles_financement"})

_COLONNES = """
select column_name
from information_schema.columns
where table_catalog = current_database() and table_schema = 'marts' and table_name = 'fct_delai'
"""

_ETAPES = """
select etape_id, any_value(etape order by etape) as etape
from (
    select etape_id, etape from fct_delai
    union
    select etape_id, etape from rec_delai
)
group by etape_id
order by etape_id
"""

_VALEURS = """
select
    list_sort(list(distinct etape_id) filter (where objet_type = 'avenant')) as etapes_avenant,
    list_sort(list(distinct administration_id) filter (where administration_id is not null)) as services,
    list_sort(list(distinct nature_bailleur)) as natures,
    list_reverse_sort(list(distinct annee_debut)) as annees_ouverture
from fct_delai
where est_suivi
"""

_SERVICES = "select administration_id, coalesce(nom, code, administration_id) as nom from dim_administration"

_SUIVIS = """
with suivi as (
    select *, {duree} as duree
    from fct_delai
    where
        est_suivi
        and etape_id = $etape
        and ($tous_services or list_contains($services::varchar[], administration_id))
        and ($toutes_natures or list_contains($natures::varchar[], nature_bailleur))
        and {communs}
)
"""

_DANS_LA_PERIODE = "($depuis::date is null or date_fin >= $depuis::date) and ($jusqua::date is null or date_fin <= $jusqua::date)"

_FERMES = f"""
ferme as (
    select * from suivi
    where not est_censure and {_DANS_LA_PERIODE}
)
"""

_CENTILES = """
    count(*) as fermes,
    median(duree) as mediane,
    quantile_cont(duree, 0.75) as p75,
    quantile_cont(duree, 0.9) as p90
"""

_ANNEES = "select distinct annee_fin as annee from suivi where not est_censure order by annee desc"

_CHIFFRES = f""",
{_FERMES}

select
    ferme.*,
    ouvert.*
from (select {_CENTILES} from ferme) as ferme
cross join (
    select
        count(*) as ouverts,
        median(duree) as age_median
    from suivi
    where est_censure
) as ouvert
"""

_PAS = """
, periode as (
    select unnest([
        {pas: 'mois', debut: date_trunc('month', date_fin)},
        {pas: 'trimestre', debut: date_trunc('quarter', date_fin)},
        {pas: 'annee', debut: date_trunc('year', date_fin)}
    ], recursive := true)
    from suivi
    where not est_censure
),

compte as (
    select pas, debut, count(*) as dossiers
    from periode
    group by all
)

select
    pas,
    count(*) as periodes,
    count(*) filter (where dossiers >= $tendance) as parlantes
from compte
group by pas
"""

_DEBUTS = {"mois": "month", "trimestre": "quarter", "annee": "year"}

_EVOLUTION = """
select
    date_trunc('{partie}', date_fin)::date as debut,
    {centiles}
from suivi
where not est_censure
group by debut
order by debut
"""

_ETENDUE = f""",
{_FERMES}

select count(*) as fermes, quantile_cont(duree, 0.95) as p95, max(duree) as longue
from ferme
"""

_CLASSE = f""",
{_FERMES}

select
    least(duree // $largeur::integer, $derniere::integer)::integer as rang,
    count(*) as dossiers
from ferme
group by rang
"""

_AGES = """
select
    statut,
    count(*) as ouverts,
    median(duree_jours) as age_median,
    count(*) filter (where duree_jours <= 30) as tranche_0,
    count(*) filter (where duree_jours between 31 and 60) as tranche_1,
    count(*) filter (where duree_jours between 61 and 90) as tranche_2,
    count(*) filter (where duree_jours between 91 and 180) as tranche_3,
    count(*) filter (where duree_jours > 180) as tranche_4
from suivi
where est_censure
group by grouping sets ((), (statut))
having ouverts > 0
order by grouping(statut) desc, ouverts desc, statut
"""

_MODALITES = {
    "departement": "code_departement",
    "region": "code_region",
    "service": "administration_id",
    "financement": "unnest(case when len(familles_financement) = 0 then [null] else familles_financement end)",
    "nature": "nature_bailleur",
    "type": "unnest(case when len(types) = 0 then [null] else types end)",
}

_VENTILATION = """
, ventile as (
    select
        {modalite} as modalite,
        duree,
        est_censure,
        not est_censure and {periode} as est_retenu
    from suivi
)

select
    modalite,
    count(*) filter (where est_retenu) as fermes,
    median(duree) filter (where est_retenu) as mediane,
    quantile_cont(duree, 0.75) filter (where est_retenu) as p75,
    quantile_cont(duree, 0.9) filter (where est_retenu) as p90,
    count(*) filter (where est_censure) as ouverts,
    median(duree) filter (where est_censure) as age_median
from ventile
group by modalite
having fermes > 0 or ouverts > 0
order by fermes >= $tendance desc, mediane desc nulls last, fermes desc, modalite
"""

_DOSSIERS = """
, dossier as (
    select *
    from suivi
    where case when $ouverts::boolean then est_censure else not est_censure and {periode} end
)
"""

_LISTE = """
select
    dossier.*,
    convention.numero,
    convention.nom_commune,
    coalesce(administration.nom, administration.code, dossier.administration_id) as service
from dossier
left join fct_convention as convention on dossier.convention_id = convention.convention_id
left join dim_administration as administration on dossier.administration_id = administration.administration_id
order by dossier.duree desc, dossier.convention_id, dossier.objet_id
"""

_ECARTES = """
select destin, sum(nb)::bigint as etapes
from rec_delai
where etape_id = $1
group by destin
order by etapes desc, destin
"""

_HORS_SUIVI = """
select
    count(*) as mesures,
    count(*) filter (where est_suivi) as suivis,
    count(*) filter (where est_reprise) as reprises,
    count(*) filter (where not est_reprise and est_anah) as anah,
    count(*) filter (where not est_reprise and not est_anah and not est_suivi) as prives
from fct_delai
where etape_id = $1
"""


def mesure_les_delais(run: PublishedRun) -> bool:
    """Tell whether a run publishes what the page reads: one of an earlier version does not."""
    return {ligne["column_name"] for ligne in lire(run, _COLONNES)} >= _NOUVELLES_COLONNES


def referentiel(run: PublishedRun) -> Referentiel:
    """Return what the page may look at in a run."""
    valeurs = lire(run, _VALEURS)[0]
    noms = {ligne["administration_id"]: ligne["nom"] for ligne in lire(run, _SERVICES)}
    services = {code: noms.get(code, code) for code in valeurs["services"] or ()}
    return Referentiel(
        etapes={ligne["etape_id"]: ligne["etape"] for ligne in lire(run, _ETAPES)},
        etapes_avenant=frozenset(valeurs["etapes_avenant"] or ()),
        services=dict(sorted(services.items(), key=lambda service: norme(service[1]))),
        natures=ranger(valeurs["natures"], NATURES_BAILLEUR),
        annees_ouverture=tuple(valeurs["annees_ouverture"] or ()),
        **vars(requetes_communs.connus(run)),
    )


def periode(run: PublishedRun, filtres: Filtres) -> Periode:
    """Return the period of closing that filters ask for, else the last whole year; open on both sides when no file was closed.

    The last whole year is the one before the reference date, or the latest before it that closed a file, or the current one.
    """
    if filtres.communs.depuis or filtres.communs.jusqua:
        return Periode(filtres.communs.depuis, filtres.communs.jusqua)
    annees = [ligne["annee"] for ligne in _lire(run, filtres, _ANNEES)]
    courante = date_reference(run).year
    retenue = next((annee for annee in annees if annee < courante), annees[0] if annees else None)
    return Periode() if retenue is None else Periode.de_l_annee(retenue)


def chiffres(run: PublishedRun, filtres: Filtres, quand: Periode) -> Ligne:
    """Return one row, in days: fermes, mediane, p75, p90 of the files closed in a period; ouverts, age_median of those left."""
    return _lire(run, filtres, _CHIFFRES, **vars(quand))[0]


def pas_retenu(run: PublishedRun, filtres: Filtres) -> str:
    """Return the step of the evolution: the one asked for, else the finest at which half of the periods or more say something."""
    if filtres.pas != AUTOMATIQUE:
        return filtres.pas
    comptes = {ligne["pas"]: ligne for ligne in _lire(run, filtres, _PAS, tendance=TENDANCE)}
    fins = (pas for pas in ("mois", "trimestre") if pas in comptes)
    return next((pas for pas in fins if 2 * comptes[pas]["parlantes"] >= comptes[pas]["periodes"]), "annee")


def evolution(run: PublishedRun, filtres: Filtres, pas: str) -> list[Ligne]:
    """Return the closed files by period of closing, in order of time: debut (first day), fermes, mediane, p75, p90 (days)."""
    requete = _EVOLUTION.replace("{partie}", _DEBUTS[pas]).replace("{centiles}", _CENTILES)
    return _lire(run, filtres, requete)


def distribution(run: PublishedRun, filtres: Filtres, quand: Periode) -> list[Ligne]:
    """Return how the durations of the files closed in a period spread, in classes of equal width: debut, fin, dossiers.

    Bounds are days, both in the class; the last class has no `fin` when it gathers the longest ones.
    """
    etendue = _lire(run, filtres, _ETENDUE, **vars(quand))[0]
    if not etendue["fermes"]:
        return []
    largeur = next((jours for jours in _LARGEURS if etendue["p95"] / jours < _CLASSES - 1), _LARGEURS[-1])
    derniere = min(etendue["longue"] // largeur, _CLASSES - 1)
    lignes = _lire(run, filtres, _CLASSE, **vars(quand), largeur=largeur, derniere=derniere)
    comptes = {ligne["rang"]: ligne["dossiers"] for ligne in lignes}
    est_ouverte = etendue["longue"] >= (derniere + 1) * largeur
    return [
        {
            "debut": rang * largeur,
            "fin": None if est_ouverte and rang == derniere else (rang + 1) * largeur - 1,
            "dossiers": comptes.get(rang, 0),
        }
        for rang in range(derniere + 1)
    ]


def ages(run: PublishedRun, filtres: Filtres) -> list[Ligne]:
    """Return the age of the files still open in calendar days: all of them first (no statut), then by statut.

    Columns: statut, ouverts, age_median, tranche_0 to tranche_4 (TRANCHES). No row without an open file.
    """
    return _lire(run, filtres, _AGES)


def ventilation(run: PublishedRun, filtres: Filtres, quand: Periode) -> list[Ligne]:
    """Return the files by value of an axis, the slowest of those with enough files first.

    Columns: modalite, fermes, mediane, p75, p90, ouverts, age_median (days). A file of several financings, or an amendment of
    several types, counts in each.
    """
    requete = _VENTILATION.replace("{modalite}", _MODALITES[filtres.axe]).replace("{periode}", _DANS_LA_PERIODE)
    return _lire(run, filtres, requete, **vars(quand), tendance=TENDANCE)


@dataclass(frozen=True)
class Dossiers:
    """The files of a stage behind its figures: those closed in a period, or those still there. The longest come first."""

    run: PublishedRun
    filtres: Filtres
    quand: Periode
    ouverts: bool

    def nombre(self) -> int:
        """Return how many there are."""
        requete, parametres = self._demande("select count(*) as dossiers from dossier")
        return int(lire(self.run, requete, parametres)[0]["dossiers"])

    def page(self, nombre: int, debut: int) -> list[Ligne]:
        """Return so many of them, from a rank on, with the words behind their keys."""
        requete, parametres = self._demande(f"{_LISTE} limit $nombre offset $debut")
        return lire(self.run, requete, parametres | {"nombre": nombre, "debut": debut})

    def __iter__(self) -> Iterator[Ligne]:
        """Give all of them, one by one."""
        return parcourir(self.run, *self._demande(_LISTE))

    def _demande(self, requete: str) -> tuple[str, dict[str, Any]]:
        debut, parametres = suivis(self.run, self.filtres)
        dossiers = _DOSSIERS.replace("{periode}", _DANS_LA_PERIODE)
        return debut + dossiers + requete, parametres | vars(self.quand) | {"ouverts": self.ouverts}


def ecartes(run: PublishedRun, etape: str) -> dict[str, int]:
    """Return what became of every passage through a stage, whatever the filters: number by destin of `rec_delai`."""
    return {ligne["destin"]: ligne["etapes"] for ligne in lire(run, _ECARTES, (etape,))}


def hors_suivi(run: PublishedRun, etape: str) -> Ligne:
    """Return one row: the files measured in a stage, those that indicators count, and the others by reason."""
    return lire(run, _HORS_SUIVI, (etape,))[0]


def suivis(run: PublishedRun, filtres: Filtres) -> tuple[str, dict[str, Any]]:
    """Return the query that starts with the files looked at, `suivi`, and the values of its parameters."""
    gardes = restriction(run, filtres.communs, _SANS_DATE)
    parametres = {
        "etape": filtres.etape,
        "tous_services": not filtres.services,
        "services": list(filtres.services),
        "toutes_natures": not filtres.natures,
        "natures": list(filtres.natures),
    }
    return _SUIVIS.replace("{duree}", duree(filtres)).replace("{communs}", gardes.condition), parametres | gardes.parametres


def duree(filtres: Filtres) -> str:
    """Return the column that measures the files."""
    return "duree_jours_ouvres" if filtres.jours == OUVRES else "duree_jours"


def _lire(run: PublishedRun, filtres: Filtres, requete: str, **valeurs: Any) -> list[Ligne]:  # noqa: ANN401 - values of a query
    debut, parametres = suivis(run, filtres)
    return lire(run, debut + requete, parametres | valeurs)
