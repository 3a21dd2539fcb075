"""The files that carry decisions, workbooks and CSV: read whatever surrounds their columns, written so as to read back the same.

Only the form is judged here: which sheets, which rows, which cells. What they say is judged by `decision_import`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

from dagster_project import spreadsheets
from data_contracts.decision import HEADER_ROWS, NEEDED, Titre
from data_contracts.errors import BadInputError
from data_contracts.extraits.csv_excel import csv_excel

COLUMN_WIDTH = 28
"""Characters."""


@dataclass(frozen=True)
class Row:
    """One row whose decision is filled."""

    place: str
    """Where a person finds it: its sheet and its line."""
    cells: dict[Titre, str | date]
    """The cells of the columns that its sheet has; a date stays one, an empty cell is an empty text."""

    def text(self, titre: Titre) -> str | None:
        """Return a cell as text, None when the sheet lacks its column."""
        found = self.cells.get(titre)
        return None if found is None else str(found)


def read(path: Path) -> list[Row]:
    """Return the filled rows of every sheet that holds decisions.

    Raises BadInputError for a file that is not a workbook nor a CSV, or that has no such sheet.
    """
    found = spreadsheets.read(path, _sheet, lambda row: bool(_columns(row)))
    if found is None:
        raise BadInputError(
            f"Aucune feuille de {path} n'a les colonnes {' et '.join(f'« {titre} »' for titre in NEEDED)} "
            f"dans ses {HEADER_ROWS} premières lignes : reprendre un classeur exporté par « parc export »."
        )
    return found


def write(path: Path, titles: Sequence[Titre], rows: Iterable[Sequence[str | None]]) -> None:
    """Write rows of texts under their titles; the file is replaced whole.

    Raises BadInputError when its name ends neither in .csv nor in .xlsx.
    """
    spreadsheets.check_name(path)
    spreadsheets.write(path, _content(path.suffix.lower(), titles, rows))


def _content(suffix: str, titles: Sequence[Titre], rows: Iterable[Sequence[str | None]]) -> bytes:
    from data_contracts.extraits.classeur import ColonneFichier, Feuille, classeur  # noqa: PLC0415 - a single decision goes without

    columns = [ColonneFichier(titre.name, titre.value, COLUMN_WIDTH) for titre in titles]
    lines = ({titre.name: cell for titre, cell in zip(titles, row, strict=True)} for row in rows)
    return csv_excel(lines, columns) if suffix == spreadsheets.CSV else classeur([Feuille("Décisions", columns, lines)])


def _sheet(name: str, rows: Iterable[Sequence[Any]]) -> list[Row] | None:
    """Return the filled rows of a sheet, None when it has not the columns of decisions."""
    numbered = enumerate(rows, start=1)
    for number, row in islice(numbered, HEADER_ROWS):
        columns = _columns(row)
        if columns:
            for titre in columns:
                if sum(spreadsheets.is_title(cell, titre) for cell in row) > 1:
                    raise BadInputError(f"Deux colonnes s'appellent « {titre} » ({name}ligne {number}) : n'en garder qu'une.")
            return list(_filled(name, columns, numbered))
    return None


def _columns(row: Sequence[Any]) -> dict[Titre, int]:
    """Return the columns of decisions in a row of titles; none when one that is needed lacks."""
    found = {titre: place for titre in Titre for place, cell in enumerate(row) if spreadsheets.is_title(cell, titre)}
    return found if all(titre in found for titre in NEEDED) else {}


def _filled(name: str, columns: dict[Titre, int], rows: Iterable[tuple[int, Sequence[Any]]]) -> Iterator[Row]:
    for number, row in rows:
        cells = {titre: _cell(row[place]) if place < len(row) else "" for titre, place in columns.items()}
        if str(cells[Titre.STATUT]).strip():
            yield Row(f"{name}ligne {number}", cells)


def _cell(value: Any) -> str | date:  # noqa: ANN401 - whatever a cell holds
    match value:
        case None:
            return ""
        case date():
            return value
        case float() if value.is_integer():
            return str(int(value))
        case _:
            return str(value)
