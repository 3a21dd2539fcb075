"""The rows of a set, page by page, and the files that hold them all."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

import streamlit as st

from dashboards.components.adresse import a_la_page, page_demandee, pagination
from dashboards.components.blocs import equivalent, note, remonter
from dashboards.components.colonnes_lignes import PAR_GENRE
from dashboards.components.tableau import tableau_html, telecharger
from dashboards.fichiers import Table
from dashboards.requetes import ensembles
from data_contracts.extraits import formats

if TYPE_CHECKING:
    from dashboards.components.adresse import Adresse
    from dashboards.filtres.communs import Communs
    from dashboards.requetes.ensembles import Ensemble
    from data_contracts.publication import PublishedRun


def lister(run: PublishedRun, filtres: Communs, ensemble: Ensemble, adresse: Adresse, cle: str = "") -> None:
    """Show the page of the rows that the address asks for; `adresse` is what the links to the other pages say.

    `cle` names the container of the list, where it is not alone on its page: another page of it brings the reader back there.
    """
    total = ensembles.compter(run, filtres, [ensemble])[ensemble.code]
    if not total:
        equivalent("Aucune ligne ne répond à ces filtres.")
        return
    pages = ceil(total / ensembles.PAR_PAGE)
    rang = page_demandee() if page_demandee() <= pages else 1
    remonter(f"{cle or ensemble.code} {rang}", cle if rang > 1 else "")
    ou = f", page {formats.nombre(rang)} sur {formats.nombre(pages)}" if pages > 1 else ""
    somme = ensemble.somme
    fait = f", {formats.pluriel(ensembles.sommer(run, filtres, ensemble, somme), somme.nom)} en tout" if somme else ""
    equivalent(f"{formats.pluriel(total, 'ligne')}{fait}{ou}.")
    colonnes = PAR_GENRE[ensemble.genre.code]
    st.html(tableau_html(ensembles.lignes(run, filtres, ensemble, rang), colonnes, ensemble.titre))
    pagination(rang, pages, lambda autre: a_la_page(adresse, autre))
    note(f"Les fichiers ont toutes les lignes. Source : {ensemble.source}, publication {run.run_id}.")
    telecharger(Table(run, ensemble.titre, colonnes, ensembles.Lignes(run, filtres, ensemble)), f"lignes_{ensemble.code}")
