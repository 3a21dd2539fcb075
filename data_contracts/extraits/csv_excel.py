"""A CSV that a French Excel opens with a double click, and whose texts can't become formulas."""

from __future__ import annotations

import csv
import io
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Protocol

from data_contracts.extraits import formats

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from data_contracts.extraits.lecture import Ligne


class _Titree(Protocol):
    """A column of a file."""

    @property
    def champ(self) -> str:
        """The field it reads."""

    @property
    def titre(self) -> str:
        """Its title."""


def csv_excel(lignes: Iterable[Ligne], colonnes: Sequence[_Titree]) -> bytes:
    """Return the rows as CSV for a French Excel: UTF-8 with its mark, semicolons, decimal commas, dates day first.

    A text that a spreadsheet would run as a formula is preceded by an apostrophe.
    """
    texte = io.StringIO()
    writer = csv.writer(texte, delimiter=";", lineterminator="\r\n")
    writer.writerow([colonne.titre for colonne in colonnes])
    writer.writerows([_ecrit(ligne.get(colonne.champ)) for colonne in colonnes] for ligne in lignes)
    return texte.getvalue().encode("utf-8-sig")


def lu(texte: str) -> str:
    """Return a text of such a file as it was before it was written."""
    return texte[1:] if texte.startswith("'") and _est_formule(texte) else texte


def _ecrit(valeur: Any) -> str:  # noqa: ANN401 - one value of any column
    ecrite = formats.brut(valeur)
    return f"'{ecrite}" if _est_formule(ecrite) and not isinstance(valeur, int | float | Decimal) else ecrite


def _est_formule(texte: str) -> bool:
    """Tell whether a text would be a formula, or already looks like one preceded: taking one apostrophe off gives it back."""
    return texte.lstrip("'").startswith(formats.FORMULE)
