"""Periods in words: a month, a quarter, a year named after its first day. Pure functions, no Streamlit."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

_MOIS = ("janv.", "févr.", "mars", "avril", "mai", "juin", "juill.", "août", "sept.", "oct.", "nov.", "déc.")
NOMS = {"mois": "mois", "trimestre": "trimestre", "annee": "année"}
"""Steps of time in words."""


def nommer_periode(debut: date, pas: str) -> str:
    """Write the period that starts on a day: « févr. 2025 », « 1er trim. 2025 », « 2025 »."""
    match pas:
        case "mois":
            return f"{_MOIS[debut.month - 1]} {debut.year}"
        case "trimestre":
            rang = (debut.month + 2) // 3
            return f"{rang}{'er' if rang == 1 else 'e'} trim. {debut.year}"
        case _:
            return str(debut.year)
