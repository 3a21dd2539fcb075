"""The files that people fill: workbooks and CSV, read whatever surrounds their columns, written whole or not at all.

Only the form is judged here: which sheets, which rows, which cells. What they say is judged by whoever asked.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterable, Sequence
from itertools import chain, islice
from pathlib import Path
from typing import Any, TypeVar

from data_contracts.decision import HEADER_ROWS
from data_contracts.errors import BadInputError
from data_contracts.extraits.csv_excel import lu
from data_contracts.packed import packing_fault
from data_contracts.plain_text import plain
from data_contracts.text_file import DELIMITERS, UnreadableRowError, csv_rows, decoded

Found = TypeVar("Found")
SheetReader = Callable[[str, Iterable[Sequence[Any]]], "list[Found] | None"]
"""Given what names a sheet before a line (nothing for a CSV) and its rows; gives None for a sheet that is not of those read."""

CSV, WORKBOOK = ".csv", ".xlsx"
WEIGHT_MAX = 256 * 2**20
"""Bytes, once unpacked: a filled workbook has a few millions."""
COLUMNS_MAX = 256
"""Columns of a sheet that are looked at."""
TITLE_MAX = 200
"""Characters of a cell that may be a title."""
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
"""How the old Excel files, and those locked by a password, start."""
_PACKED = b"PK\x03\x04"
_HEAD = 4096


def read(path: Path, sheet: SheetReader[Found], is_header: Callable[[Sequence[Any]], bool]) -> list[Found] | None:
    """Return what `sheet` finds in every sheet of a file, None when it is in none of them.

    `is_header` tells the row of the titles, which gives the separator of a CSV away. Raises BadInputError for a file that is not a
    workbook nor a CSV.
    """
    head = _head(path)
    if head.startswith(_PACKED):
        return _workbook(path, sheet)
    if head.startswith(_OLE) or path.suffix.lower() in {WORKBOOK, ".xlsm", ".xls", ".ods"}:
        raise BadInputError(f"Le fichier {path} n'est pas un classeur .xlsx lisible : l'enregistrer en .xlsx, sans mot de passe.")
    return _csv(path, sheet, is_header)


def is_title(cell: object, title: str) -> bool:
    """Tell whether a cell holds a title, whatever its case, accents and punctuation."""
    return isinstance(cell, str) and len(cell) <= TITLE_MAX and plain(cell) == plain(title)


def check_name(path: Path) -> None:
    """Raise BadInputError when the name of a file to write ends neither in .csv nor in .xlsx."""
    if path.suffix.lower() not in {CSV, WORKBOOK}:
        raise BadInputError(f"Le fichier {path} n'est ni un .csv ni un .xlsx : terminer son nom par l'un des deux.")


def write(path: Path, content: bytes) -> None:
    """Replace a file whole."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.tmp")
    try:
        draft.write_bytes(content)
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def _head(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(_HEAD)
    except FileNotFoundError as error:
        raise BadInputError(f"Le fichier {path} n'existe pas : vérifier son nom.") from error
    except IsADirectoryError as error:
        raise BadInputError(f"{path} est un dossier : donner un fichier .xlsx ou .csv.") from error


def _workbook(path: Path, sheet: SheetReader[Found]) -> list[Found] | None:
    from openpyxl import load_workbook  # noqa: PLC0415 - small commands go without

    from data_contracts.extraits.classeur import LIGNES_MAX  # noqa: PLC0415 - same reason

    try:
        _check_packing(path)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl tells developers which ornaments of Excel it leaves out
            workbook = load_workbook(path, read_only=True, data_only=True, keep_links=False)
            try:
                sheets = []
                for one in workbook.worksheets:
                    one.reset_dimensions()
                    rows = islice(one.iter_rows(max_col=COLUMNS_MAX, values_only=True), LIGNES_MAX + 1)
                    sheets.append(sheet(f"feuille « {one.title} », ", rows))
            finally:
                workbook.close()
    except BadInputError:
        raise
    except Exception as error:
        raise BadInputError(
            f"Le fichier {path} ne se lit pas comme un classeur Excel : l'ouvrir et l'enregistrer en .xlsx."
        ) from error
    return _together(sheets)


def _check_packing(path: Path) -> None:
    if fault := packing_fault(path, WEIGHT_MAX):
        raise BadInputError(f"Le fichier {path} {fault} : n'y laisser que les lignes à rendre, ou le partager.")


def _csv(path: Path, sheet: SheetReader[Found], is_header: Callable[[Sequence[Any]], bool]) -> list[Found] | None:
    if path.stat().st_size > WEIGHT_MAX:
        raise BadInputError(f"Le fichier {path} pèse plus de {WEIGHT_MAX // 2**20} Mo : le partager.")
    try:
        text = decoded(path.read_bytes())
    except UnicodeDecodeError as error:
        raise BadInputError(f"Le fichier {path} n'est pas un texte : donner un classeur .xlsx, ou un .csv.") from error
    for delimiter in DELIMITERS:
        try:
            top = [row[:COLUMNS_MAX] for row in islice(csv_rows(text, delimiter), HEADER_ROWS)]
        except UnreadableRowError:
            continue
        if any(is_header(row) for row in top):
            # Strict: a quote left open would swallow the rows that follow it.
            try:
                return sheet("", ([lu(cell) for cell in row[:COLUMNS_MAX]] for row in csv_rows(text, delimiter, strict=True)))
            except UnreadableRowError as line:
                raise BadInputError(f"Le fichier {path} a des guillemets mal fermés, vers sa ligne {line}.") from line
    return None


def _together(sheets: Sequence[list[Found] | None]) -> list[Found] | None:
    found = [rows for rows in sheets if rows is not None]
    return list(chain.from_iterable(found)) if found else None
