"""The checks of a run: how many passed, which ones did not, and the keys of the rows to look at."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboards.components.blocs import equivalent, etiquette
from dashboards.components.tableau import Colonne, Html, tableau
from data_contracts.extraits import formats
from data_contracts.extraits.libelles import FAMILLES_CONTROLE, nommer

if TYPE_CHECKING:
    from dashboards.donnees import Ligne

_CLES_MONTREES = 5


def controles(lignes: list[Ligne]) -> None:
    """Show the checks; rows are those of the manifest, the broken ones first."""
    rompus = [ligne for ligne in lignes if not ligne["succes"]]
    equivalent(_phrase(lignes, rompus))
    nature = [
        Colonne("objet", "Objet", genre="code"),
        Colonne("nom", "Contrôle", genre="code"),
        Colonne("famille", "Famille", lambda code: nommer(code, FAMILLES_CONTROLE)),
    ]
    mesures = [Colonne("observe", "Observé", genre="nombre"), Colonne("attendu", "Attendu", genre="nombre")]
    constat = [Colonne("message", "Constat", genre="long"), *mesures, Colonne("cles", "Clés en cause", _cles, "code")]
    if rompus:
        tableau(
            rompus, [Colonne("gravite", "Gravité", _gravite), *constat, *nature], "Contrôles à regarder", "controles_a_regarder"
        )
    if lignes:
        with st.expander("Voir tous les contrôles"):
            colonnes = [Colonne("succes", "Résultat", _resultat), Colonne("gravite", "Gravité"), *nature, *mesures]
            tableau(lignes, colonnes, "Tous les contrôles", "controles")


def _phrase(lignes: list[Ligne], rompus: list[Ligne]) -> str:
    if not lignes:
        return "Aucun contrôle n'est enregistré pour cette publication."
    alertes = sum(ligne["gravite"] == "alerte" for ligne in rompus)
    bloquants = len(rompus) - alertes
    return (
        f"{formats.pluriel(len(lignes), 'contrôle')} : {formats.pluriel(len(lignes) - len(rompus), 'réussi')}, "
        f"{formats.pluriel(alertes, 'alerte')}, {formats.pluriel(bloquants, 'blocage')}."
    )


def _gravite(gravite: str) -> Html:
    return etiquette("Bloquante", "erreur") if gravite == "bloquante" else etiquette("Alerte", "alerte")


def _resultat(succes: bool) -> Html:  # noqa: FBT001 - the value of a cell
    return etiquette("Réussi", "succes") if succes else etiquette("Rompu", "alerte")


def _cles(cles: list[object]) -> str:
    reste = len(cles) - _CLES_MONTREES
    return formats.liste(cles[:_CLES_MONTREES]) + (f" et {formats.pluriel(reste, 'autre')}" if reste > 0 else "")
