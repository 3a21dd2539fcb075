"""The checks of a run: how many passed, by family, which ones did not, and the keys of the rows to look at."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboards.components.blocs import equivalent, etiquette
from dashboards.components.tableau import Colonne, entier, tableau
from dashboards.fichiers import Html
from data_contracts.extraits import formats
from data_contracts.extraits.libelles import FAMILLES_CONTROLE, nommer, ranger

if TYPE_CHECKING:
    from dashboards.donnees import Ligne

_CLES_MONTREES = 5
_FAMILLES = (
    Colonne("famille", "Famille", lambda code: nommer(code, FAMILLES_CONTROLE)),
    entier("controles", "Contrôles"),
    entier("reussis", "Réussis"),
    entier("alertes", "Alertes"),
    entier("blocages", "Blocages"),
)


def controles(lignes: list[Ligne]) -> None:
    """Show the checks; rows are those of the manifest, the broken ones first."""
    rompus = [ligne for ligne in lignes if not ligne["succes"]]
    equivalent(phrase(lignes))
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
        tableau(_par_famille(lignes), _FAMILLES, "Contrôles par famille", "controles_par_famille")
        with st.expander("Voir tous les contrôles"):
            colonnes = [Colonne("succes", "Résultat", _resultat), Colonne("gravite", "Gravité"), *nature, *mesures]
            tableau(lignes, colonnes, "Tous les contrôles", "controles")


def phrase(lignes: list[Ligne]) -> str:
    """Say how many checks passed."""
    if not lignes:
        return "Aucun contrôle n'est enregistré pour cette publication."
    rompus = [ligne for ligne in lignes if not ligne["succes"]]
    alertes = sum(ligne["gravite"] == "alerte" for ligne in rompus)
    bloquants = len(rompus) - alertes
    return (
        f"{formats.pluriel(len(lignes), 'contrôle')} : {formats.pluriel(len(lignes) - len(rompus), 'réussi')}, "
        f"{formats.pluriel(alertes, 'alerte')}, {formats.pluriel(bloquants, 'blocage')}."
    )


def _par_famille(lignes: list[Ligne]) -> list[Ligne]:
    familles = ranger({ligne["famille"] for ligne in lignes}, FAMILLES_CONTROLE)
    siens = {famille: [ligne for ligne in lignes if ligne["famille"] == famille] for famille in familles}
    return [
        {
            "famille": famille,
            "controles": len(tous),
            "reussis": sum(ligne["succes"] for ligne in tous),
            "alertes": sum(not ligne["succes"] and ligne["gravite"] == "alerte" for ligne in tous),
            "blocages": sum(not ligne["succes"] and ligne["gravite"] == "bloquante" for ligne in tous),
        }
        for famille, tous in siens.items()
    ]


def _gravite(gravite: str) -> Html:
    return etiquette("Bloquante", "erreur") if gravite == "bloquante" else etiquette("Alerte", "alerte")


def _resultat(succes: bool) -> Html:  # noqa: FBT001 - the value of a cell
    return etiquette("Réussi", "succes") if succes else etiquette("Rompu", "alerte")


def _cles(cles: list[object]) -> str:
    reste = len(cles) - _CLES_MONTREES
    return formats.liste(cles[:_CLES_MONTREES]) + (f" et {formats.pluriel(reste, 'autre')}" if reste > 0 else "")
