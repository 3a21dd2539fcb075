"""What the page « Accueil » reads: figures and spreads of one run, aggregated by DuckDB."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboards.donnees import Ligne, lire
from dashboards.requetes.communs import restriction
from dashboards.requetes.ensembles import compter
from dashboards.requetes.ensembles_parc import (
    ANAH,
    AVENANTS,
    AVENANTS_ANNULES,
    BAILLEURS,
    CONVENTIONS,
    EN_VIGUEUR,
    EXPIREES,
    MIXTES,
    SANS_LOGEMENT,
    SANS_PUBLICATION,
    TOUTES,
)

if TYPE_CHECKING:
    from dashboards.filtres.communs import Communs
    from data_contracts.publication import PublishedRun

_LOGEMENTS = """
select sum(convention.nb_logements) as logements
from fct_convention as convention
where convention.est_en_vigueur and {communs}
"""

_PERIODES = "select sum(convention.nb_versions) as periodes from fct_convention as convention where {communs}"

_PAR_NATURE = """
select convention.nature_logement as code, count(*) as conventions, sum(convention.nb_logements) as logements
from fct_convention as convention
where convention.est_en_vigueur and {communs}
group by convention.nature_logement
order by conventions desc, code nulls last
"""

_PAR_FAMILLE = """
with gardee as (
    select convention.convention_id, convention.est_mixte, convention.familles_financement as familles
    from fct_convention as convention
    where convention.est_en_vigueur and {communs}
),

compte as (
    select code, count(*) as conventions, count(*) filter (where est_mixte) as mixtes
    from (select unnest(if(len(familles) = 0, [null], familles)) as code, est_mixte from gardee)
    group by code
),

logement as (
    select lot.famille_financement as code, sum(lot.nb_logements) as logements
    from fct_lot as lot
    inner join gardee on lot.convention_id = gardee.convention_id and list_contains(gardee.familles, lot.famille_financement)
    group by lot.famille_financement
)

select compte.code, compte.conventions, compte.mixtes, logement.logements
from compte
left join logement on compte.code = logement.code
order by compte.conventions desc, compte.code nulls last
"""

_PAR_DEPARTEMENT = """
select
    convention.code_departement as code,
    departement.nom_departement as nom,
    departement.nom_region as region,
    count(*) as conventions,
    sum(convention.nb_logements) as logements
from fct_convention as convention
left join dim_departement as departement using (code_departement)
where convention.est_en_vigueur and {communs}
group by all
order by conventions desc, code nulls last
"""


def chiffres(run: PublishedRun, filtres: Communs) -> Ligne:
    """Return the key figures, one row: the size of each set of `ensembles_parc`, by its code, logements and periodes."""
    conventions = (TOUTES, EN_VIGUEUR, SANS_LOGEMENT, MIXTES, ANAH, SANS_PUBLICATION, EXPIREES)
    return (
        compter(run, filtres, conventions)
        | compter(run, filtres, (AVENANTS, AVENANTS_ANNULES))
        | compter(run, filtres, (BAILLEURS,))
        | _lire(run, filtres, _LOGEMENTS)[0]
        | _lire(run, filtres, _PERIODES)[0]
    )


def par_nature(run: PublishedRun, filtres: Communs) -> list[Ligne]:
    """Return the agreements in force by kind of dwelling: code, conventions, logements."""
    return _lire(run, filtres, _PAR_NATURE)


def par_famille(run: PublishedRun, filtres: Communs) -> list[Ligne]:
    """Return the agreements in force by family of financing; a mixed one counts in each of its families."""
    return _lire(run, filtres, _PAR_FAMILLE)


def par_departement(run: PublishedRun, filtres: Communs) -> list[Ligne]:
    """Return the agreements in force by département."""
    return _lire(run, filtres, _PAR_DEPARTEMENT)


def _lire(run: PublishedRun, filtres: Communs, requete: str) -> list[Ligne]:
    gardes = restriction(run, filtres, CONVENTIONS.portee)
    return lire(run, requete.format(communs=gardes.condition), gardes.parametres)
