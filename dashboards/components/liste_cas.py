"""The list of findings, page by page, each leading to its own view."""

from __future__ import annotations

from html import escape
from math import ceil
from typing import TYPE_CHECKING

import streamlit as st

from dashboards import decisions
from dashboards.components.adresse import CONSTAT, a_la_page, lien, page_demandee, pagination
from dashboards.components.blocs import etiquette_constat, etiquette_severite, note, remonter
from dashboards.components.decider import etiquette_depuis
from dashboards.requetes import cas as requetes_cas
from data_contracts.extraits import formats
from data_contracts.extraits.libelles import OBJETS, nommer

if TYPE_CHECKING:
    from dashboards.donnees import Ligne
    from dashboards.fichiers import Html
    from dashboards.filtres.cas import Filtres
    from data_contracts.publication import PublishedRun


def liste(run: PublishedRun, filtres: Filtres, total: int) -> None:
    """Show one page of the findings that answer the filters; `total` is how many do."""
    with st.container(key="liste_cas"):
        _liste(run, filtres, total)


def _liste(run: PublishedRun, filtres: Filtres, total: int) -> None:
    pages = max(1, ceil(total / requetes_cas.PAR_PAGE))
    page = page_demandee() if page_demandee() <= pages else 1
    if pages > 1:
        debut = (page - 1) * requetes_cas.PAR_PAGE
        fin = min(total, debut + requetes_cas.PAR_PAGE)
        rangs = f"constats {formats.nombre(debut + 1)} à {formats.nombre(fin)}"
        note(f"Page {formats.nombre(page)} sur {formats.nombre(pages)} : {rangs}, les plus graves d'abord.")
    remonter(f"liste {page}", "liste_cas" if page > 1 else "")
    registre = decisions.registre(run.home)
    for ligne in requetes_cas.liste(run, filtres, page):
        _ligne(ligne, etiquette_depuis(registre, ligne), a_la_page(filtres.adresse, page))
    pagination(page, pages, lambda rang: a_la_page(filtres.adresse, rang))


def nom_de_l_objet(ligne: Ligne) -> str:
    """Return what a finding is about: the number of its agreement, or the object of the source that has none."""
    if ligne["convention_id"]:
        return ligne["numero"] or f"convention sans numéro ({ligne['convention_id']})"
    return f"{nommer(ligne['objet_type'], OBJETS)} {ligne['objet_id']}"


def lieu(ligne: Ligne) -> str:
    """Write where a finding is: « Bordeaux (33) »."""
    commune, departement, code = ligne["nom_commune"], ligne["nom_departement"], ligne["code_departement"]
    if commune:
        return f"{commune} ({code})" if code else str(commune)
    return f"{departement} ({code})" if departement else formats.texte(code)


def _ligne(ligne: Ligne, depuis: Html, adresse: dict[str, str]) -> None:
    constat = ligne["anomalie_id"]
    resolue = etiquette_constat("resolue") if ligne["etat"] == "resolue" else ""
    labels = etiquette_severite(ligne["severite"]) + resolue + depuis
    signature = f"signée le {formats.jour(ligne['date_signature'])}" if ligne["date_signature"] else "sans date de signature"
    faits = [
        lieu(ligne),
        *([formats.texte(ligne["nom_bailleur"]), signature] if ligne["convention_id"] else []),
        f"vu depuis le {formats.jour(ligne['premiere_vue'])}",
    ]
    with st.container(key=f"bloc_{constat}"):
        lien(f"{ligne['regle_id']} · {nom_de_l_objet(ligne)}", f"ouvrir_{constat}", adresse | {CONSTAT: constat})
        st.html(
            f'<div class="constat"><p>{labels} <strong>{escape(formats.texte(ligne["titre"]))}</strong></p>'
            f"<p>{escape(formats.typographie(ligne['message']))}</p>"
            f'<p class="faits">{escape(" · ".join(fait for fait in faits if fait != formats.VIDE))}</p></div>'
        )
