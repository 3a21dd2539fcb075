"""The filters of the page « Cas non réglementaires ». The address says them; a filter that changes rewrites it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from dashboards.components.adresse import lien
from dashboards.components.blocs import note
from dashboards.filtres.cas import CHOIX_ETAT, CHOIX_SEVERITE, Filtres, lire_adresse
from dashboards.requetes import cas as requetes_cas

if TYPE_CHECKING:
    from dashboards.filtres.cas import Referentiel
    from data_contracts.publication import PublishedRun

_TOUTES = "Toutes"


def filtres_demandes(run: PublishedRun) -> Filtres:
    """Return the filters that the address asks for."""
    return lire_adresse(st.query_params.to_dict(), requetes_cas.referentiel(run)).filtres


def formulaire(run: PublishedRun) -> Filtres:
    """Show the filters as the address says them, and return them."""
    referentiel = requetes_cas.referentiel(run)
    lus = lire_adresse(st.query_params.to_dict(), referentiel)
    _suivre_l_adresse(lus.filtres)
    with st.container(border=True):
        _champs(referentiel)
        if lus.filtres != Filtres():
            lien("Effacer les filtres", "effacer", {}, ":material/close:")
    if lus.ignores:
        note(f"Filtres de l'adresse laissés de côté, car inconnus de cette publication : {', '.join(lus.ignores)}.")
    return lus.filtres


def _champs(referentiel: Referentiel) -> None:
    gauche, droite = st.columns(2)
    gauche.selectbox(
        "Sévérité",
        list(CHOIX_SEVERITE),
        format_func=lambda code: CHOIX_SEVERITE[code].libelle,
        key=_cle("severite"),
        on_change=_reecrire,
    )
    droite.multiselect(
        "Règles",
        list(referentiel.choix_regle),
        format_func=referentiel.dire_regle,
        key=_cle("regles"),
        on_change=_reecrire,
        placeholder="Toutes les règles",
        select_all=False,
        wrap=True,
    )
    gauche, droite = st.columns(2)  # a row of its own: the keyboard goes as the eye does
    gauche.multiselect(
        "Région ou département",
        list(referentiel.choix_territoire),
        format_func=referentiel.dire_territoire,
        key=_cle("territoires"),
        on_change=_reecrire,
        placeholder="Toute la France",
        select_all=False,
        wrap=True,
    )
    droite.text_input(
        "Bailleur (nom ou SIREN)",
        key=_cle("bailleur"),
        on_change=_reecrire,
        max_chars=200,
        placeholder="Tous les bailleurs",
    )
    depuis, jusqua, etat = st.columns(3)
    for colonne, nom, titre in ((depuis, "depuis", "Signée depuis l'année"), (jusqua, "jusqua", "Signée jusqu'à l'année")):
        choisie = st.session_state[_cle(nom)]
        annees = sorted({*referentiel.annees, *([choisie] if choisie else [])}, reverse=True)
        colonne.selectbox(
            titre,
            [None, *annees],
            format_func=lambda annee: str(annee) if annee else _TOUTES,
            placeholder=_TOUTES,
            key=_cle(nom),
            on_change=_reecrire,
        )
    etat.selectbox("État", list(CHOIX_ETAT), format_func=lambda code: CHOIX_ETAT[code], key=_cle("etat"), on_change=_reecrire)


def _cle(nom: str) -> str:
    return f"filtre_{nom}"


def _champs_de(filtres: Filtres) -> dict[str, Any]:
    """Return what each widget holds for these filters."""
    return {**vars(filtres), "regles": list(filtres.regles), "territoires": list(filtres.territoires)}


def _suivre_l_adresse(filtres: Filtres) -> None:
    """Give the widgets what the address says, for instance after the browser's way back."""
    for nom, valeur in _champs_de(filtres).items():
        if _cle(nom) not in st.session_state or st.session_state[_cle(nom)] != valeur:
            st.session_state[_cle(nom)] = valeur


def _reecrire() -> None:
    """Write in the address what the widgets hold. The list starts again at its first page."""
    tenus = {nom: st.session_state[_cle(nom)] for nom in vars(Filtres())}
    tenus |= {"regles": tuple(tenus["regles"]), "territoires": tuple(tenus["territoires"]), "bailleur": tenus["bailleur"].strip()}
    st.query_params.from_dict(Filtres(**tenus).adresse)
