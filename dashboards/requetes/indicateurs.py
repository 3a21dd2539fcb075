"""What pages read of the indicators themselves: what each one counts, and the figures that another method gives."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboards.donnees import Ligne, lire

if TYPE_CHECKING:
    from data_contracts.publication import PublishedRun

_INDICATEUR = "select * from kpi_catalogue where kpi_id = $1"

_AUJOURD_HUI = """
select
    catalogue.*,
    valeur.valeur,
    valeur.effectif
from kpi_catalogue as catalogue
left join kpi_valeur as valeur
    on catalogue.kpi_id = valeur.kpi_id
    and valeur.axe = 'ensemble'
    and valeur.mesure = json_extract_string(catalogue.mesures, '$[0].nom')
where catalogue.kpi_id = $1
order by valeur.periode desc nulls last
limit 1
"""


def indicateur(run: PublishedRun, kpi_id: str) -> Ligne | None:
    """Return what an indicator counts; None when the run has none of this identifier."""
    return next(iter(lire(run, _INDICATEUR, (kpi_id,))), None)


def methode_d_aujourd_hui(run: PublishedRun, etape: str) -> Ligne | None:
    """Return the delay of a stage as the product team reckons it today, with its latest value; None when it follows none."""
    return next(iter(lire(run, _AUJOURD_HUI, (f"{etape}-STATS",))), None)
