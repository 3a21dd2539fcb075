"""Les lignes derrière un chiffre: the rows that a figure counts, page by page, and the files that hold them all."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

import streamlit as st

from dashboards import donnees
from dashboards.components.adresse import ENSEMBLE, a_la_page, page_demandee, pagination
from dashboards.components.barre import barre
from dashboards.components.blocs import attention, equivalent, note, remonter, titre
from dashboards.components.colonnes_lignes import PAR_GENRE
from dashboards.components.tableau import tableau_html, telecharger
from dashboards.fichiers import Table
from dashboards.requetes import ensembles
from dashboards.requetes.ensembles_connus import ENSEMBLES
from data_contracts.extraits import formats

if TYPE_CHECKING:
    from dashboards.requetes.ensembles import Ensemble
    from data_contracts.publication import PublishedRun

_SURTITRE = "Les lignes derrière un chiffre"


def page(run: PublishedRun) -> None:
    """Show the rows of the set that the address names."""
    demande = st.query_params.get(ENSEMBLE, "")
    if demande not in ENSEMBLES:
        titre(_SURTITRE, "Chiffre inconnu")
        attention(
            f"Aucun chiffre ne s'appelle « {demande} » : ouvrir cette page par « Voir les lignes », sous un chiffre."
            if demande
            else "Cette page s'ouvre par « Voir les lignes », sous un chiffre."
        )
        return
    _lignes(run, ENSEMBLES[demande])


def _lignes(run: PublishedRun, ensemble: Ensemble) -> None:
    titre(_SURTITRE, ensemble.titre, ensemble.definition)
    filtres = barre(run, ensemble.genre.portee, garde={ENSEMBLE: ensemble.code})
    total = ensembles.compter(run, filtres, [ensemble])[ensemble.code]
    if not total:
        equivalent("Aucune ligne ne répond à ces filtres.")
        return
    pages = ceil(total / ensembles.PAR_PAGE)
    rang = page_demandee() if page_demandee() <= pages else 1
    remonter(f"{ensemble.code} {rang}")
    ou = f", page {formats.nombre(rang)} sur {formats.nombre(pages)}" if pages > 1 else ""
    equivalent(f"{formats.pluriel(total, 'ligne')}{ou}.")
    colonnes = PAR_GENRE[ensemble.genre.code]
    st.html(tableau_html(ensembles.lignes(run, filtres, ensemble, rang), colonnes, ensemble.titre))
    pagination(rang, pages, lambda autre: a_la_page({ENSEMBLE: ensemble.code}, autre))
    note(f"Les fichiers ont toutes les lignes. Source : {ensemble.source}, publication {run.run_id}.")
    telecharger(Table(run, ensemble.titre, colonnes, ensembles.Lignes(run, filtres, ensemble)), f"lignes_{ensemble.code}")


page(donnees.ouvrir().run)
