"""The parameters of a page's address, read one by one. What a run does not know is left out and named. No Streamlit."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping


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

    def annee(self, nom: str) -> int | None:
        """Return a parameter that is a year of four digits."""
        demande = self.adresse.get(nom, "").strip()
        if demande.isascii() and demande.isdigit() and len(demande) == len("2024"):
            return int(demande)
        self.ignores.extend([f"{nom}={demande}"] if demande else [])
        return None
