"""The address of a page, which holds its state: links that change it, links to the other pages, pages of a long list."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboards.components.tableau import sans_markdown

if TYPE_CHECKING:
    from collections.abc import Callable

PAGE = "page"
CONVENTION, CONSTAT, REGLE = "convention", "constat", "regle"
"""Parameters of the address: a page of a list, an agreement, a finding, a rule."""

FICHE_CONVENTION = "screens/fiche_convention.py"
CAS = "screens/cas.py"
REGLES = "screens/regles.py"
"""The pages that others lead to."""

Adresse = dict[str, str]
"""Parameters of an address and their values."""


def lien(libelle: str, cle: str, adresse: Adresse, icone: str | None = None) -> None:
    """Show a button that looks like a link and changes the address of this page.

    Streamlit's own links leave the address as it was when they lead to the page they stand on.
    """
    st.button(sans_markdown(libelle), key=cle, icon=icone, type="tertiary", on_click=st.query_params.from_dict, args=(adresse,))


def vers(page: str, libelle: str, adresse: Adresse | None = None, icone: str = ":material/arrow_forward:") -> None:
    """Show a link to another page of the application, which keeps the run that this session reads."""
    st.page_link(page, label=sans_markdown(libelle), icon=icone, query_params=adresse or {})


def page_demandee() -> int:
    """Return the page of a list that the address asks for, the first one when it makes no sense."""
    demandee = st.query_params.get(PAGE, "1")
    return max(1, int(demandee)) if demandee.isascii() and demandee.isdigit() else 1


def a_la_page(adresse: Adresse, page: int) -> Adresse:
    """Return the address of a page of a list."""
    return adresse | ({PAGE: str(page)} if page > 1 else {})


def pagination(page: int, pages: int, adresse: Callable[[int], Adresse]) -> None:
    """Show the way to the pages before and after this one."""
    if pages <= 1:
        return
    with st.container(horizontal=True):
        if page > 1:
            lien("Page précédente", "page_precedente", adresse(page - 1), ":material/arrow_back:")
        if page < pages:
            lien("Page suivante", "page_suivante", adresse(page + 1), ":material/arrow_forward:")
