"""The rows of a set, as its figures count them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from dashboards.components.blocs import note
from dashboards.components.colonnes.par_genre import PAR_GENRE
from dashboards.components.liste_lignes import Liste, liste_lignes
from dashboards.fichiers import Table
from dashboards.requetes import ensembles
from data_contracts.extraits import formats

if TYPE_CHECKING:
    from dashboards.components.adresse import Adresse
    from dashboards.filtres.communs import Communs
    from dashboards.requetes.ensembles import Ensemble
    from data_contracts.publication import PublishedRun


def lister(run: PublishedRun, filtres: Communs, ensemble: Ensemble, adresse: Adresse) -> None:
    """Show the page of rows that the address asks for; `adresse` is what the links to the other pages say."""
    total = ensembles.compter(run, filtres, [ensemble])[ensemble.code]
    table = Table(run, ensemble.titre, PAR_GENRE[ensemble.genre.code], ensembles.Lignes(run, filtres, ensemble))
    somme = ensemble.somme
    dite = formats.pluriel(ensembles.sommer(run, filtres, ensemble, somme), somme.nom) if somme else ""
    lire_page = partial(ensembles.lignes, run, filtres, ensemble)
    liste_lignes(Liste(table, total, lire_page, f"lignes_{ensemble.code}", dite), adresse)
    if total:
        note(f"Source : {ensemble.source}, publication {run.run_id}.")
