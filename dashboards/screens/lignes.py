"""Les lignes derrière un chiffre: the rows that a figure counts, page by page, and the files that hold them all."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboards import donnees
from dashboards.components.adresse import ENSEMBLE
from dashboards.components.barre import barre
from dashboards.components.blocs import attention, titre
from dashboards.components.ensemble import lister
from dashboards.requetes import ensembles_connus

if TYPE_CHECKING:
    from dashboards.requetes.ensembles import Ensemble
    from data_contracts.publication import PublishedRun

_SURTITRE = "Les lignes derrière un chiffre"


def page(run: PublishedRun) -> None:
    """Show the rows of the set that the address names."""
    demande = st.query_params.get(ENSEMBLE, "")
    ensemble = ensembles_connus.demande(run, demande, st.query_params.to_dict())
    if ensemble is None:
        titre(_SURTITRE, "Chiffre inconnu")
        attention(
            f"L'adresse ne désigne aucun chiffre (« {demande} ») : ouvrir cette page par « Voir les lignes », sous un chiffre."
            if demande
            else "Cette page s'ouvre par « Voir les lignes », sous un chiffre."
        )
        return
    _lignes(run, ensemble)


def _lignes(run: PublishedRun, ensemble: Ensemble) -> None:
    titre(_SURTITRE, ensemble.titre, ensemble.definition)
    nomme = {ENSEMBLE: ensemble.code, **ensemble.adresse}
    filtres = barre(run, ensemble.genre.portee, ensemble.genre.dates, garde=nomme)
    lister(run, filtres, ensemble, nomme)


page(donnees.lue())
