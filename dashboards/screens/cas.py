"""Cas non réglementaires: the findings that answer filters, counted, spread, listed and given as files; then one of them, whole."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from dashboards import donnees, export_cas
from dashboards.components import cas
from dashboards.components.adresse import CONSTAT, a_la_page, lien, page_demandee
from dashboards.components.blocs import attention, information, note, remonter, titre
from dashboards.components.constat import constat
from dashboards.components.filtres_cas import filtres_demandes, formulaire
from dashboards.components.liste_cas import liste
from dashboards.components.telecharger import Fichier, telecharger
from dashboards.filtres.cas import INFORMATIONS
from dashboards.requetes import cas as requetes_cas
from data_contracts.extraits import formats

if TYPE_CHECKING:
    from dashboards.filtres.cas import Filtres
    from data_contracts.publication import PublishedRun

_SURTITRE, _TITRE = "Cas non réglementaires", "Ce que les règles constatent"
_FICHIERS = (
    ("XLSX", "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", export_cas.en_classeur),
    ("CSV", "csv", "text/csv", export_cas.en_csv),
)


def page(run: PublishedRun) -> None:
    """Show the findings, or the one that the address names."""
    if not requetes_cas.a_des_regles(run):
        titre(_SURTITRE, _TITRE)
        information("Cette publication a été construite sans règle. Lancer « parc run » pour en construire une qui en a.")
        return
    demande = st.query_params.get(CONSTAT)
    if demande is None:
        _tous(run)
        return
    remonter(demande)
    retour = a_la_page(filtres_demandes(run).adresse, page_demandee())
    lien("Retour à la liste", "retour", retour, ":material/arrow_back:")
    trouve = requetes_cas.constat(run, demande)
    if trouve is None:
        titre(_SURTITRE, "Constat inconnu")
        attention(
            f"Aucun constat « {demande} » dans la publication du {formats.instant(donnees.publiee_le(run))} : "
            "vérifier l'adresse de la page, ou chercher le constat dans la liste."
        )
        return
    constat(run, trouve)


def _tous(run: PublishedRun) -> None:
    titre(
        _SURTITRE,
        _TITRE,
        "Chaque cas avec ses preuves, ses sources de droit et ce qu'il faut faire. L'adresse de la page garde les filtres : "
        "elle s'envoie telle quelle.",
    )
    filtres = formulaire(run)
    if filtres.severite == INFORMATIONS:
        note("Une information n'est pas un cas : elle aide à lire le parc, il n'y a rien à corriger.")
    compte = requetes_cas.chiffres(run, filtres)
    total = compte["constats"]
    if not total:
        cas.aucun(run)
        cas.autres_severites(run, filtres)
        return
    cas.figures(compte, filtres)
    cas.autres_severites(run, filtres)
    cas.repartitions(run, filtres, total)
    cas.tendance(run, filtres)
    st.header("Liste", anchor=False)
    _fichiers(run, filtres, total)
    liste(run, filtres, total)


def _fichiers(run: PublishedRun, filtres: Filtres, total: int) -> None:
    """Offer the whole list as files, made when they are asked for."""
    with st.container(horizontal=True):
        for forme, suffixe, genre, fichier in _FICHIERS:
            telecharger(
                run,
                f"Télécharger la liste ({forme}, {formats.pluriel(total, 'ligne')})",
                Fichier(f"{export_cas.nom_fichier(run, filtres)}.{suffixe}", genre, partial(fichier, run, filtres)),
                cle=f"fichier_{suffixe}",
                style="secondary",
            )


page(donnees.lue())
