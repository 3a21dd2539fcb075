"""Guide: how to read the application, for its three readers. The same text as docs/guide-analyste.md."""

from __future__ import annotations

import streamlit as st

from dashboards.components.blocs import information, titre
from dashboards.guide import Capture, morceaux
from data_contracts.extraits.formats import typographie


def page() -> None:
    """Show the guide."""
    titre("Guide", "Guide de l'application")
    try:
        lus = morceaux()
    except OSError:
        information("Le guide n'est pas installé avec l'application : le lire dans docs/guide-analyste.md, à la source du projet.")
        return
    for morceau in lus:
        if isinstance(morceau, Capture):
            st.image(morceau.chemin, caption=typographie(morceau.texte), alt=morceau.texte)
        else:
            st.markdown(typographie(morceau))


page()
