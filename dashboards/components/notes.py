"""What answers to surveys say, in words: publics, scales, notes, shares with their interval, and what is too few to be said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboards.intervalles import MINIMUM, Part
from dashboards.requetes.satisfaction import SANS_PUBLIC
from data_contracts.extraits import formats
from data_contracts.extraits.libelles import CANAUX, PUBLICS, nommer

if TYPE_CHECKING:
    from dashboards.donnees import Ligne

MASQUE = f"moins de {MINIMUM} réponses"
"""What stands for a figure that rests on too few answers."""
SANS_OBJET = "sans objet"
"""What stands for a figure that a survey does not ask for."""
_BONNE, _MOYENNE = 8, 5
"""From these notes out of 10 on, « Je donne mon avis » shows green, then orange."""


def nommer_public(code: str | None) -> str:
    """Write the public of a survey."""
    return "Public non précisé" if code in {None, SANS_PUBLIC} else nommer(code, PUBLICS)


def echelle(ligne: Ligne) -> str:
    """Write a scale: « de 1 à 5 »; the smiley of « Je donne mon avis » has three steps of its own."""
    if ligne.get("canal") == "jdma":
        return "trois visages"
    return f"de {ligne['echelle_min']} à {ligne['echelle_max']}"


def presentation(ligne: Ligne) -> str:
    """Write where a survey comes from: its channel, its public, its scale, its first and last answers."""
    dit = f"{nommer(ligne['canal'], CANAUX)} · {nommer_public(ligne['public'])} · échelle {echelle(ligne)}"
    dit += f" · {formats.pluriel(ligne['reponses'], 'réponse')}"
    if ligne["premiere"] is None:
        return dit
    return f"{dit}, du {formats.jour(ligne['premiere'])} au {formats.jour(ligne['derniere'])}"


def part(valeur: Part | None) -> str:
    """Write a share: « 72,5 % »."""
    return MASQUE if valeur is None else formats.mesure(valeur.valeur, "%", 1)


def intervalle(valeur: Part | None) -> str:
    """Write an interval: « 61,4 à 81,4 % »."""
    return formats.VIDE if valeur is None else f"{formats.nombre(valeur.bas, 1)} à {formats.mesure(valeur.haut, '%', 1)}"


def moyenne(valeur: float | None, reponses: int, sur: int) -> str:
    """Write an average on its scale: « 7,4 sur 10 »."""
    if reponses < MINIMUM or valeur is None:
        return MASQUE
    return f"{formats.nombre(valeur, 1)} sur {sur}"


def nps(ligne: Ligne) -> float | None:
    """Return the net promoter score of a row in points; None on too few answers."""
    if ligne["recommandations"] < MINIMUM:
        return None
    return float(100 * (ligne["promoteurs"] - ligne["detracteurs"]) / ligne["recommandations"])


def points(valeur: float | None) -> str:
    """Write a net promoter score: « +12 points », « −4 points »."""
    if valeur is None:
        return MASQUE
    return ("+" if valeur > 0 else "") + formats.mesure(valeur, "points", 0)


def couleur(note: float) -> str:
    """Say the colour that « Je donne mon avis » gives a note out of 10."""
    if note >= _BONNE:
        return f"verte : {_BONNE} et plus"
    return f"orange : de {_MOYENNE} à {_BONNE}" if note >= _MOYENNE else f"rouge : sous {_MOYENNE}"
