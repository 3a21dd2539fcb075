"""Les lignes derrière un chiffre: the rows that a figure counts, page by page, and the files that hold them all."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboards import donnees
from dashboards.components.adresse import ENSEMBLE
from dashboards.components.barre import barre
from dashboards.components.blocs import attention, titre
from dashboards.components.liste_lignes import lister
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
    filtres = barre(run, ensemble.genre.portee, ensemble.genre.dates, garde={ENSEMBLE: ensemble.code})
    lister(run, filtres, ensemble, {ENSEMBLE: ensemble.code})


page(donnees.ouvrir().run)
