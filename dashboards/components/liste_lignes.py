"""Rows in a table, page by page, and the files that hold them all."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

import streamlit as st

from dashboards.components.adresse import a_la_page, page_demandee, pagination
from dashboards.components.blocs import equivalent, note, remonter
from dashboards.components.tableau import tableau_html, telecharger
from data_contracts.extraits import formats

if TYPE_CHECKING:
    from collections.abc import Callable

    from dashboards.components.adresse import Adresse
    from dashboards.donnees import Ligne
    from dashboards.fichiers import Table

PAR_PAGE = 50
"""Rows shown on one page of a list."""


def liste_lignes(table: Table, total: int, lire_page: Callable[[int, int], list[Ligne]], adresse: Adresse, fichier: str) -> None:
    """Show one page of rows; `total` is how many there are, `lire_page` reads so many from a rank on.

    `adresse` is what the pages before and after keep, `fichier` the name of the files without extension.
    """
    if not total:
        equivalent("Aucune ligne ne répond à ces filtres.")
        return
    pages = ceil(total / PAR_PAGE)
    page = page_demandee() if page_demandee() <= pages else 1
    remonter(f"{fichier} {page}")
    ou = f", page {formats.nombre(page)} sur {formats.nombre(pages)}" if pages > 1 else ""
    equivalent(f"{formats.pluriel(total, 'ligne')}{ou}.")
    st.html(tableau_html(lire_page(PAR_PAGE, (page - 1) * PAR_PAGE), table.colonnes, table.legende))
    pagination(page, pages, lambda autre: a_la_page(adresse, autre))
    note("Les fichiers ont toutes les lignes.")
    telecharger(table, fichier)
