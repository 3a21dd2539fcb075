"""Reads a report that people export from a reporting tool: CSV or XLSX, one table, titles above its header, French numbers.

What the tool may change from one export to the next is found out: encoding, separator, number of lines above the header. Columns
are known by their label, whatever its case, accents and punctuation.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from data_contracts.errors import BadInputError, ParcError
from data_contracts.packed import packing_fault
from data_contracts.plain_text import unaccented
from data_contracts.source_contract import SourceTable
from data_contracts.text_file import DELIMITERS, UnreadableRowError, csv_rows, decoded
from ingest.readers.copy_text import Block, row
from ingest.readers.reception import Identity, Reception, Request
from ingest.readers.spool import SpooledTable, open_table

if TYPE_CHECKING:
    from openpyxl.worksheet._read_only import ReadOnlyWorksheet

HEADER_WITHIN = 20
"""Lines among which the header must be."""
WEIGHT_MAX = 256 << 20
"""Bytes of an export, which is read whole; a national one has some tens of millions."""

LABELS_MAX = 2000
"""Cells of a line that may be the header."""
LINES_MAX = 1 << 20
"""Lines of a sheet, as spreadsheets have them."""
GAP_MAX = 10_000
"""Empty lines between two rows."""

Line = Sequence[str | None]


@dataclass(frozen=True)
class Sheet:
    """The lines of one sheet, or of a CSV file read with one separator: as many times as asked, cells as text, none when empty."""

    place: str
    lines: Callable[[], Iterable[Line]]
    has_separators: bool
    """True when a line shows all of its fields, empty ones too: a shorter one was cut."""


@dataclass(frozen=True)
class Header:
    """Where the columns of a contract were found."""

    sheet: Sheet
    line: int
    """Line of the labels, from 1."""
    columns: tuple[str, ...]
    known: int
    """How many of them the contract knows."""
    fields: int
    """Fields of its line, empty ones at its end too."""


def slug(label: str) -> str:
    """Return a label as the name of a column: « N° Opération GALION » → n_operation_galion."""
    return re.sub(r"[^a-z0-9]+", "_", unaccented(label).lower()).strip("_")


def receive_csv(path: Path, identity: Identity, request: Request) -> Reception:
    """Read a report in CSV."""
    text = text_of(path)
    sheets = [Sheet(f"« {path.name} »", partial(_csv_lines, text, mark), has_separators=True) for mark in DELIMITERS]
    try:
        return _received(sheets, path, identity, request)
    except UnreadableRowError as error:
        raise _unreadable(path, "fichier CSV") from error


def receive_xlsx(path: Path, identity: Identity, request: Request) -> Reception:
    """Read a report in XLSX: the sheet that holds its header."""
    from openpyxl import load_workbook  # noqa: PLC0415 - a third of a second, for whoever reads a workbook

    try:
        _check_packing(path)
        with closing(load_workbook(path, read_only=True, data_only=True)) as book:
            sheets = [
                Sheet(f"« {path.name} », feuille {sheet.title}", partial(_sheet_lines, sheet), has_separators=False)
                for sheet in book.worksheets
            ]
            return _received(sheets, path, identity, request)
    except ParcError:
        raise
    except Exception as error:  # openpyxl lets through every error of what it is made on
        raise _unreadable(path, "classeur XLSX") from error


def _check_packing(path: Path) -> None:
    if fault := packing_fault(path, WEIGHT_MAX):
        raise BadInputError(f"« {path.name} » {fault} : l'exporter en CSV.")


def text_of(path: Path, weight_max: int = WEIGHT_MAX) -> str:
    """Return the text of an export. Raises BadInputError when it is too large, or in no encoding that exports are written in."""
    if path.stat().st_size > weight_max:
        raise BadInputError(f"« {path.name} » pèse plus de {weight_max >> 20} Mo : l'exporter en plusieurs fois.")
    try:
        return decoded(path.read_bytes())
    except UnicodeDecodeError as error:
        raise BadInputError(
            f"« {path.name} » n'est ni en UTF-8 ni dans l'encodage de Windows : refaire l'export en UTF-8."
        ) from error


def _unreadable(path: Path, kind: str) -> BadInputError:
    return BadInputError(f"« {path.name} » n'est pas un {kind} lisible : le refaire ou le transférer de nouveau.")


def _received(sheets: Iterable[Sheet], path: Path, identity: Identity, request: Request) -> Reception:
    [contract] = request.contract.values()
    header = _header(sheets, contract)
    if header is None:
        raise BadInputError(
            f"« {path.name} » n'a pas d'en-tête « {contract.titre} » dans ses {HEADER_WITHIN} premières lignes : "
            "refaire l'export avec les noms de colonnes."
        )
    table = open_table(Block("", contract.table, header.columns, header.line + 1), request.folder)
    with table.file:
        _spool(header, table)
    return Reception({contract.table: table.received(header.sheet.place, header.line + 1)}, (), identity)


def _header(sheets: Iterable[Sheet], contract: SourceTable) -> Header | None:
    """Return the line that names the most columns of the contract, provided that it names half of them."""
    names = {column.nom for column in contract.colonnes}
    found = [
        Header(sheet, number, columns, len(names.intersection(columns)), len(line))
        for sheet in sheets
        for number, line in enumerate(islice(sheet.lines(), HEADER_WITHIN), 1)
        if len(line) <= LABELS_MAX
        for columns in [tuple(slug(label or "") or f"colonne_{rank}" for rank, label in enumerate(_trimmed(line), 1))]
    ]
    best = max(found, key=lambda header: header.known, default=None)
    return best if best and best.known * 2 >= len(names) else None


def _spool(header: Header, table: SpooledTable) -> None:
    """Write the rows below the header. Empty lines at the end are none; in the middle, one would move the numbers of the next."""
    waiting = 0
    width = len(header.columns)
    for number, line in enumerate(islice(header.sheet.lines(), header.line, None), header.line + 1):
        cells = _trimmed(line)
        if waiting > GAP_MAX and (cells or header.sheet.has_separators):
            raise BadInputError(f"{header.sheet.place}, ligne {number} : {waiting} lignes vides avant celle-ci ; les enlever.")
        if not cells:
            waiting += 1
            continue
        if len(cells) > width or (header.sheet.has_separators and len(line) < header.fields):
            raise BadInputError(
                f"{header.sheet.place}, ligne {number} : {len(line)} champs pour {header.fields} colonnes ; refaire l'export."
            )
        rows = [*([(None,) * width] * waiting), (*cells, *([None] * (width - len(cells))))]
        table.add(b"".join(map(row, rows)), len(rows))
        waiting = 0


def _trimmed(line: Line) -> Line:
    """Return a line without the empty cells at its end."""
    return line[: max((rank for rank, cell in enumerate(line, 1) if cell), default=0)]


def _csv_lines(text: str, delimiter: str) -> Iterator[Line]:
    for fields in csv_rows(text, delimiter):
        yield [field or None for field in fields]


def _sheet_lines(sheet: ReadOnlyWorksheet) -> Iterator[Line]:
    # What a sheet says of its own extent may be wrong: rows would be left out.
    sheet.reset_dimensions()
    for number, cells in enumerate(sheet.values, 1):
        if number > LINES_MAX or len(cells) > LABELS_MAX:
            raise BadInputError(
                f"La feuille {sheet.title} a plus de {LINES_MAX} lignes ou de {LABELS_MAX} colonnes : en enlever ce qui est vide."
            )
        yield tuple(map(_cell, cells))


def _cell(value: object) -> str | None:
    """Return a cell as the same report writes it in CSV: a decimal comma, a date as databases write it."""
    match value:
        case None | "":
            return None
        case float():
            return (f"{value:.0f}" if value.is_integer() else repr(value)).replace(".", ",")
        case datetime() | date():
            return value.isoformat(sep=" ") if isinstance(value, datetime) else value.isoformat()
        case _:
            return str(value)
