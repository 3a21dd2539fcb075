"""How the parc in force on a day spreads: by financing, kind of dwellings, kind of owner and owner."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboards.components.parc import classer, spread
from dashboards.components.tableau import Colonne
from dashboards.filtres.parc import CONVENTIONS, TOUS
from data_contracts.extraits import formats
from data_contracts.extraits.libelles import NATURES_BAILLEUR, nommer

if TYPE_CHECKING:
    from dashboards.components.parc import Vue

_BAILLEUR = (Colonne("siren", "SIREN"), Colonne("nature_bailleur", "Nature", lambda code: nommer(code, NATURES_BAILLEUR)))


def de_quoi(vue: Vue) -> None:
    """Show the parc by family of financing, ANAH in its own, and by kind of dwellings."""
    gauche, droite = st.columns(2, gap="large")
    with gauche:
        mixtes = "Une convention mixte compte dans chacune de ses familles ; l'ANAH a la sienne, hors du parc social."
        spread(vue, "famille", "Par famille de financement", mixtes, vue.total + vue.etat.anah[vue.mesure])
    with droite:
        spread(vue if vue.mesure == CONVENTIONS else vue.comptant(TOUS), "nature", "Par nature de logement")


def a_qui(vue: Vue) -> None:
    """Show the parc by kind of owner, then by owner."""
    gauche, droite = st.columns(2, gap="large")
    with gauche:
        spread(vue, "nature_bailleur", "Par nature de bailleur")
    with droite:
        classer(vue, "bailleur", "Par bailleur", _proprietaires, _BAILLEUR)


def _proprietaires(nombre: int) -> str:
    return f"{formats.pluriel(nombre, 'propriétaire')} en tout, sans rapprochement entre fiches voisines."
