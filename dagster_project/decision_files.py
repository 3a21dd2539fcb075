"""The files that carry decisions, workbooks and CSV: read whatever surrounds their columns, written so as to read back the same.

Only the form is judged here: which sheets, which rows, which cells. What they say is judged by `decision_import`.
"""

from __future__ import annotations

import csv
import io
import warnings
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain, islice
from pathlib import Path
from typing import Any

from data_contracts.decision import HEADER_ROWS, NEEDED, Titre
from data_contracts.errors import BadInputError
from data_contracts.extraits.csv_excel import csv_excel, lu
from data_contracts.plain_text import plain
from data_contracts.text_file import DELIMITERS, decoded

CSV, WORKBOOK = ".csv", ".xlsx"
WEIGHT_MAX = 256 * 2**20
"""Bytes, once unpacked: a filled workbook has a few millions."""
COLUMNS_MAX = 256
"""Columns of a sheet that are looked at."""
COLUMN_WIDTH = 28
"""Characters."""
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
"""How the old Excel files, and those locked by a password, start."""
_PACKED = b"PK\x03\x04"
_HEAD = 4096


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
    head = _head(path)
    if head.startswith(_PACKED):
        found = _workbook(path)
    elif head.startswith(_OLE) or path.suffix.lower() in {WORKBOOK, ".xlsm", ".xls", ".ods"}:
        raise BadInputError(f"Le fichier {path} n'est pas un classeur .xlsx lisible : l'enregistrer en .xlsx, sans mot de passe.")
    else:
        found = _csv(path)
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
    if path.suffix.lower() not in {CSV, WORKBOOK}:
        raise BadInputError(f"Le fichier {path} n'est ni un .csv ni un .xlsx : terminer son nom par l'un des deux.")
    content = _content(path.suffix.lower(), titles, rows)
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.tmp")
    try:
        draft.write_bytes(content)
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def _content(suffix: str, titles: Sequence[Titre], rows: Iterable[Sequence[str | None]]) -> bytes:
    from data_contracts.extraits.classeur import ColonneFichier, Feuille, classeur  # noqa: PLC0415 - see _workbook

    columns = [ColonneFichier(titre.name, titre.value, COLUMN_WIDTH) for titre in titles]
    lines = ({titre.name: cell for titre, cell in zip(titles, row, strict=True)} for row in rows)
    return csv_excel(lines, columns) if suffix == CSV else classeur([Feuille("Décisions", columns, lines)])


def _head(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(_HEAD)
    except FileNotFoundError as error:
        raise BadInputError(f"Le fichier {path} n'existe pas : vérifier son nom.") from error
    except IsADirectoryError as error:
        raise BadInputError(f"{path} est un dossier : donner un fichier .xlsx ou .csv.") from error


def _workbook(path: Path) -> list[Row] | None:
    """Return the filled rows of a workbook, None when none of its sheets holds decisions."""
    from openpyxl import load_workbook  # noqa: PLC0415 - a single decision goes without

    from data_contracts.extraits.classeur import LIGNES_MAX  # noqa: PLC0415 - same reason

    try:
        _check_weight(path)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl tells developers which ornaments of Excel it leaves out
            workbook = load_workbook(path, read_only=True, data_only=True, keep_links=False)
            try:
                sheets = []
                for sheet in workbook.worksheets:
                    sheet.reset_dimensions()
                    rows = islice(sheet.iter_rows(max_col=COLUMNS_MAX, values_only=True), LIGNES_MAX + 1)
                    sheets.append(_sheet(f"feuille « {sheet.title} », ", rows))
            finally:
                workbook.close()
    except BadInputError:
        raise
    except Exception as error:
        raise BadInputError(
            f"Le fichier {path} ne se lit pas comme un classeur Excel : l'ouvrir et l'enregistrer en .xlsx."
        ) from error
    return _together(sheets)


def _check_weight(path: Path) -> None:
    """Refuse an archive that would not fit in memory, or that declares entities, which no spreadsheet writes."""
    with zipfile.ZipFile(path) as archive:
        if sum(entry.file_size for entry in archive.infolist()) > WEIGHT_MAX:
            raise BadInputError(f"Le fichier {path} pèse plus de {WEIGHT_MAX // 2**20} Mo une fois décompressé : le partager.")
        for entry in archive.infolist():
            with archive.open(entry) as part:
                if b"<!DOCTYPE" in part.read(_HEAD).replace(b"\0", b""):
                    raise BadInputError(f"Le fichier {path} n'a pas été écrit par un tableur : il n'est pas lu.")


def _csv(path: Path) -> list[Row] | None:
    """Return the filled rows of a CSV, None when it holds no decisions."""
    if path.stat().st_size > WEIGHT_MAX:
        raise BadInputError(f"Le fichier {path} pèse plus de {WEIGHT_MAX // 2**20} Mo : le partager.")
    try:
        text = decoded(path.read_bytes())
    except UnicodeDecodeError as error:
        raise BadInputError(f"Le fichier {path} n'est pas un texte : donner un classeur .xlsx, ou un .csv.") from error
    for delimiter in DELIMITERS:
        try:
            top = list(islice(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), HEADER_ROWS))
        except csv.Error:
            continue
        if any(_columns(row) for row in top):
            # Strict: a quote left open would swallow the rows that follow it.
            reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
            try:
                return _sheet("", ([lu(cell) for cell in row] for row in reader))
            except csv.Error as error:
                raise BadInputError(f"Le fichier {path} a des guillemets mal fermés, vers sa ligne {reader.line_num}.") from error
    return None


def _sheet(name: str, rows: Iterable[Sequence[Any]]) -> list[Row] | None:
    """Return the filled rows of a sheet, None when it has not the columns of decisions."""
    numbered = enumerate(rows, start=1)
    for number, row in islice(numbered, HEADER_ROWS):
        columns = _columns(row)
        if columns:
            for titre in columns:
                if sum(_is(cell, titre) for cell in row) > 1:
                    raise BadInputError(f"Deux colonnes s'appellent « {titre} » ({name}ligne {number}) : n'en garder qu'une.")
            return list(_filled(name, columns, numbered))
    return None


def _columns(row: Sequence[Any]) -> dict[Titre, int]:
    """Return the columns of decisions in a row of titles; none when one that is needed lacks."""
    found = {titre: place for titre in Titre for place, cell in enumerate(row) if _is(cell, titre)}
    return found if all(titre in found for titre in NEEDED) else {}


def _is(cell: object, titre: Titre) -> bool:
    return isinstance(cell, str) and plain(cell) == plain(titre)


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


def _together(sheets: Sequence[list[Row] | None]) -> list[Row] | None:
    found = [rows for rows in sheets if rows is not None]
    return list(chain.from_iterable(found)) if found else None
