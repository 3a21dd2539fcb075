"""The agreements that left the parc social, by year (P-07)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboards.donnees import Ligne, lire
from dashboards.requetes.communs import restriction
from dashboards.requetes.ensembles_etat import ANNEE_SORTIE, SORTIES
from dashboards.requetes.ensembles_parc import CONVENTIONS

if TYPE_CHECKING:
    from dashboards.filtres.communs import Communs
    from data_contracts.publication import PublishedRun

_PAR_ANNEE = f"""
select
    {ANNEE_SORTIE} as annee,
    count(*) as conventions,
    count(*) filter (where convention.statut = 'RESILIEE') as resiliees,
    count(*) filter (where convention.statut = 'DENONCEE') as denoncees,
    coalesce(sum(convention.nb_logements) filter (where convention.est_foyer is not true), 0)::bigint as logements,
    coalesce(sum(convention.nb_logements) filter (where convention.est_foyer), 0)::bigint as foyers
from fct_convention as convention
where {SORTIES} and {{communs}}
group by annee
order by annee nulls last
"""


def par_annee(run: PublishedRun, filtres: Communs) -> list[Ligne]:
    """Return the exits by year, those without a known day last: annee, conventions, resiliees, denoncees, logements, foyers."""
    gardes = restriction(run, filtres, CONVENTIONS.portee)
    return lire(run, _PAR_ANNEE.format(communs=gardes.condition), gardes.parametres)
