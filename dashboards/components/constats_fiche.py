"""The findings of one agreement: open ones first, the most serious first; resolved ones apart."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

import streamlit as st

from dashboards import pages
from dashboards.components.adresse import CONSTAT, vers
from dashboards.components.blocs import equivalent, etiquette_constat, etiquette_severite, note
from dashboards.requetes import cas as requetes_cas
from data_contracts.extraits import formats

if TYPE_CHECKING:
    from dashboards.donnees import Ligne
    from data_contracts.publication import PublishedRun


def constats(run: PublishedRun, convention_id: str) -> None:
    """Show the findings of an agreement, each leading to its own view."""
    if not requetes_cas.a_des_regles(run):
        note("Cette publication a été construite sans règle.")
        return
    lignes = requetes_cas.de_la_convention(run, convention_id)
    ouverts = [ligne for ligne in lignes if ligne["etat"] == "ouverte"]
    resolus = [ligne for ligne in lignes if ligne["etat"] != "ouverte"]
    if ouverts:
        equivalent(_phrase(ouverts))
    else:
        note("Aucun constat ouvert sur cette convention." if resolus else "Aucun constat sur cette convention.")
    for ligne in ouverts:
        _constat(ligne)
    if resolus:
        with st.expander(formats.pluriel(len(resolus), "constat résolu", "constats résolus")):
            for ligne in resolus:
                _constat(ligne)


def _phrase(ouverts: list[Ligne]) -> str:
    informations = sum(ligne["severite"] == "information" for ligne in ouverts)
    cas = len(ouverts) - informations
    dits = [formats.pluriel(cas, "cas ouvert", "cas ouverts")] if cas else []
    dits += [f"{formats.pluriel(informations, 'information')}, sans rien à corriger"] if informations else []
    return f"{' et '.join(dits)}."


def _constat(ligne: Ligne) -> None:
    resolu = etiquette_constat(ligne["etat"]) if ligne["etat"] != "ouverte" else ""
    dernier = f", pour la dernière fois le {formats.jour(ligne['derniere_vue'])}" if resolu else ""
    faits = [
        *([f"À faire : {ligne['action']}"] if ligne["action"] else []),
        *([f"Sources du droit : {' ; '.join(ligne['references_juridiques'])}"] if ligne["references_juridiques"] else []),
        f"Vu depuis le {formats.jour(ligne['premiere_vue'])}{dernier}",
    ]
    ecrits = "".join(f'<p class="faits">{escape(formats.typographie(fait))}</p>' for fait in faits)
    with st.container(key=f"bloc_{ligne['anomalie_id']}"):
        st.html(
            f'<div class="constat"><p>{etiquette_severite(ligne["severite"])}{resolu} '
            f"<strong>{escape(formats.texte(ligne['titre']))}</strong></p>"
            f"<p>{escape(formats.typographie(ligne['message']))}</p>{ecrits}</div>"
        )
        vers(pages.CAS, f"Voir le constat {ligne['regle_id']} et ses preuves", {CONSTAT: ligne["anomalie_id"]})
