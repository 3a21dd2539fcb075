"""What the page « Accueil » reads: figures, spreads and reconciliations of one run, aggregated by DuckDB."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dashboards.donnees import Ligne, lire, manifeste
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
from data_contracts.extraits.destins import MOTIF

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

_TABLES = """
select source, livraison_id, table_source, nb_recus, nb_poses, nb_quarantaine, nb_staging, nb_hors_perimetre, nb_illisibles, ecart
from rec_table
order by abs(ecart) desc, nb_quarantaine desc, source, table_source, livraison_id
"""

_CONVENTIONS_RECUES = f"""
select source, destin, {MOTIF} as motif, count(*) as conventions, sum(nb_lignes) as lignes
from rec_convention
group by all
order by source, destin, conventions desc, motif nulls first
"""

_APILOS = """
select
    est_reprise,
    motif_exclusion,
    alteration,
    count(*) as cles,
    count(distinct convention_id) as conventions,
    list(distinct code_departement order by code_departement) filter (where code_departement is not null) as departements
from rec_apilos
group by all
order by est_reprise desc, cles desc, motif_exclusion nulls first, alteration nulls first
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


def livraisons(run: PublishedRun) -> list[Ligne]:
    """Return the deliveries that the run read, with their counts over all their tables."""
    return [_livraison(livraison) for livraison in manifeste(run)["livraisons"]]


def tables_recues(run: PublishedRun) -> list[Ligne]:
    """Return the reconciliation of every delivered table, those that lost or refused rows first."""
    return lire(run, _TABLES)


def conventions_recues(run: PublishedRun) -> list[Ligne]:
    """Return what became of the agreements received, by source, outcome and reason."""
    return lire(run, _CONVENTIONS_RECUES)


def reprise_apilos(run: PublishedRun) -> list[Ligne]:
    """Return what the official APiLos import keeps and loses, by reason."""
    return lire(run, _APILOS)


def controles(run: PublishedRun) -> list[Ligne]:
    """Return the checks of the run, the broken ones first, blocking before alerts."""
    return sorted(manifeste(run)["controles"], key=lambda controle: (controle["succes"], controle["gravite"] != "bloquante"))


def _livraison(livraison: dict[str, Any]) -> Ligne:
    totaux = {compte: sum(table[compte] for table in livraison["tables"]) for compte in ("nb_recus", "nb_poses", "nb_quarantaine")}
    return {**livraison, **totaux, "nb_tables": len(livraison["tables"])}


def _lire(run: PublishedRun, filtres: Communs, requete: str) -> list[Ligne]:
    gardes = restriction(run, filtres, CONVENTIONS.portee)
    return lire(run, requete.format(communs=gardes.condition), gardes.parametres)
