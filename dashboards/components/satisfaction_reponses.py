"""How many answered, out of how many asked, and what they wrote about."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboards.components import notes
from dashboards.components.barres import Repartition, repartition
from dashboards.components.blocs import equivalent, note
from dashboards.components.courbes import Axes, colonnes
from dashboards.components.graphique import montrer
from dashboards.components.tableau import Colonne, entier, tableau
from dashboards.intervalles import MINIMUM, wilson
from dashboards.periodes import NOMS, nommer_periode
from dashboards.requetes import satisfaction as requetes_satisfaction
from data_contracts.extraits import formats
from data_contracts.extraits.libelles import THEMES_AVIS, nommer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboards.donnees import Ligne
    from dashboards.filtres.satisfaction import Filtres
    from data_contracts.publication import PublishedRun

_COLONNES_MONTREES = 24
"""Periods drawn; the table holds them all."""


def taux_de_reponse(run: PublishedRun, filtres: Filtres) -> None:
    """Show the answers received out of the questionnaires sent, where somebody counted them."""
    lignes = [_taux(ligne) for ligne in requetes_satisfaction.envois(run, filtres)]
    connus = [ligne for ligne in lignes if ligne["nb_envoyes"]]
    sans = [ligne["enquete"] for ligne in lignes if not ligne["nb_envoyes"]]
    montres = [ligne for ligne in connus if ligne["taux"]]
    if montres:
        dits = [
            f"« {ligne['enquete']} » : {notes.part(ligne['taux'])} (de {ligne['intervalle']}), "
            f"{formats.nombre(ligne['reponses'])} réponses pour {formats.nombre(ligne['nb_envoyes'])} envois"
            for ligne in montres[:3]
        ]
        equivalent(f"{' ; '.join(dits)}.")
    else:
        equivalent("Aucune enquête retenue ne dit combien de questionnaires ont été envoyés : aucun taux ne peut être donné.")
    if sans:
        note(
            f"Sans taux de réponse, faute du nombre d'envois : {', '.join(dict.fromkeys(sans))}. Je donne mon avis ne livre pas le "
            "nombre de visites ; une enquête envoyée le dit dans sa description (nb_envoyes)."
        )
    if connus:
        montrees = [
            Colonne("enquete", "Enquête", genre="texte"),
            entier("nb_envoyes", "Envoyés"),
            entier("reponses", "Réponses"),
            Colonne("taux", "Taux de réponse", notes.part, "nombre"),
            Colonne("intervalle", "Intervalle à 95\u00a0%", genre="nombre"),
        ]
        tableau(connus, montrees, "Taux de réponse, toutes dates et tous territoires réunis", "satisfaction_taux")


def volume(run: PublishedRun, filtres: Filtres) -> None:
    """Show how many answers came, period after period."""
    pas = requetes_satisfaction.pas_retenu(run, filtres)
    lignes = [
        {**ligne, "libelle": nommer_periode(ligne["debut"], pas)} for ligne in requetes_satisfaction.volume(run, filtres, pas)
    ]
    if not lignes:
        equivalent("Aucune réponse retenue n'est datée.")
        return
    pleine = max(lignes, key=lambda ligne: ligne["reponses"])
    total = sum(ligne["reponses"] for ligne in lignes)
    dit = (
        f"{formats.pluriel(total, 'réponse datée', 'réponses datées')}, sur {formats.pluriel(len(lignes), 'période')} ; "
        f"la plus fournie : {pleine['libelle']} ({formats.nombre(pleine['reponses'])})."
    )
    equivalent(dit)
    barres = [
        {
            "libelle": ligne["libelle"],
            "compte": ligne["reponses"],
            "ecrit": formats.nombre(ligne["reponses"]),
            "texte": f"{ligne['libelle']} : {formats.pluriel(ligne['reponses'], 'réponse')}",
        }
        for ligne in lignes[-_COLONNES_MONTREES:]
    ]
    legende = f"Réponses par {NOMS[pas]}, toutes enquêtes réunies"
    montrer(colonnes(barres, Axes("", "Réponses", angle=-45)), f"{legende}. {dit}")
    if len(lignes) > _COLONNES_MONTREES:
        note(f"Le graphique montre les {_COLONNES_MONTREES} dernières périodes ; le tableau les a toutes.")
    with st.expander("Voir le tableau", key="tableau_volume"):
        tableau(
            lignes, [Colonne("libelle", "Période", genre="serre"), entier("reponses", "Réponses")], legende, "satisfaction_volume"
        )


def themes(run: PublishedRun, filtres: Filtres, commentaires: int) -> None:
    """Show how many comments tell of each theme."""
    if commentaires < MINIMUM:
        equivalent(f"Moins de {MINIMUM} commentaires : leurs thèmes ne sont pas comptés.")
        return
    lignes = [
        {**ligne, "libelle": nommer(ligne["theme"], THEMES_AVIS), "part": formats.part(ligne["commentaires"], commentaires)}
        for ligne in requetes_satisfaction.themes(run, filtres)
    ]
    montrees = [Colonne("libelle", "Thème"), entier("commentaires", "Commentaires"), Colonne("part", "Part", genre="nombre")]
    quoi = Repartition(montrees, "Commentaires par thème", "satisfaction_themes", "commentaires", "Commentaires")
    repartition(lignes, quoi, _phrase_themes(lignes, commentaires))
    note("Un thème se reconnaît aux mots du commentaire : un commentaire peut en aborder plusieurs, ou aucun.")


def _phrase_themes(lignes: Sequence[Ligne], commentaires: int) -> str:
    if not lignes:
        return f"Aucun des {formats.nombre(commentaires)} commentaires n'aborde un thème connu."
    premiere = lignes[0]
    return (
        f"« {premiere['libelle']} » est le thème le plus abordé : {formats.nombre(premiere['commentaires'])} commentaires sur "
        f"{formats.nombre(commentaires)} ({premiere['part']})."
    )


def _taux(ligne: Ligne) -> Ligne:
    taux = wilson(ligne["reponses"], ligne["nb_envoyes"]) if ligne["nb_envoyes"] and ligne["reponses"] >= MINIMUM else None
    return {**ligne, "taux": taux, "intervalle": notes.intervalle(taux)}
