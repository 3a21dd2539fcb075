"""The comments left with answers, page by page. They were masked before they landed."""

from __future__ import annotations

from html import escape
from math import ceil
from typing import TYPE_CHECKING

import streamlit as st

from dashboards.components import notes
from dashboards.components.adresse import a_la_page, page_demandee, pagination
from dashboards.components.blocs import equivalent, etiquette, note, remonter
from dashboards.components.filtres_satisfaction import choisir_les_commentaires
from dashboards.requetes import satisfaction as requetes_satisfaction
from data_contracts.extraits import formats
from data_contracts.extraits.libelles import THEMES_AVIS, nommer

if TYPE_CHECKING:
    from dashboards.donnees import Ligne
    from dashboards.filtres.satisfaction import Filtres, Referentiel
    from data_contracts.publication import PublishedRun


def commentaires(run: PublishedRun, filtres: Filtres, referentiel: Referentiel) -> None:
    """Show the fields that choose comments, and one page of those that answer them."""
    choisir_les_commentaires(referentiel)
    note(
        "Courriels, numéros et noms annoncés par une civilité sont masqués à l'import. Un nom écrit seul peut rester : relire un "
        "commentaire avant de le diffuser."
    )
    total = requetes_satisfaction.nb_commentaires(run, filtres)
    if not total:
        equivalent("Aucun commentaire ne répond à ces filtres.")
        return
    pages = max(1, ceil(total / requetes_satisfaction.PAR_PAGE))
    page = page_demandee() if page_demandee() <= pages else 1
    rang = f", page {formats.nombre(page)} sur {formats.nombre(pages)}" if pages > 1 else ""
    with st.container(key="liste_commentaires"):
        equivalent(f"{formats.pluriel(total, 'commentaire')}, les plus récents d'abord{rang}.")
        if page > 1:
            remonter(f"commentaires {page}", "liste_commentaires")
        st.html("".join(map(_un, requetes_satisfaction.commentaires(run, filtres, page))))
        pagination(page, pages, lambda autre: a_la_page(filtres.adresse, autre))


def _un(ligne: Ligne) -> str:
    faits = [
        formats.jour(ligne["date"]) if ligne["date"] else "sans date",
        ligne["enquete"],
        notes.nommer_public(ligne["public"]),
        f"réponse : {ligne['note']}" + ("" if ligne["canal"] == "jdma" else f", {notes.echelle(ligne)}")
        if ligne["note"]
        else "sans note",
    ]
    themes = "".join(etiquette(nommer(theme, THEMES_AVIS)) for theme in ligne["themes"])
    return (
        f'<article class="commentaire constat"><p>{escape(formats.typographie(ligne["verbatim"]))}</p>'
        f'<p class="faits">{themes}{escape(formats.typographie(" · ".join(faits)))}</p></article>'
    )
