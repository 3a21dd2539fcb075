"""What the page « Agréments sans convention » reads: agréments counted and spread, and how long they waited for their agreement.

With no filter, coverage and durations are those of A-08 and T-12 in `kpi_valeur`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboards.donnees import Ligne, date_reference, lire
from dashboards.requetes.communs import restriction
from dashboards.requetes.genres_agrements import AGREMENT, AGREMENTS, COMPTE, DUREES, OPERATIONS

if TYPE_CHECKING:
    from dashboards.filtres.communs import Communs
    from dashboards.requetes.communs import Portee
    from data_contracts.publication import PublishedRun

TENDANCE = 5
"""Below this number of agréments, a median says nothing of a trend."""
TRANCHES = ("0 ou 1 an", "2 ans", "3 ou 4 ans", "5 à 9 ans", "10 ans et plus")
"""Bands of the years gone by since that of the agrément."""

_SOURCES = """
select
    (select count(*) from fct_agrement) as agrements,
    count(*) filter (where source in ('ecoloweb', 'apilos')) as sources_de_conventions,
    any_value(habilitation) filter (where source = 'siap') as habilitation
from dim_livraison
"""

_RECUS = """
select
    count(*) as recus,
    count(*) filter (where est_reprise_siap) as repris,
    count(*) filter (where not est_reprise_siap and est_conventionnable is null) as aide_inconnue,
    count(*) filter (where not est_reprise_siap and not est_conventionnable) as non_conventionnables,
    count(*) filter (where not est_reprise_siap and est_conventionnable and est_abandonnee) as abandonnes,
    count(*) filter (where not est_reprise_siap and est_conventionnable and not coalesce(est_abandonnee, false)) as comptes
from fct_agrement as agrement
where {communs}
"""

_COMPTES = f"""
with compte as (
    select * from {AGREMENT} where {COMPTE} and {{communs}}
)
"""

_MESURES = """
    count(*) as agrements,
    count(*) filter (where not est_relie) as sans_convention,
    coalesce(sum(nb_logements) filter (where not est_relie), 0) as logements,
    count(*) filter (where not est_relie and nb_logements is null) as sans_nombre,
    count(*) filter (where not est_relie and nb_conventions_a_verifier > 0) as a_verifier
"""

_CHIFFRES = f"""
{_COMPTES}

select
    {_MESURES},
    count(*) filter (where not est_relie and annee is null) as sans_annee,
    median($annee - annee) filter (where not est_relie) as age_median
from compte
"""

_PAR_AVANCEMENT = f"""
select avancement, {_MESURES}
from {AGREMENT}
where {{communs}}
group by avancement
"""

_PAR_ANNEE = f"""
{_COMPTES}

select annee, {_MESURES}
from compte
group by annee
order by annee nulls last
"""

_COUVERTURE = f"""
select
    annee,
    count(*) as operations,
    count(*) filter (where est_couverte) as couvertes,
    count(*) filter (where est_entierement_couverte) as entierement,
    count(*) filter (where est_a_verifier and not est_couverte) as a_verifier
from {OPERATIONS.depuis}
where {{communs}}
group by grouping sets ((), (annee))
order by grouping(annee) desc, annee nulls last
"""

_PAR_AGE = f"""
{_COMPTES}

select
    case
        when $annee - annee <= 1 then 0
        when $annee - annee <= 2 then 1
        when $annee - annee <= 4 then 2
        when $annee - annee <= 9 then 3
        when annee is not null then 4
    end as tranche,
    {_MESURES},
    count(*) filter (where not est_relie and avancement = 'acompte') as acompte,
    count(*) filter (where not est_relie and avancement = 'engagee') as engagee,
    count(*) filter (where not est_relie and avancement = 'sans_travaux') as sans_travaux,
    count(*) filter (where not est_relie and avancement = 'avant') as avant,
    count(*) filter (where not est_relie and avancement = 'inconnu') as inconnu
from compte
group by tranche
order by tranche nulls last
"""

_PAR_DEPARTEMENT = f"""
{_COMPTES}

select
    compte.code_departement as code,
    departement.nom_departement as nom,
    departement.nom_region as region,
    {_MESURES}
from compte
left join dim_departement as departement on compte.code_departement = departement.code_departement
group by all
order by sans_convention desc, code nulls last
"""

_PAR_AIDE = f"""
{_COMPTES}

select aide as code, any_value(famille_financement) as famille, {_MESURES}
from compte
group by aide
order by sans_convention desc, aide
"""

_PAR_BAILLEUR = f"""
{_COMPTES}

select
    coalesce(bailleur.siren, compte.bailleur_id) as code,
    any_value(bailleur.nom order by compte.bailleur_id) as nom,
    any_value(bailleur.siren) as siren,
    {_MESURES}
from compte
left join dim_bailleur as bailleur on compte.bailleur_id = bailleur.bailleur_id
group by all
having count(*) filter (where not est_relie) > 0
order by sans_convention desc, code nulls last
"""

_DELAIS = f"""
select
    origine_annee as origine,
    annee_signature as annee,
    count(*) as agrements,
    median(annees) as mediane,
    quantile_cont(annees, 0.9) as p90,
    count(*) filter (where annees < 0) as anterieures
from {DUREES.depuis}
where {{communs}}
group by grouping sets ((origine_annee), (origine_annee, annee_signature))
order by origine_annee desc, grouping(annee_signature) desc, annee_signature
"""


def sources(run: PublishedRun) -> Ligne:
    """Return how many agréments a run holds, how many sources of agreements it read, and what SIAP let see: one row."""
    return lire(run, _SOURCES)[0]


def recus(run: PublishedRun, filtres: Communs) -> Ligne:
    """Return what became of the agréments received on their way to those that are counted: one row, parts that add up."""
    return _lire(run, filtres, _RECUS)[0]


def chiffres(run: PublishedRun, filtres: Communs) -> Ligne:
    """Return the agréments counted, those without an agreement, their dwellings and the years they wait: one row."""
    return _lire(run, filtres, _CHIFFRES)[0]


def par_avancement(run: PublishedRun, filtres: Communs) -> dict[str, Ligne]:
    """Return the agréments by how far the operation has come, those given up too."""
    return {ligne["avancement"]: ligne for ligne in _lire(run, filtres, _PAR_AVANCEMENT)}


def par_annee(run: PublishedRun, filtres: Communs) -> list[Ligne]:
    """Return the agréments by their year, the unknown one last."""
    return _lire(run, filtres, _PAR_ANNEE)


def couverture(run: PublishedRun, filtres: Communs) -> list[Ligne]:
    """Return the operations and those covered (A-08): all of them first, then by year, the unknown one last."""
    return _lire(run, filtres, _COUVERTURE, OPERATIONS.portee)


def par_age(run: PublishedRun, filtres: Communs) -> list[Ligne]:
    """Return the agréments by rank in `TRANCHES` of the years gone by, and by how far the operation has come."""
    return _lire(run, filtres, _PAR_AGE)


def par_departement(run: PublishedRun, filtres: Communs) -> list[Ligne]:
    """Return the agréments by département: code, nom, region."""
    return _lire(run, filtres, _PAR_DEPARTEMENT)


def par_aide(run: PublishedRun, filtres: Communs) -> list[Ligne]:
    """Return the agréments by aid: code, famille."""
    return _lire(run, filtres, _PAR_AIDE)


def par_bailleur(run: PublishedRun, filtres: Communs) -> list[Ligne]:
    """Return the agréments by owner, those who have one without an agreement: code, nom, siren.

    SIAP and SISAL know an owner each by its own key: its SIREN brings them together.
    """
    return _lire(run, filtres, _PAR_BAILLEUR)


def delais(run: PublishedRun, filtres: Communs) -> list[Ligne]:
    """Return the years from the agrément to the first signature (T-12), by origin of the year of agrément.

    The row without a year of signature holds them all.
    """
    return _lire(run, filtres, _DELAIS, DUREES.portee)


def _lire(run: PublishedRun, filtres: Communs, requete: str, portee: Portee = AGREMENTS.portee) -> list[Ligne]:
    gardes = restriction(run, filtres, portee)
    annee = {"annee": date_reference(run).year} if "$annee" in requete else {}
    return lire(run, requete.replace("{communs}", gardes.condition), gardes.parametres | annee)
