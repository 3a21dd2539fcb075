"""What was received, what became of it, and what the checks of a run say of it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from dashboards.donnees import Ligne, lire, manifeste
from dashboards.requetes.communs import Portee, restriction
from data_contracts.extraits.destins import MOTIF
from data_contracts.rapport import reception, reconciliation
from data_contracts.rapport.lecture import MARTS, Lecture

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dashboards.filtres.communs import Communs
    from data_contracts.publication import PublishedRun

PORTEE = Portee(source="source")
"""Only the source is known of everything that is received."""

_ATTENDUS = {*MARTS, "kpi_valeur", "rec_apilos"}
_PRESENTS = "select table_name from information_schema.tables where table_catalog = current_database() and table_schema = 'marts'"
_TABLES = """
select source, livraison_id, table_source, nb_recus, nb_poses, nb_quarantaine, nb_staging, nb_hors_perimetre, nb_illisibles, ecart
from rec_table
where {communs}
order by abs(ecart) desc, nb_quarantaine desc, source, table_source, livraison_id
"""

_CONVENTIONS = f"""
select source, destin, {MOTIF} as motif, count(*) as conventions, sum(nb_lignes) as lignes
from rec_convention
where {{communs}}
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
from (select *, 'ecoloweb' as source from rec_apilos)
where {communs}
group by all
order by est_reprise desc, cles desc, motif_exclusion nulls first, alteration nulls first
"""

_ETATS = "select etat, count(*) as lignes from rec_quarantaine where {communs} group by etat"

_MODIFICATIONS = """
select modalite as source, valeur as jours
from kpi_valeur
where kpi_id = 'Q-07' and mesure = 'age_modification' and axe = 'source'
"""


def est_complete(run: PublishedRun) -> bool:
    """Tell whether a run has every mart that the page reads: one of an earlier version may lack some."""
    return {ligne["table_name"] for ligne in lire(run, _PRESENTS)} >= _ATTENDUS


def lecture(run: PublishedRun) -> Lecture:
    """Return what the quality report reads of a run, for the page to say its figures as the report does."""
    return Lecture(partial(lire, run), manifeste(run), ())


def tables(run: PublishedRun, filtres: Communs) -> list[Ligne]:
    """Return the reconciliation of every delivered table, those that lost or refused rows first."""
    return _lire(run, filtres, _TABLES)


def conventions(run: PublishedRun, filtres: Communs) -> list[Ligne]:
    """Return what became of the agreements received, by source, outcome and reason."""
    return _lire(run, filtres, _CONVENTIONS)


def reprise_apilos(run: PublishedRun, filtres: Communs) -> list[Ligne]:
    """Return what the official APiLos import keeps and loses of Ecoloweb, by reason."""
    return _lire(run, filtres, _APILOS)


def comptes(run: PublishedRun, filtres: Communs) -> list[Ligne]:
    """Return what became of agréments, stages and dwellings, as the quality report counts them."""
    return gardees(reconciliation.lire_comptes(lecture(run)), filtres)


def quarantaine(run: PublishedRun, filtres: Communs) -> list[Ligne]:
    """Return the rows refused by source, table and reason, with the first keys that may be shown."""
    return gardees(reception.lire_quarantaine(lecture(run)), filtres)


def etats_quarantaine(run: PublishedRun, filtres: Communs) -> dict[str, int]:
    """Return how many refused rows are in each state."""
    return {ligne["etat"]: ligne["lignes"] for ligne in _lire(run, filtres, _ETATS)}


def livraisons(run: PublishedRun, filtres: Communs) -> list[Ligne]:
    """Return the deliveries that the run read, with their counts over all their tables."""
    return [_livraison(livraison) for livraison in gardees(manifeste(run)["livraisons"], filtres)]


def fraicheur(run: PublishedRun, filtres: Communs) -> list[Ligne]:
    """Return a row a source: its age at the reference date, the age its contract allows, the days since its last modification."""
    depuis = {ligne["source"]: ligne["jours"] for ligne in lire(run, _MODIFICATIONS)}
    ages = gardees(reception.lire_fraicheur(lecture(run)), filtres)
    return [{**ligne, "modifiee": depuis.get(ligne["source"])} for ligne in ages]


def derives(run: PublishedRun, filtres: Communs) -> list[Ligne] | None:
    """Return what moved in the deliveries; None when the run did not look for it."""
    trouvees = reception.lire_derives(lecture(run))
    return None if trouvees is None else gardees(trouvees, filtres)


def controles(run: PublishedRun) -> list[Ligne]:
    """Return the checks of the run, the broken ones first, blocking before alerts."""
    return sorted(manifeste(run)["controles"], key=lambda controle: (controle["succes"], controle["gravite"] != "bloquante"))


def gardees(lignes: Iterable[Ligne], filtres: Communs) -> list[Ligne]:
    """Return the rows, each of a source, that the filter on the source keeps."""
    return [ligne for ligne in lignes if not filtres.sources or ligne["source"] in filtres.sources]


def _livraison(livraison: dict[str, Any]) -> Ligne:
    totaux = {compte: sum(table[compte] for table in livraison["tables"]) for compte in ("nb_recus", "nb_poses", "nb_quarantaine")}
    return {**livraison, **totaux, "nb_tables": len(livraison["tables"])}


def _lire(run: PublishedRun, filtres: Communs, requete: str) -> list[Ligne]:
    gardes = restriction(run, filtres, PORTEE)
    return lire(run, requete.format(communs=gardes.condition), gardes.parametres)
