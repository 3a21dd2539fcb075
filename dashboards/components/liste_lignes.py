"""Rows in a table, page by page, and the files that hold them all."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING

import streamlit as st

from dashboards.components.adresse import a_la_page, page_demandee, pagination
from dashboards.components.blocs import equivalent, note, remonter
from dashboards.components.tableau import fichiers, tableau_html
from data_contracts.extraits import formats

if TYPE_CHECKING:
    from collections.abc import Callable

    from dashboards.components.adresse import Adresse
    from dashboards.donnees import Ligne
    from dashboards.fichiers import Table

PAR_PAGE = 50
"""Rows shown on one page of a list."""
_CONTENEUR = "liste_lignes"


@dataclass(frozen=True)
class Liste:
    """Rows to show."""

    table: Table
    """All of them, for the files."""
    total: int
    """How many they are."""
    lire_page: Callable[[int, int], list[Ligne]]
    """Reads so many of them, from a rank on."""
    fichier: str
    """The name of the files, without extension."""
    somme: str = ""
    """What all of them add up to, in words."""


def liste_lignes(liste: Liste, adresse: Adresse) -> None:
    """Show the page of rows that the address asks for; `adresse` is what the links to the other pages say."""
    if not liste.total:
        equivalent("Aucune ligne ne répond à ces filtres.")
        return
    pages = ceil(liste.total / PAR_PAGE)
    page = page_demandee() if page_demandee() <= pages else 1
    with st.container(key=_CONTENEUR):
        remonter(f"{liste.fichier} {page}", _CONTENEUR if page > 1 else "")
        en_tout = f", {liste.somme} en tout" if liste.somme else ""
        ou = f", page {formats.nombre(page)} sur {formats.nombre(pages)}" if pages > 1 else ""
        equivalent(f"{formats.pluriel(liste.total, 'ligne')}{en_tout}{ou}.")
        lues = liste.lire_page(PAR_PAGE, (page - 1) * PAR_PAGE)
        st.html(tableau_html(lues, liste.table.colonnes, liste.table.legende))
        pagination(page, pages, lambda autre: a_la_page(adresse, autre))
        note("Les fichiers ont toutes les lignes.")
        fichiers(liste.table, liste.fichier)
