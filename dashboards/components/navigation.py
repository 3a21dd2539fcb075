"""The way from a page to any other, in the sidebar: its links carry the shared filters, which Streamlit's own would drop."""

from __future__ import annotations

import streamlit as st

from dashboards.components.adresse import vers
from dashboards.pages import GROUPES


def navigation() -> None:
    """Show the pages by group."""
    with st.sidebar, st.container(key="navigation"):
        for groupe, siennes in GROUPES.items():
            st.html(f'<p class="groupe">{groupe}</p>')
            for page in siennes:
                vers(page, page.titre, icone=page.icone)
