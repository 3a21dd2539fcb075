"""Les lignes derrière un chiffre: the rows that a figure counts, page by page, and the files that hold them all."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from dashboards import donnees
from dashboards.components.adresse import ENSEMBLE
from dashboards.components.barre import barre
from dashboards.components.blocs import attention, note, titre
from dashboards.components.colonnes_lignes import PAR_GENRE
from dashboards.components.liste_lignes import liste_lignes
from dashboards.fichiers import Table
from dashboards.requetes import ensembles
from dashboards.requetes.ensembles_connus import ENSEMBLES

if TYPE_CHECKING:
    from dashboards.requetes.ensembles import Ensemble
    from data_contracts.publication import PublishedRun

_SURTITRE = "Les lignes derrière un chiffre"


def page(run: PublishedRun) -> None:
    """Show the rows of the set that the address names."""
    demande = st.query_params.get(ENSEMBLE, "")
    if demande not in ENSEMBLES:
        titre(_SURTITRE, "Chiffre inconnu")
        attention(
            f"Aucun chiffre ne s'appelle « {demande} » : ouvrir cette page par « Voir les lignes », sous un chiffre."
            if demande
            else "Cette page s'ouvre par « Voir les lignes », sous un chiffre."
        )
        return
    _lignes(run, ENSEMBLES[demande])


def _lignes(run: PublishedRun, ensemble: Ensemble) -> None:
    titre(_SURTITRE, ensemble.titre, ensemble.definition)
    adresse = {ENSEMBLE: ensemble.code}
    filtres = barre(run, ensemble.genre.portee, garde=adresse)
    total = ensembles.compter(run, filtres, [ensemble])[ensemble.code]
    table = Table(run, ensemble.titre, PAR_GENRE[ensemble.genre.code], ensembles.Lignes(run, filtres, ensemble))
    lire_page = partial(ensembles.lignes, run, filtres, ensemble)
    liste_lignes(table, total, lire_page, adresse, f"lignes_{ensemble.code}")
    note(f"Source : {ensemble.source}, publication {run.run_id}.")


page(donnees.ouvrir().run)
