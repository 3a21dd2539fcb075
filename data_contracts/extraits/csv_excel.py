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
    writer.writerows([_sans_formule(ligne.get(colonne.champ)) for colonne in colonnes] for ligne in lignes)
    return texte.getvalue().encode("utf-8-sig")


def _sans_formule(valeur: Any) -> str:  # noqa: ANN401 - one value of any column
    ecrite = formats.brut(valeur)
    est_nombre = isinstance(valeur, int | float | Decimal)
    return f"'{ecrite}" if ecrite.startswith(formats.FORMULE) and not est_nombre else ecrite
