"""The files in which people correct refused rows: one sheet a table, a row as received with every column of it to type over.

Whatever a spreadsheet would make something else of is written as a text, and read back as it was. What the cells say is judged by
`quarantine_import`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from itertools import groupby, islice
from pathlib import Path
from typing import Any

from dagster_project import spreadsheets
from data_contracts.decision import HEADER_ROWS
from data_contracts.errors import BadInputError
from data_contracts.plain_text import plain
from data_contracts.source_contract import ColumnType
from ingest.refused import RefusedRow

COLUMN_WIDTH, IDENTITY_WIDTH, REASON_WIDTH = 22, 14, 40
"""Characters."""
SHEET_NAME_MAX = 25
"""Characters of a table's name that a sheet keeps: Excel takes 31, and numbers the sheets that a long table needs."""
LOCKED = " (non modifiable)"
"""Ends the title of a column that nobody may correct."""
GUIDE = "Mode d'emploi"
_SAFE_NUMBER = re.compile(r"0|-?[1-9][0-9]{0,14}")
"""A whole number that no spreadsheet changes."""
_FRENCH_DAY = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})", re.ASCII)
_DECIMAL_COMMA = re.compile(r"[+-]?\d+,\d+", re.ASCII)
_BOOLEANS = {"vrai": "true", "oui": "true", "faux": "false", "non": "false"}


class Titre(StrEnum):
    """Titles of the columns that tell a row. None of them may be typed over."""

    SOURCE = "Source (ne pas modifier)"
    TABLE = "Table (ne pas modifier)"
    LIGNE = "Ligne (ne pas modifier)"
    EMPREINTE = "Empreinte (ne pas modifier)"
    MOTIF = "Motif du refus"


NEEDED = (Titre.SOURCE, Titre.TABLE, Titre.EMPREINTE)
GUIDE_LINES = {
    "Ce que c'est": "Une feuille par table ; une ligne par ligne refusée à l'import, telle qu'elle a été reçue, avec ce qui "
    "l'a fait refuser.",
    "Corriger": "Taper la bonne valeur dans la colonne en cause (titres verts). Une cellule vidée enlève la valeur. Une ligne "
    "laissée telle quelle n'est pas touchée.",
    "Ne pas modifier": "Les colonnes qui désignent la ligne, et celles dont le titre finit par « (non modifiable) » : données "
    "personnelles, ou ce dont elles dépendent.",
    "Une ligne sans faute à elle": "Quand sa seule faute est qu'une autre ligne manque (« ne désigne aucune ligne de… »), corriger "
    "l'autre : elle sera libérée avec.",
    "Dates et nombres": "Dates JJ/MM/AAAA ou AAAA-MM-JJ ; nombres à virgule ou à point.",
    "Rendre": "parc quarantaine liberer FICHIER --motif « … », puis parc quarantaine rejouer, puis parc run.",
}


@dataclass(frozen=True)
class FilledRow:
    """One row of a correction file."""

    place: str
    """Where a person finds it: its sheet and its line."""
    source: str
    table: str
    ligne: str
    empreinte: str
    cells: Mapping[str, Any]
    """What the cells of the row's columns hold, by title without its ending."""


def write(path: Path, rows: Sequence[RefusedRow], locked: Mapping[tuple[str, str], frozenset[str]]) -> None:
    """Write the correction file of refused rows, with the corrections already recorded; `locked` columns by source and table.

    Raises BadInputError for a name that is neither a .csv nor a .xlsx, or for a CSV of several tables.
    """
    from data_contracts.extraits.classeur import ColonneFichier, Feuille, classeur  # noqa: PLC0415 - `lister` goes without
    from data_contracts.extraits.csv_excel import csv_excel  # noqa: PLC0415 - same reason

    spreadsheets.check_name(path)
    sheets = []
    tables = [(key, list(group)) for key, group in groupby(rows, key=lambda row: (row.source, row.table))]
    is_csv = path.suffix.lower() == spreadsheets.CSV
    if is_csv and len(tables) > 1:
        names = ", ".join(f"{source} {table}" for (source, table), _ in tables)
        raise BadInputError(f"Un .csv n'a qu'une table : en choisir une par --source et --table ({names}), ou écrire un .xlsx.")
    for number, ((source, table), group) in enumerate(tables, start=1):
        fixed = locked[source, table]
        identity = [
            ColonneFichier(titre.name, titre, REASON_WIDTH if titre is Titre.MOTIF else IDENTITY_WIDTH, est_texte=True)
            for titre in Titre
        ]
        received = [
            ColonneFichier(_field(name), _title(name, fixed), COLUMN_WIDTH, est_a_remplir=name not in fixed, est_texte=True)
            for name in dict.fromkeys(name for row in group for name in row.recu)
        ]
        columns = [*identity, *received]
        sheets.append(Feuille(f"{number} {table}"[:SHEET_NAME_MAX], columns, (_cells(row, is_csv=is_csv) for row in group)))
    if is_csv:
        [sheet] = sheets
        spreadsheets.write(path, csv_excel(sheet.lignes, sheet.colonnes))
        return
    guide = [ColonneFichier("quoi", GUIDE, 28), ColonneFichier("comment", "Comment faire", 100)]
    explained = Feuille(GUIDE, guide, [{"quoi": what, "comment": how} for what, how in GUIDE_LINES.items()])
    spreadsheets.write(path, classeur([explained, *sheets]))


def read(path: Path) -> list[FilledRow]:
    """Return the rows of every sheet that corrects refused rows.

    Raises BadInputError for a file that is not a workbook nor a CSV, or that has no such sheet.
    """
    found = spreadsheets.read(path, _sheet, lambda row: bool(_identity(row)))
    if found is None:
        raise BadInputError(
            f"Aucune feuille de {path} n'a les colonnes {', '.join(f'« {titre} »' for titre in NEEDED)} : "
            "reprendre un fichier écrit par « parc quarantaine exporter »."
        )
    return found


def shown(value: str | None) -> str:
    """Return a value as a file shows it: what is not there and what is empty look the same, and so do the ends of lines."""
    from data_contracts.extraits.classeur import texte  # noqa: PLC0415 - see write

    return texte(value)


def as_received(cell: Any, kind: ColumnType) -> str | None:  # noqa: ANN401 - whatever a cell holds
    """Return the text that a source would have given for what a person typed; None for an empty cell.

    Only the French ways of writing are undone: what is no value of the type stays as it is, for the types to refuse.
    """
    match cell:
        case None | "":
            text = None
        case bool():
            text = "true" if cell else "false"
        case datetime() if kind is not ColumnType.DATE or cell.time() != time.min:
            text = cell.isoformat(sep=" ")
        case date():
            text = f"{cell:%Y-%m-%d}" if kind is ColumnType.DATE else f"{cell:%d/%m/%Y}"
        case float():
            exact = str(int(cell)) if cell.is_integer() else repr(cell)
            text = exact.replace(".", ",") if kind in {ColumnType.ENTIER_FR, ColumnType.REEL_FR} else exact
        case _:
            text = _undone(str(cell), kind)
    return text


def _undone(text: str, kind: ColumnType) -> str:
    """Write as a source does the day, the decimal or the boolean that a person wrote in French."""
    bare = text.strip()
    if kind is ColumnType.DATE and (day := _FRENCH_DAY.fullmatch(bare)):
        return f"{day[3]}-{day[2]:0>2}-{day[1]:0>2}"
    if kind is ColumnType.REEL and _DECIMAL_COMMA.fullmatch(bare):
        return bare.replace(",", ".")
    return _BOOLEANS.get(plain(text), text) if kind is ColumnType.BOOLEEN else text


def _field(name: str) -> str:
    """A received column may have the name of one that tells the row."""
    return f"recu.{name}"


def _title(name: str, fixed: frozenset[str]) -> str:
    return f"{name}{LOCKED}" if name in fixed else name


def _cells(row: RefusedRow, *, is_csv: bool) -> dict[str, str | None]:
    kept = _kept_by_csv if is_csv else lambda value: value
    identity = {
        Titre.SOURCE: row.source,
        Titre.TABLE: row.table,
        Titre.LIGNE: str(row.ligne),
        Titre.EMPREINTE: kept(row.empreinte),
        Titre.MOTIF: row.motif,
    }
    return {titre.name: value for titre, value in identity.items()} | {
        _field(name): kept(text) for name, text in row.corrige.items()
    }


def _kept_by_csv(value: str | None) -> str | None:
    """Put an apostrophe before a text, for Excel not to make a number or a date of it."""
    return value if not value or _SAFE_NUMBER.fullmatch(value) else f"'{value}"


def _sheet(name: str, rows: Iterable[Sequence[Any]]) -> list[FilledRow] | None:
    numbered = enumerate(rows, start=1)
    for number, row in islice(numbered, HEADER_ROWS):
        identity = _identity(row)
        if identity:
            titles = {
                place: str(cell).strip().removesuffix(LOCKED.strip()).strip()
                for place, cell in enumerate(row)
                if cell is not None and str(cell).strip() and not any(spreadsheets.is_title(cell, titre) for titre in Titre)
            }
            _check_titles(titles.values(), f"{name}ligne {number}")
            return list(_filled(name, identity, titles, numbered))
    return None


def _check_titles(titles: Iterable[str], place: str) -> None:
    seen: set[str] = set()
    for title in titles:
        if title in seen:
            raise BadInputError(f"Deux colonnes s'appellent « {title} » ({place}) : n'en garder qu'une.")
        seen.add(title)


def _identity(row: Sequence[Any]) -> dict[Titre, int]:
    """Return the columns that tell a row, by their titles; none when one that is needed lacks."""
    found = {titre: place for titre in Titre for place, cell in enumerate(row) if spreadsheets.is_title(cell, titre)}
    return found if all(titre in found for titre in NEEDED) else {}


def _filled(
    name: str, identity: Mapping[Titre, int], titles: Mapping[int, str], rows: Iterable[tuple[int, Sequence[Any]]]
) -> Iterator[FilledRow]:
    is_csv = not name  # the sheets of a workbook have one
    for number, row in rows:
        cells = [_bare(cell) if is_csv else cell for cell in row]
        if not any(cell is not None and str(cell).strip() for cell in cells):
            continue
        told = {titre: _told(cells, identity.get(titre)) for titre in Titre}
        yield FilledRow(
            place=f"{name}ligne {number}",
            source=told[Titre.SOURCE],
            table=told[Titre.TABLE],
            ligne=told[Titre.LIGNE],
            empreinte=told[Titre.EMPREINTE],
            cells={title: cells[place] if place < len(cells) else None for place, title in titles.items()},
        )


def _bare(cell: Any) -> Any:  # noqa: ANN401 - whatever a cell holds
    return cell.removeprefix("'") if isinstance(cell, str) else cell


def _told(cells: Sequence[Any], place: int | None) -> str:
    found = cells[place] if place is not None and place < len(cells) else None
    return "" if found is None else str(found).strip()
