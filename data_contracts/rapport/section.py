"""What a section of the report is made of. The page and the workbook show the same tables."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from data_contracts.extraits.lecture import Ligne


class Genre(StrEnum):
    """How the values of a column are shown."""

    TEXTE = "texte"
    NOMBRE = "nombre"
    ECART = "ecart"
    """A whole number with its sign."""
    PART = "part"
    """A share, in %."""
    ETAT = "etat"
    """An `Etat`."""
    CLES = "cles"
    """A list of keys."""


@dataclass(frozen=True)
class Etat:
    """A state: its words, its sign and its colour, which never comes alone."""

    mots: str
    signe: str
    classe: str


BON, PRUDENCE, MAUVAIS, NEUTRE, ABSENT = "succes", "alerte", "erreur", "neutre", "absent"
"""Classes of a state, as the style sheet names them."""


@dataclass(frozen=True)
class Colonne:
    """A column: the field it reads, its title, its width in the workbook, in characters."""

    champ: str
    titre: str
    largeur: int = 16
    genre: Genre = Genre.TEXTE


@dataclass(frozen=True)
class Tableau:
    """A table. Without a row, `vide` is the sentence that says what that means."""

    legende: str
    colonnes: Sequence[Colonne]
    lignes: Sequence[Ligne]
    vide: str
    limite: int = 30
    """How many rows the page shows; the workbook has them all."""

    @property
    def montrees(self) -> Sequence[Ligne]:
        """The rows that the page shows."""
        return self.lignes[: self.limite]

    @property
    def nb_cachees(self) -> int:
        """The rows that only the workbook has."""
        return len(self.lignes) - len(self.montrees)


@dataclass(frozen=True)
class Section:
    """A subject of the report."""

    ancre: str
    titre: str
    phrases: Sequence[str]
    tableaux: Sequence[Tableau]
    """Those of the page."""
    feuilles: Mapping[str, Tableau]
    """Those of the workbook, by the name of their sheet."""
    dessin: str = ""
    """Inline SVG that repeats a table, made by us alone."""


def simple(ancre: str, titre: str, phrase: str, tableau: Tableau) -> Section:
    """Return a section of one sentence and one table, which its sheet repeats."""
    return Section(ancre, titre, (phrase,), (tableau,), {titre: tableau})


def enumeration(mots: Iterable[str], limite: int = 5) -> str:
    """Write a list as a sentence does: « a, b et c », « a, b et 3 autres »."""
    tous = list(mots)
    if len(tous) > limite:
        tous = [*tous[: limite - 1], f"{len(tous) - limite + 1} autres"]
    return " et ".join([", ".join(tous[:-1]), tous[-1]]) if len(tous) > 1 else "".join(tous)
