"""Turns the CSV of a zoning into communes and their zones, whatever its separator, its encoding and its other columns."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from pathlib import Path

from data_contracts.errors import BadInputError
from data_contracts.text_file import DELIMITERS, UnreadableRowError, csv_rows
from ingest.readers.report import slug, text_of
from ingest.referentiels.description import Description, Kind

CODES = ("codgeo", "code_commune", "code_insee", "codeinsee", "depcom", "com")
"""What the column of codes is called, as `slug` writes it."""
ZONE = re.compile("zon(e|age)")
MONTHS = (
    "janvier",
    "fevrier",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "aout",
    "septembre",
    "octobre",
    "novembre",
    "decembre",
)
DATE = re.compile(rf"(?:^|_)(\d{{1,2}})(?:er)?_({'|'.join(MONTHS)}|\d{{1,2}})_(\d{{4}})(?:_|$)")
"""A day in a label: « depuis le 5 juillet 2024 », « au 05/07/2024 »."""
CODE_LENGTH = 5
"""Spreadsheets take the leading zero away."""
WEIGHT_MAX = 32 << 20
"""Bytes: a zoning has one line for each of 35,000 communes."""
LINES_MAX = 500_000

Row = dict[str, str | None]


@dataclass(frozen=True)
class _Column:
    """A column of zones, and the day they came into force."""

    rank: int
    since: date
    kind: Kind | None
    """What the description says that the zones are; their values say it otherwise."""


def rows(path: Path, description: Description | None) -> Iterator[Row]:
    """Give every commune and zone of a CSV, by column of the contract `zonage`. An empty zone says nothing of its commune.

    Raises BadInputError when a column can't be found, when no date is known, and at the first line cut short.
    """
    lines = list(islice(_lines(path), LINES_MAX + 1))
    if len(lines) > LINES_MAX:
        raise BadInputError(f"« {path.name} » a plus de {LINES_MAX} lignes : donner le zonage seul, une commune par ligne.")
    labels = lines[0]
    names = [slug(label) for label in labels]
    code = _code(path, names, description)
    for column in _columns(path, names, description):
        zones = [line[column.rank].strip() for line in lines[1:] if len(line) > column.rank]
        kind = column.kind or ("123" if next(filter(None, zones), "")[:1].isdigit() else "ABC")
        for number, line in enumerate(lines[1:], 2):
            if not any(line):
                continue
            if len(line) != len(labels):
                raise BadInputError(
                    f"« {path.name} », ligne {number} : {len(line)} champs pour {len(labels)} colonnes ; refaire l'export."
                )
            if zone := line[column.rank].strip():
                yield {
                    "type_zonage": kind,
                    "date_debut": column.since.isoformat(),
                    "code_commune": line[code].strip().upper().zfill(CODE_LENGTH) if line[code].strip() else None,
                    "zone": zone,
                    "fichier": path.name,
                    "ligne_fichier": str(number),
                }


def ignored(path: Path, description: Description | None) -> list[str]:
    """Return the labels of the columns that nothing is read from."""
    labels = next(_lines(path))
    names = [slug(label) for label in labels]
    read = {_code(path, names, description), *(column.rank for column in _columns(path, names, description))}
    return [label for rank, label in enumerate(labels) if rank not in read and label.strip()]


def _code(path: Path, names: list[str], description: Description | None) -> int:
    wanted = [slug(description.code)] if description and description.code else list(CODES)
    for name in wanted:
        if name in names:
            return names.index(name)
    asked = description.code if description and description.code else "CODGEO"
    raise BadInputError(f"« {path.name} » n'a pas la colonne « {asked} » : refaire l'export, ou la nommer dans la description.")


def _columns(path: Path, names: list[str], description: Description | None) -> list[_Column]:
    zones = [rank for rank, name in enumerate(names) if ZONE.match(name)]
    if description:
        wanted = [rank for rank, name in enumerate(names) if name == slug(description.zone)] if description.zone else zones
        if len(wanted) != 1:
            asked = description.zone or "Zone…"
            reason = "n'a pas la colonne" if not wanted else "a plusieurs colonnes"
            raise BadInputError(f"« {path.name} » {reason} « {asked} » : nommer la colonne « zone » dans la description.")
        return [_Column(wanted[0], description.date_debut, description.type_zonage)]
    dated = [_Column(rank, since, None) for rank in zones if (since := _day(names[rank]))]
    if not zones:
        raise BadInputError(f"« {path.name} » n'a aucune colonne « Zone… » : donner un fichier de zonage.")
    if not dated:
        raise BadInputError(
            f"« {path.name} » ne dit pas depuis quand son zonage vaut : ajouter {path.stem}.yml, avec type_zonage et date_debut."
        )
    return dated


def _day(name: str) -> date | None:
    found = DATE.search(name)
    if not found:
        return None
    day, month, year = found.groups()
    try:
        return date(int(year), MONTHS.index(month) + 1 if month in MONTHS else int(month), int(day))
    except ValueError:
        return None


def _lines(path: Path) -> Iterator[list[str]]:
    text = text_of(path, WEIGHT_MAX)
    header = text.partition("\n")[0]
    if not header.strip():
        raise BadInputError(f"« {path.name} » est vide : refaire l'export CSV avec ses noms de colonnes.")
    try:
        yield from csv_rows(text, max(DELIMITERS, key=header.count))
    except UnreadableRowError as error:
        raise BadInputError(
            f"« {path.name} » n'est pas un fichier CSV lisible : le refaire ou le transférer de nouveau."
        ) from error
