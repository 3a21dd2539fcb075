"""The search of an agreement: the form, what it found, and the pages of the result. Its state is in the address of the page."""

from __future__ import annotations

from html import escape
from math import ceil
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import streamlit as st

from dashboards.components.adresse import CONVENTION, Adresse, a_la_page, lien, page_demandee, pagination, reecrire
from dashboards.components.blocs import attention, equivalent, etiquette_statut, information
from dashboards.requetes import convention as requetes_convention
from data_contracts.extraits import formats
from data_contracts.extraits.libelles import FAMILLES, SOURCES, nommer

if TYPE_CHECKING:
    from dashboards.donnees import Ligne
    from data_contracts.publication import PublishedRun

RECHERCHE = "recherche"
"""The parameter of the address that says what is searched."""


def formulaire() -> str:
    """Show the search field and return what is searched, as the address says it."""
    actuelle = st.query_params.get(RECHERCHE, "")
    with st.form("recherche", border=False):
        champ, bouton = st.columns([5, 1], vertical_alignment="bottom")
        saisie = champ.text_input(
            "Numéro, identifiant, bailleur ou commune",
            value=actuelle,
            max_chars=200,
            placeholder="33/2/061993/851231/1, ecoloweb:423085, un nom, un SIREN, une commune…",
        )
        if bouton.form_submit_button("Rechercher", type="primary", width="stretch"):
            reecrire((RECHERCHE, CONVENTION), {RECHERCHE: saisie.strip()} if saisie.strip() else {})
    return st.query_params.get(RECHERCHE, "").strip()


def resultats(run: PublishedRun, recherche: str) -> list[Ligne]:
    """Show one page of what a search found, and return it."""
    page = page_demandee()
    trouvees = requetes_convention.chercher(run, recherche, page)
    if not trouvees and page > 1:
        page, trouvees = 1, requetes_convention.chercher(run, recherche)
    if not trouvees:
        _rien_trouve(run, recherche)
        return []
    total = trouvees[0]["nb_trouvees"]
    pages = ceil(total / requetes_convention.PAR_PAGE)
    reste = f", page {page} sur {formats.nombre(pages)}" if pages > 1 else ""
    equivalent(f"{formats.pluriel(total, 'convention trouvée', 'conventions trouvées')} pour « {recherche} »{reste}.")
    for ligne in trouvees:
        _resultat(ligne, recherche, page)
    pagination(page, pages, lambda rang: _adresse(recherche, rang))
    return trouvees


def retour() -> None:
    """Show the way back to the results this agreement was opened from, or to an empty search."""
    recherche = st.query_params.get(RECHERCHE, "")
    libelle = f"Retour aux résultats pour « {recherche} »" if recherche else "Chercher une autre convention"
    lien(libelle, "retour", _adresse(recherche, page_demandee()) if recherche else {}, ":material/arrow_back:")


def dire_refus(run: PublishedRun, identifiant: str) -> bool:
    """Say that an agreement was received and refused, with the reason; return False when it was not."""
    refusees = requetes_convention.refusees(run, identifiant)
    for refusee in refusees:
        source = nommer(refusee["source"], SOURCES)
        attention(f"La convention {refusee['cle_source']} d'{source} a été reçue et mise en quarantaine : {refusee['motif']}.")
    return bool(refusees)


def _rien_trouve(run: PublishedRun, recherche: str) -> None:
    if not dire_refus(run, recherche):
        information(
            f"Aucune convention pour « {recherche} ». Essayer une partie du numéro, "
            "le nom du bailleur ou le début du nom de la commune."
        )


def _resultat(ligne: Ligne, recherche: str, page: int) -> None:
    convention_id = ligne["convention_id"]
    lien(ligne["numero"] or "Sans numéro", f"ouvrir_{convention_id}", _adresse(recherche, page) | {CONVENTION: convention_id})
    lieu = f"{formats.texte(ligne['nom_commune'])} ({formats.texte(ligne['code_departement'])})"
    familles = formats.liste(nommer(code, FAMILLES) for code in ligne["familles_financement"])
    logements = formats.VIDE if ligne["nb_logements"] is None else formats.pluriel(ligne["nb_logements"], "logement")
    faits = [lieu, formats.texte(ligne["bailleur"]), familles, logements, f"trouvée par : {ligne['trouvee_par']}"]
    cle = escape(convention_id)
    onglet = f'<a href="?{urlencode({CONVENTION: convention_id})}" target="_blank" aria-label="{cle} (nouvel onglet)">{cle}</a>'
    st.html(f'<p class="resultat">{etiquette_statut(ligne["statut"])} {escape(" · ".join(faits))} · {onglet}</p>')


def _adresse(recherche: str, page: int) -> Adresse:
    return a_la_page({RECHERCHE: recherche}, page)
