"""The rows of a set, as its figures count them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from dashboards.components.blocs import note
from dashboards.components.colonnes_lignes import PAR_GENRE
from dashboards.components.liste_lignes import liste_lignes
from dashboards.fichiers import Table
from dashboards.requetes import ensembles

if TYPE_CHECKING:
    from dashboards.components.adresse import Adresse
    from dashboards.filtres.communs import Communs
    from dashboards.requetes.ensembles import Ensemble
    from data_contracts.publication import PublishedRun


def lister(run: PublishedRun, filtres: Communs, ensemble: Ensemble, adresse: Adresse) -> None:
    """Show the page of rows that the address asks for; `adresse` is what the links to the other pages say."""
    total = ensembles.compter(run, filtres, [ensemble])[ensemble.code]
    table = Table(run, ensemble.titre, PAR_GENRE[ensemble.genre.code], ensembles.Lignes(run, filtres, ensemble))
    liste_lignes(table, total, partial(ensembles.lignes, run, filtres, ensemble), adresse, f"lignes_{ensemble.code}")
    if total:
        note(f"Source : {ensemble.source}, publication {run.run_id}.")
