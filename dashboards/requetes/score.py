"""The quality score under the reader's filters: whole, by département, by source, by owner. As indicators, Q-01, do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboards.donnees import Ligne, lire, parcourir
from dashboards.requetes.communs import restriction
from dashboards.requetes.ensembles_parc import CONVENTIONS
from data_contracts.indicator_loader import declared_axes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dashboards.filtres.communs import Communs
    from data_contracts.publication import PublishedRun

SEUIL = 5
"""Agreements scored under which a mean says nothing, and is not ranked (Q-01)."""
MONTRES = 50
"""Owners shown; files hold them all."""
_AXE_BAILLEUR = next(axe for axe in declared_axes() if axe.axe == "bailleur")
PRIVES = _AXE_BAILLEUR.autre or ""
"""How the owners who are or may be persons are called, together."""

_MESURES = """
    count(*) as conventions,
    count(convention.score_qualite) as notees,
    avg(convention.score_qualite) as score,
    count(*) filter (where convention.score_qualite < 100) as en_defaut,
    sum(convention.poids_en_defaut) as poids_en_defaut,
    sum(convention.poids_applicable) as poids_applicable
"""

_ENSEMBLE = f"select {_MESURES} from fct_convention as convention where {{communs}}"

_PAR_SOURCE = f"""
select convention.source as code, {_MESURES}
from fct_convention as convention
where {{communs}}
group by convention.source
order by score nulls last, code
"""

_PAR_DEPARTEMENT = f"""
select
    convention.code_departement as code,
    departement.nom_departement as nom,
    departement.nom_region as region,
    {_MESURES}
from fct_convention as convention
left join dim_departement as departement using (code_departement)
where {{communs}}
group by all
order by score nulls last, notees desc, code nulls last
"""

_GROUPES = f"""
with retenue as (
    select if({_AXE_BAILLEUR.publie}, bailleur_id, null) as code, score_qualite, poids_en_defaut, poids_applicable
    from fct_convention as convention
    where {{communs}}
),

groupe as (
    select convention.code, {_MESURES}
    from retenue as convention
    group by convention.code
)
"""

_COMPTE = f"""
{_GROUPES}

select
    count(*) filter (where notees >= $seuil) as classes,
    count(*) filter (where notees between 1 and $seuil - 1) as ecartes
from groupe
"""

_PAR_BAILLEUR = f"""
{_GROUPES}

select groupe.*, bailleur.nom
from groupe
left join dim_bailleur as bailleur on groupe.code = bailleur.bailleur_id
where groupe.notees >= $seuil
order by groupe.score, groupe.notees desc, groupe.code nulls last
"""


def ensemble(run: PublishedRun, filtres: Communs) -> Ligne:
    """Return the score of the agreements kept: one row.

    conventions, notees (those with a score), score (their mean, in %), en_defaut (those under 100), poids_en_defaut,
    poids_applicable.
    """
    return _lire(run, filtres, _ENSEMBLE)[0]


def par_source(run: PublishedRun, filtres: Communs) -> list[Ligne]:
    """Return the score by source: `code`, and the measures of `ensemble`; the worst first."""
    return _lire(run, filtres, _PAR_SOURCE)


def par_departement(run: PublishedRun, filtres: Communs) -> list[Ligne]:
    """Return the score by département: `code`, `nom`, `region`, and the measures of `ensemble`; the worst first."""
    return _lire(run, filtres, _PAR_DEPARTEMENT)


def bailleurs(run: PublishedRun, filtres: Communs) -> Ligne:
    """Return how many owners have agreements enough to be ranked (`classes`), and how many have too few (`ecartes`): one row."""
    return _lire(run, filtres, _COMPTE, seuil=SEUIL)[0]


def par_bailleur(run: PublishedRun, filtres: Communs) -> list[Ligne]:
    """Return the first owners ranked: `code`, `nom`, and the measures of `ensemble`; the worst first. Private ones are one row."""
    return _lire(run, filtres, f"{_PAR_BAILLEUR} limit $nombre", seuil=SEUIL, nombre=MONTRES)


def tous_les_bailleurs(run: PublishedRun, filtres: Communs) -> Iterator[Ligne]:
    """Give every owner ranked, one by one."""
    gardes = restriction(run, filtres, CONVENTIONS.portee)
    yield from parcourir(run, _PAR_BAILLEUR.format(communs=gardes.condition), gardes.parametres | {"seuil": SEUIL})


def _lire(run: PublishedRun, filtres: Communs, requete: str, **valeurs: int) -> list[Ligne]:
    gardes = restriction(run, filtres, CONVENTIONS.portee)
    return lire(run, requete.format(communs=gardes.condition), gardes.parametres | valeurs)
