"""Periods in words: those that a step of time makes, named after their first day, and those between any two days. No Streamlit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from data_contracts.extraits import formats

_MOIS = ("janv.", "févr.", "mars", "avril", "mai", "juin", "juill.", "août", "sept.", "oct.", "nov.", "déc.")
PREMIERE_ANNEE = 1977
"""Year of the first APL agreements."""
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


@dataclass(frozen=True)
class Periode:
    """The days from one to another, both in it; a bound that is None leaves the period open on its side."""

    depuis: date | None = None
    jusqua: date | None = None

    @classmethod
    def de_l_annee(cls, annee: int) -> Periode:
        """Return a whole year."""
        return cls(date(annee, 1, 1), date(annee, 12, 31))

    @property
    def en_mots(self) -> str:
        """Write the period: « en 2025 », « de 2023 à 2025 », « du 08/02/2024 au 31/03/2024 », « toutes dates réunies »."""
        if self.depuis is None:
            return "toutes dates réunies" if self.jusqua is None else f"jusqu'au {formats.jour(self.jusqua)}"
        if self.jusqua is None:
            return f"depuis le {formats.jour(self.depuis)}"
        if (self.depuis.month, self.depuis.day, self.jusqua.month, self.jusqua.day) != (1, 1, 12, 31):
            return f"du {formats.jour(self.depuis)} au {formats.jour(self.jusqua)}"
        premiere, derniere = self.depuis.year, self.jusqua.year
        return f"en {premiere}" if premiere == derniere else f"de {premiere} à {derniere}"


def raccourcis(reference: date) -> dict[str, Periode]:
    """Return the periods that readers ask for most at a reference date: the last 365 days, the last two whole years, all."""
    return {
        "365 derniers jours": Periode(reference - timedelta(days=365), reference - timedelta(days=1)),
        str(reference.year - 1): Periode.de_l_annee(reference.year - 1),
        str(reference.year - 2): Periode.de_l_annee(reference.year - 2),
        f"Depuis {PREMIERE_ANNEE}": Periode(date(PREMIERE_ANNEE, 1, 1)),
    }
