"""Reads the export that APiLos makes of its agreements, one JSON object a line, whatever the name of the file.

The file is read twice, a line at a time: to number what it names, then for its rows, agreements before their amendments and each
in the order of its identifier. Two exports of the same agreements give the same tables, in whatever order they were written.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from data_contracts.errors import BadInputError
from data_contracts.source_contract import SourceTable
from ingest.apilos.agreements import TABLES, FlatRow, Survey, UnreadableError, Values, Writer, identifier, parent
from ingest.readers.copy_text import Block, row
from ingest.readers.json_text import NoCharacterError, parsed
from ingest.readers.reception import Identity, Reception, Request
from ingest.readers.spool import SpooledTable, open_table

BYTE_ORDER_MARK = b"\xef\xbb\xbf"
NUL = b"\\u0000"
"""What may write a character that no database can hold."""
LINE_MAX = 8 << 20
"""Bytes of one agreement: the longest has some thousands."""
WRONG_CHARACTER = "un texte contient un caractère qui n'existe pas"


class Place(NamedTuple):
    """Where an agreement is in the file. They sort as their rows are written."""

    is_amendment: bool
    identifier: str
    line: int
    offset: int


@dataclass
class FirstReading:
    """What the first reading learns."""

    survey: Survey = field(default_factory=Survey)
    places: list[Place] = field(default_factory=list)


def looks_like_export(head: bytes) -> bool:
    """Return whether a file that begins so holds JSON objects."""
    return head.removeprefix(BYTE_ORDER_MARK).lstrip().startswith(b"{")


def receive(path: Path, identity: Identity, request: Request) -> Reception:
    """Read an export. Raises BadInputError, with its line, for a line that is not an agreement."""
    first = _first_reading(path)
    with ExitStack() as stack:
        tables = {}
        for name, columns in _layout(first.survey, request.contract).items():
            tables[name] = open_table(Block("", name, columns, 1), request.folder)
            stack.enter_context(tables[name].file)
        _spool(path, first, tables)
    received = {name: table.received(f"« {path.name} », {name}", 1) for name, table in tables.items()}
    return Reception(received, (), identity)


def _first_reading(path: Path) -> FirstReading:
    """Learn what the file names, and check every line of it: the second reading fails no more."""
    first = FirstReading()
    lines: dict[str, int] = {}
    offset = 0
    with path.open("rb") as file:
        for line, content in enumerate(iter(partial(file.readline, LINE_MAX), b""), start=1):
            if len(content) == LINE_MAX:
                raise _refusal(path, line, f"la ligne dépasse {LINE_MAX >> 20} Mo")
            start, offset = offset, offset + len(content)
            if not content.removeprefix(BYTE_ORDER_MARK).strip():
                continue
            agreement = _agreement(path, line, content)
            try:
                first.survey.learn(agreement)
                place = Place(parent(agreement) is not None, identifier(agreement), line, start)
            except UnreadableError as reason:
                raise _refusal(path, line, str(reason)) from None
            if place.identifier in lines:
                raise _refusal(path, line, f"la convention est déjà à la ligne {lines[place.identifier]}")
            lines[place.identifier] = line
            first.places.append(place)
    if not first.places:
        raise BadInputError(f"« {path.name} » ne contient aucune convention : refaire l'export d'APiLos.")
    first.places.sort()
    return first


def _layout(survey: Survey, contract: Mapping[str, SourceTable]) -> dict[str, tuple[str, ...]]:
    """Return the columns of each table of the export: those of the contract, then those that it does not know."""
    return {
        name: tuple(dict.fromkeys(column.nom for column in table.colonnes) | survey.columns.get(name, {}))
        for name, table in contract.items()
        if name in TABLES
    }


def _spool(path: Path, first: FirstReading, tables: Mapping[str, SpooledTable]) -> None:
    writer = Writer(first.survey.numbers())
    _add(writer.kinds(), tables)
    with path.open("rb") as file:
        for place in first.places:
            file.seek(place.offset)
            _add(writer.rows(_agreement(path, place.line, file.readline())), tables)


def _add(rows: Iterable[FlatRow], tables: Mapping[str, SpooledTable]) -> None:
    for found in rows:
        table = tables[found.table]
        table.add(row([found.values.get(column) for column in table.block.columns]), 1)


def _agreement(path: Path, line: int, content: bytes) -> Values:
    """Return the object of a line, its numbers as they are written."""
    try:
        found: Any = parsed(content.removeprefix(BYTE_ORDER_MARK), numbers_as_text=True)
    except NoCharacterError:
        raise _refusal(path, line, WRONG_CHARACTER) from None
    except ValueError:
        raise _refusal(path, line, "ce n'est pas du JSON lisible") from None
    if not isinstance(found, dict):
        raise _refusal(path, line, "ce n'est pas une convention")
    if NUL in content and any("\0" in text for text in _texts(found)):
        raise _refusal(path, line, WRONG_CHARACTER)
    return found


def _texts(value: object) -> Iterator[str]:
    """Give every text of a value, names included."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, content in value.items():
            yield name
            yield from _texts(content)
    elif isinstance(value, list):
        for content in value:
            yield from _texts(content)


def _refusal(path: Path, line: int, reason: str) -> BadInputError:
    return BadInputError(f"« {path.name} », ligne {line} : {reason} ; refaire l'export d'APiLos ou le transférer de nouveau.")
