"""What the page « Adoption » reads: who is active in APiLos, how far each office went, what comes and goes, and what is signed.

With no filter, figures are those of A-01 to A-07 and S-08 in `kpi_valeur`. Those that it protects (A-05, A-06, A-07) are read
there and nowhere else, cell by cell: added up from the agreements, they would tell what it hides.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from dashboards.donnees import Ligne, date_reference, lire
from dashboards.requetes.communs import Portee, restriction
from dashboards.requetes.ensembles_adoption import (
    DEPARTEMENTS,
    DOSSIERS,
    ENTONNOIR,
    INSTRUCTION,
    PASSAGE,
    PORTEE,
    SERVICES,
    SOUMISSION,
    recent,
)

if TYPE_CHECKING:
    from dashboards.filtres.communs import Communs
    from data_contracts.publication import PublishedRun

_SANS_DATE = replace(PORTEE, date=None)
_VALEURS = Portee(territoire="valeur.modalite", annee="try_cast(valeur.periode as integer)")
RETOURS = ("Aucun", "1", "2", "3", "4 et plus")
"""How many times a file was sent back."""

_EST_LIVRE = "select count(*) as livraisons from dim_livraison where source = 'apilos'"

_ACTIFS = f"""
select
    count(distinct bailleur_id) filter (where {SOUMISSION} and {recent(90)}) as bailleurs_90,
    count(*) filter (where {SOUMISSION} and {recent(90)}) as soumissions_90,
    count(distinct bailleur_id) filter (where {SOUMISSION} and {recent(365)}) as bailleurs_365,
    count(distinct administration_id) filter (where {INSTRUCTION} and {recent(90)}) as services_90,
    count(*) filter (where {INSTRUCTION} and {recent(90)}) as instructions_90,
    count(distinct administration_id) filter (where {INSTRUCTION} and {recent(365)}) as services_365,
    (select count(*) from agg_compte where role = 'BAILLEUR' and structure_id like 'bailleur %') as bailleurs_avec_compte,
    (select count(*) from agg_service where nb_comptes > 0) as services_avec_compte
from fct_passage as passage
where {PASSAGE} and {{communs}}
"""

_PAR_MOIS = f"""
select
    date_trunc('month', passage.date_passage)::date as mois,
    count(distinct bailleur_id) filter (where {SOUMISSION}) as bailleurs,
    count(distinct administration_id) filter (where {INSTRUCTION}) as services,
    count(*) filter (where {SOUMISSION}) as soumissions,
    count(*) filter (where passage.type_passage = 'validation') as validations
from fct_passage as passage
where {PASSAGE} and {{communs}}
group by mois
order by mois
"""

_DEPARTEMENTS = f"""
select *
from {DEPARTEMENTS.depuis}
where {{communs}}
order by {DEPARTEMENTS.cle}
"""

_ENTONNOIR = f"""
select count(*) as services_connus, {", ".join(f"count(*) filter (where {etape.condition}) as {etape.code}" for etape in ENTONNOIR)}
from {SERVICES.depuis}
where {{communs}}
"""

_SERVICES = f"""
select
    service.*,
    list_position(
        [{", ".join(etape.condition for etape in ENTONNOIR)}],
        false
    ) - 1 as manque
from {SERVICES.depuis}
where {{communs}}
order by {SERVICES.cle}
"""

_JAMAIS_CONNECTES = """
select modalite, axe, valeur, numerateur, denominateur, est_protegee, motif
from kpi_valeur
where kpi_id = 'A-05' and mesure = 'part' and axe in ('ensemble', 'role')
order by axe, valeur desc nulls last, modalite
"""

_FROTTEMENTS = f"""
select
    count(*) as dossiers,
    sum(nb_retours) as retours,
    sum(nb_reactivations) as reactivations,
    count(*) filter (where nb_reactivations > 0) as reactives,
    count(age_correction_jours) as en_correction,
    median(age_correction_jours) as age_correction,
    count(*) filter (where nb_retours = 0) as retours_0,
    count(*) filter (where nb_retours = 1) as retours_1,
    count(*) filter (where nb_retours = 2) as retours_2,
    count(*) filter (where nb_retours = 3) as retours_3,
    count(*) filter (where nb_retours > 3) as retours_4
from {DOSSIERS.depuis}
where {{communs}}
"""

_FROTTEMENTS_PAR_SERVICE = f"""
select
    dossier.administration_id as code,
    service.nom,
    service.code_departement,
    count(*) as dossiers,
    sum(dossier.nb_retours)::bigint as retours,
    count(*) filter (where dossier.nb_retours = 0) as sans_retour
from {DOSSIERS.depuis}
left join agg_service as service on dossier.administration_id = service.administration_id
where {{communs}}
group by all
order by retours desc, code nulls last
"""

_SIGNEES = """
select
    try_cast(valeur.periode as integer) as annee,
    count(*) filter (where valeur.kpi_id = 'A-06' and valeur.mesure = 'nb_signees') as cellules,
    count(*) filter (where valeur.kpi_id = 'A-06' and valeur.mesure = 'nb_signees' and valeur.est_protegee) as protegees,
    sum(valeur.valeur) filter (where valeur.kpi_id = 'A-06' and valeur.mesure = 'nb_signees') as signees,
    sum(valeur.numerateur) filter (where valeur.mesure = 'part_dematerialisee') as nees,
    sum(valeur.denominateur) filter (where valeur.mesure = 'part_dematerialisee') as nees_parmi,
    sum(valeur.numerateur) filter (where valeur.mesure = 'avenants_pour_100') as avenants,
    sum(valeur.denominateur) filter (where valeur.mesure = 'avenants_pour_100') as avenants_parmi,
    any_value(valeur.motif) as motif
from kpi_valeur as valeur
where valeur.kpi_id in ('A-06', 'A-07') and valeur.axe = $axe and {communs}
group by annee
order by annee
"""

_SIGNEES_PAR_AXE = """
select
    valeur.axe,
    valeur.modalite as code,
    valeur.libelle_modalite as libelle,
    try_cast(valeur.periode as integer) as annee,
    max(valeur.valeur) filter (where valeur.mesure = 'nb_conventions') as signees,
    max(valeur.valeur) filter (where valeur.mesure = 'avenants_pour_100') as avenants_pour_100,
    bool_or(valeur.est_protegee) as est_protegee,
    any_value(valeur.motif) as motif
from kpi_valeur as valeur
where valeur.kpi_id = 'A-07' and valeur.axe in ('source', 'nature_bailleur') and {communs}
group by all
order by valeur.axe desc, code, annee
"""


def est_livre(run: PublishedRun) -> bool:
    """Tell whether a run read a delivery of APiLos."""
    return bool(lire(run, _EST_LIVRE)[0]["livraisons"])


def actifs(run: PublishedRun, filtres: Communs) -> Ligne:
    """Return the owners and offices active in the last 90 and 365 days (A-01, A-02), and those that have an account anywhere."""
    return _lire(run, filtres, _ACTIFS, _SANS_DATE)[0]


def par_mois(run: PublishedRun, filtres: Communs) -> list[Ligne]:
    """Return the owners and offices active in each month, submissions and validations, in order of time."""
    return _lire(run, filtres, _PAR_MOIS, PORTEE)


def departements(run: PublishedRun, filtres: Communs) -> list[Ligne]:
    """Return each département with its first validation (A-03), those that have none first."""
    return _lire(run, filtres, _DEPARTEMENTS, DEPARTEMENTS.portee)


def entonnoir(run: PublishedRun, filtres: Communs) -> Ligne:
    """Return how many offices came to each step (A-04), by the code of its set, and how many there are: one row."""
    return _lire(run, filtres, _ENTONNOIR, SERVICES.portee)[0]


def services(run: PublishedRun, filtres: Communs) -> list[Ligne]:
    """Return each office; `manque` is the rank in `ENTONNOIR` of the first step it did not come to, None after the last."""
    return _lire(run, filtres, _SERVICES, SERVICES.portee)


def jamais_connectes(run: PublishedRun) -> list[Ligne]:
    """Return the share of accounts that never connected (A-05): all of them first, then by role. Protected ones hold no figure."""
    return lire(run, _JAMAIS_CONNECTES)


def frottements(run: PublishedRun, filtres: Communs) -> Ligne:
    """Return what was sent back or reopened among the files submitted (S-08): one row."""
    return _lire(run, filtres, _FROTTEMENTS, DOSSIERS.portee)[0]


def frottements_par_service(run: PublishedRun, filtres: Communs) -> list[Ligne]:
    """Return the files submitted and what was sent back by office, the most returns first."""
    return _lire(run, filtres, _FROTTEMENTS_PAR_SERVICE, DOSSIERS.portee)


def signees(run: PublishedRun, filtres: Communs) -> list[Ligne]:
    """Return the agreements signed, those born in APiLos and their amendments by year (A-06, A-07).

    Of several départements, the figures add up those that are not protected; `protegees` of `cellules` are.
    """
    axe = "departement" if filtres.territoires else "ensemble"
    return _lire(run, filtres, _SIGNEES, _VALEURS, axe=axe)


def signees_par_axe(run: PublishedRun, filtres: Communs) -> list[Ligne]:
    """Return the agreements signed by source and by kind of owner, year by year (A-07), whatever the territory."""
    return _lire(run, filtres, _SIGNEES_PAR_AXE, replace(_VALEURS, territoire=None))


def _lire(run: PublishedRun, filtres: Communs, requete: str, portee: Portee, **valeurs: Any) -> list[Ligne]:  # noqa: ANN401 - values of a query
    gardes = restriction(run, filtres, portee)
    reference = {"reference": date_reference(run)} if "$reference" in requete else {}
    return lire(run, requete.replace("{communs}", gardes.condition), gardes.parametres | reference | valeurs)
