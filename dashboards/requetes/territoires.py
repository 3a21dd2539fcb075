"""What filters on the territory read: the régions and départements of a run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboards.donnees import lire
from dashboards.filtres.territoires import Territoires
from dashboards.normes import norme

if TYPE_CHECKING:
    from data_contracts.publication import PublishedRun

_DEPARTEMENTS = "select code_departement, nom_departement, code_region, nom_region from dim_departement order by all"


def territoires(run: PublishedRun) -> Territoires:
    """Return the territories of a run: régions by name, départements by code."""
    departements = lire(run, _DEPARTEMENTS)
    par_region: dict[str, tuple[str, ...]] = {}
    for ligne in departements:
        par_region[ligne["code_region"]] = (*par_region.get(ligne["code_region"], ()), ligne["code_departement"])
    regions = {ligne["code_region"]: ligne["nom_region"] for ligne in departements if ligne["code_region"]}
    return Territoires(
        departements={ligne["code_departement"]: ligne["nom_departement"] for ligne in departements},
        regions=dict(sorted(regions.items(), key=lambda region: norme(region[1]))),
        departements_par_region=par_region,
    )
