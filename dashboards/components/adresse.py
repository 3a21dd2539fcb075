"""The address of a page, which holds its state: links that change it, links to the other pages, pages of a long list."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboards.components.tableau import sans_markdown
from dashboards.filtres import communs

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from dashboards.pages import Page

PAGE = "page"
CONVENTION, CONSTAT, REGLE, ENSEMBLE = "convention", "constat", "regle", "ensemble"
"""Parameters of the address: an agreement, a finding, a rule, a set of rows."""

Adresse = dict[str, str]
"""Parameters of an address and their values."""


def gardee() -> Adresse:
    """Return what every link keeps of the address: the filters that all pages share."""
    adresse = st.query_params.to_dict()
    return {nom: adresse[nom] for nom in communs.NOMS if nom in adresse}


def lien(libelle: str, cle: str, adresse: Adresse, icone: str | None = None, *, garde: bool = True) -> None:
    """Show a button that looks like a link and changes the address of this page; `garde` keeps the shared filters.

    Streamlit's own links leave the address as it was when they lead to the page they stand on.
    """
    st.button(
        sans_markdown(libelle), key=cle, icon=icone, type="tertiary", on_click=_aller, args=(adresse,), kwargs={"garde": garde}
    )


def vers(
    page: Page, libelle: str, adresse: Adresse | None = None, icone: str = ":material/arrow_forward:", *, garde: bool = True
) -> None:
    """Show a link to another page, which keeps the run that this session reads and, with `garde`, the shared filters."""
    st.page_link(page.script, label=sans_markdown(libelle), icon=icone, query_params=(gardee() if garde else {}) | (adresse or {}))


def reecrire(noms: Collection[str], adresse: Adresse) -> None:
    """Give some parameters of the address their new values, and leave the others. A list starts again at its first page."""
    restes = {nom: valeur for nom, valeur in st.query_params.items() if nom not in {*noms, PAGE}}
    st.query_params.from_dict(restes | adresse)


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


def _aller(adresse: Adresse, *, garde: bool) -> None:
    st.query_params.from_dict((gardee() if garde else {}) | adresse)
