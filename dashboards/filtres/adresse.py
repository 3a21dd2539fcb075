"""The parameters of a page's address, read one by one. What a run does not know is left out and named. No Streamlit."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

PREMIER_JOUR, DERNIER_JOUR = date(1900, 1, 1), date(2100, 12, 31)
"""Days that a filter may name."""


@dataclass(frozen=True)
class LectureAdresse:
    """An address being read."""

    adresse: Mapping[str, str]
    ignores: list[str] = field(default_factory=list)
    """What made no sense: « territoire=999 »."""

    def connus(self, nom: str, connues: Collection[str]) -> tuple[str, ...]:
        """Return the known values of a parameter that holds several, separated by commas."""
        demandes = dict.fromkeys(morceau.strip() for morceau in self.adresse.get(nom, "").split(",") if morceau.strip())
        self.ignores.extend(f"{nom}={demande}" for demande in demandes if demande not in connues)
        return tuple(demande for demande in demandes if demande in connues)

    def connu(self, nom: str, connues: Collection[str], defaut: str) -> str:
        """Return the value of a parameter, the default one when it has none that is known."""
        return next(iter(self.connus(nom, connues)), defaut)

    def jour(self, nom: str, *, fin: bool) -> date | None:
        """Return a parameter that is a day, AAAA-MM-JJ; a year of four digits stands for its first day, or its last with `fin`."""
        demande = self.adresse.get(nom, "").strip()
        est_annee = demande.isascii() and demande.isdigit() and len(demande) == len("2024")
        ecrite = f"{demande}-{'12-31' if fin else '01-01'}" if est_annee else demande
        try:
            lu = date.fromisoformat(ecrite) if ecrite else None
        except ValueError:
            lu = DERNIER_JOUR.max
        if lu is None or PREMIER_JOUR <= lu <= DERNIER_JOUR:
            return lu
        self.ignores.append(f"{nom}={demande}")
        return None
