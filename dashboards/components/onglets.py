"""The views of a long page: links that change the address and keep the shared filters, the one shown told apart by its words."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

import streamlit as st

from dashboards.components.adresse import lien

if TYPE_CHECKING:
    from collections.abc import Mapping

VUE = "vue"
"""Parameter of the address: which view is shown."""


def onglets(titres: Mapping[str, str], courant: str) -> None:
    """Show the way to each view, by its code in the address."""
    with st.container(horizontal=True, key="onglets"):
        for code, titre in titres.items():
            if code == courant:
                st.html(f'<strong class="onglet" aria-current="page">{escape(titre)}</strong>', width="content")
            else:
                lien(titre, f"onglet_{code}", {VUE: code})
