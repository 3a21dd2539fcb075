"""Dictionnaire et téléchargements: what each published table promises, searched; and the files that the run was published with."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

import streamlit as st

from dashboards import donnees
from dashboards.components.adresse import lien, reecrire
from dashboards.components.blocs import attention, equivalent, information, remonter, titre
from dashboards.components.table_publiee import colonnes_du_dictionnaire, table_publiee
from dashboards.components.telechargements import telechargements
from dashboards.requetes import dictionnaire as requetes_dictionnaire
from data_contracts.extraits import formats

if TYPE_CHECKING:
    from dashboards.donnees import Ligne
    from data_contracts.publication import PublishedRun

# parameters of the address
RECHERCHE, TABLE = "recherche", "table"
_SURTITRE, _TITRE = "Dictionnaire", "Dictionnaire et téléchargements"


def page(run: PublishedRun) -> None:
    """Show the dictionary, or the table that the address names."""
    dictionnaire = requetes_dictionnaire.dictionnaire(run)
    demandee = st.query_params.get(TABLE)
    remonter(f"table {demandee}")
    if dictionnaire is None:
        titre(_SURTITRE, _TITRE)
        information("Cette publication a été construite sans dictionnaire. Lancer « parc run » pour en construire une qui en a un.")
        telechargements(run)
    elif demandee is None:
        titre(_SURTITRE, _TITRE, "Ce que contient et promet chaque table publiée, et les fichiers de la publication à emporter.")
        tables, fichiers = st.tabs([formats.pluriel(len(dictionnaire["tables"]), "table"), "Téléchargements"])
        with tables:
            _chercher(dictionnaire["tables"])
        with fichiers:
            telechargements(run)
    else:
        _une_table(run, dictionnaire, demandee)


def _chercher(tables: list[Ligne]) -> None:
    recherche = _saisie()
    if recherche:
        _trouvees(tables, recherche)
        return
    for table in tables:
        _vers(table, {})


def _saisie() -> str:
    """Show the field, which the address fills, and return what is searched."""
    demandee = st.query_params.get(RECHERCHE, "").strip()
    if st.session_state.get("dictionnaire_recherche") != demandee:
        st.session_state["dictionnaire_recherche"] = demandee
    st.text_input(
        "Chercher une table ou une colonne",
        key="dictionnaire_recherche",
        on_change=_reecrire,
        max_chars=200,
        placeholder="surface utile, date d'expiration, fct_lot, SIREN…",
    )
    return demandee


def _reecrire() -> None:
    saisie = st.session_state["dictionnaire_recherche"].strip()
    reecrire((RECHERCHE, TABLE), {RECHERCHE: saisie} if saisie else {})


def _trouvees(tables: list[Ligne], recherche: str) -> None:
    lien("Effacer la recherche", "effacer", {}, ":material/close:")
    colonnes = requetes_dictionnaire.colonnes_trouvees(tables, recherche)
    if not colonnes:
        information(f"Aucune colonne ne répond à « {recherche} ». Essayer un mot de moins, ou un autre.")
        return
    tenues = {colonne["table"] for colonne in colonnes}
    equivalent(f"{formats.pluriel(len(colonnes), 'colonne')} dans {formats.pluriel(len(tenues), 'table')} pour « {recherche} ».")
    colonnes_du_dictionnaire(colonnes, "Colonnes trouvées", "colonnes_trouvees", avec_table=True)
    st.header("Leurs tables", anchor=False)
    for table in tables:
        if table["nom"] in tenues:
            _vers(table, {RECHERCHE: recherche})


def _vers(table: Ligne, adresse: dict[str, str]) -> None:
    """Show the way to a table, and what it is."""
    with st.container(key=f"bloc_{table['nom']}"):
        lien(f"{table['titre']} · {table['nom']}", f"ouvrir_{table['nom']}", adresse | {TABLE: table["nom"]})
        grain, lignes = escape(formats.typographie(table["grain"])), escape(formats.pluriel(table["lignes"], "ligne"))
        st.html(f'<div class="constat"><p class="faits">{lignes} · {grain}</p></div>')


def _une_table(run: PublishedRun, dictionnaire: Ligne, demandee: str) -> None:
    recherche = st.query_params.get(RECHERCHE, "")
    lien("Retour au dictionnaire", "retour", {RECHERCHE: recherche} if recherche else {}, ":material/arrow_back:")
    trouvee = next((table for table in dictionnaire["tables"] if table["nom"] == demandee), None)
    if trouvee is None:
        titre(_SURTITRE, "Table inconnue")
        attention(
            f"Aucune table « {demandee} » dans la publication du {formats.instant(donnees.publiee_le(run))} : "
            "vérifier l'adresse de la page, ou chercher la table dans le dictionnaire."
        )
        return
    table_publiee(trouvee, dictionnaire["origines"])


page(donnees.lue())
