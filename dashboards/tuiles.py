"""The map of the départements as squares of one size, each near its neighbours: where each stands, and how it is shaded.

No Streamlit. Metropolitan France keeps its shape; the overseas départements stand in a column of their own, in the west.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_FICHIER = Path(__file__).with_name("tuiles.csv")
CLASSES = 5
"""At most: shades that an eye tells apart."""


@dataclass(frozen=True)
class Case:
    """Where a square stands, from the top left corner, both from 1."""

    colonne: int
    ligne: int


@dataclass(frozen=True)
class Palier:
    """The values that share a shade: the smallest and the largest of them."""

    bas: int
    haut: int


@cache
def cases() -> Mapping[str, Case]:
    """Return the square of each département, by its code."""
    with _FICHIER.open(encoding="utf-8", newline="") as lignes:
        return {ligne["code_departement"]: Case(int(ligne["colonne"]), int(ligne["ligne"])) for ligne in csv.DictReader(lignes)}


def paliers(valeurs: Iterable[int]) -> list[Palier]:
    """Share positive values among shades that hold about as many each; equal values have the same shade."""
    positives = sorted(valeur for valeur in valeurs if valeur > 0)
    hauts = sorted({positives[-(-rang * len(positives) // CLASSES) - 1] for rang in range(1, CLASSES + 1)}) if positives else []
    trouves: list[Palier] = []
    for haut in hauts:
        plancher = trouves[-1].haut if trouves else 0
        trouves.append(Palier(next(valeur for valeur in positives if valeur > plancher), haut))
    return trouves


def rang(valeur: int, trouves: list[Palier]) -> int:
    """Return the shade of a value, from 1; 0 stands for none."""
    return next((place for place, palier in enumerate(trouves, start=1) if 0 < valeur <= palier.haut), 0)
