"""Reads a folder of SIAP's answers, one JSON file an answer, whatever its name: what the client keeps, or what people deliver.

The files are read twice, one at a time: for the columns of each table, then for its rows. A national extraction fits in no memory.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from data_contracts.errors import BadInputError
from data_contracts.source_contract import SourceTable
from ingest.readers.copy_text import Block, row
from ingest.readers.folder import data_files
from ingest.readers.json_text import parsed, whole
from ingest.readers.reception import Identity, Reception, Request
from ingest.readers.spool import SpooledTable, open_table
from ingest.siap.payloads import ANNOUNCED, CLEARANCE, LISTS, NUMBER, OPERATION, FlatRow, Row, rows, without_agents

EXTENSION = ".json"
REFUSALS = "nonRendues"
"""Key of the answer that is ours: the announced operations that SIAP did not give, each with the reason."""
OUTCOME = "reponse"
"""Column of an announced operation that says what became of its details."""
RECEIVED = "recue"
MISSING = "absente"
NAMED = ("id", "groupe_profil_libelle", "territ_comp")
"""What tells a clearance: its number, whom it is given to, where."""


@dataclass
class Survey:
    """What the first reading learns."""

    columns: dict[str, dict[str, None]] = field(default_factory=dict)
    """By table, those that hold something once at least, in the order they are met."""
    received: set[str | None] = field(default_factory=set)
    refusals: dict[str | None, str] = field(default_factory=dict)
    clearances: list[str] = field(default_factory=list)

    def learn(self, found: FlatRow) -> None:
        """Take a row into account."""
        self.columns.setdefault(found.table, {}).update((name, None) for name, value in found.values.items() if value is not None)
        if found.table == OPERATION:
            self.received.add(found.values.get(NUMBER))
        elif found.table == CLEARANCE:
            self.clearances.append(", ".join(text for key in NAMED if (text := found.values.get(key))))

    def completed(self, found: FlatRow) -> Row:
        """Return the values of a row; an announced operation says what became of its details."""
        if found.table != ANNOUNCED:
            return found.values
        number = found.values.get(NUMBER)
        return found.values | {OUTCOME: RECEIVED if number in self.received else self.refusals.get(number, MISSING)}


def receive(path: Path, identity: Identity, request: Request) -> Reception:
    """Read a folder of answers. Raises BadInputError for a file that is not an answer of SIAP, and when no operation is there."""
    survey = _survey(path)
    if not survey.received:
        raise BadInputError(f"« {path.name} » ne contient aucune opération du SIAP : vérifier le dossier ou l'habilitation.")
    layout = _layout(survey, request.contract)
    with ExitStack() as stack:
        tables = {name: open_table(Block("", name, columns, 1), request.folder) for name, columns in layout.items()}
        for table in tables.values():
            stack.enter_context(table.file)
        _spool(path, survey, tables)
    received = {name: table.received(f"« {path.name} », {name}", 1) for name, table in tables.items()}
    unknown = tuple(sorted(survey.columns.keys() - layout.keys()))
    return Reception(received, unknown, identity, " ; ".join(survey.clearances) or None)


def _survey(path: Path) -> Survey:
    survey = Survey()
    for file, answer in _answers(path):
        if isinstance(answer, dict) and REFUSALS in answer:
            survey.refusals |= _refusals(file, answer[REFUSALS])
            continue
        found = rows(answer)
        if found is None:
            raise BadInputError(f"« {file.name} » n'est pas une réponse du SIAP : ne garder que ses réponses dans « {path.name} ».")
        for one in found:
            survey.learn(one)
    return survey


def _refusals(file: Path, told: Any) -> dict[str | None, str]:  # noqa: ANN401 - whatever JSON holds
    if not isinstance(told, dict) or not all(isinstance(reason, str) for reason in told.values()):
        raise BadInputError(f"« {file.name} » n'est pas la liste des refus qu'une extraction du SIAP écrit : l'enlever du dossier.")
    return told


def _layout(survey: Survey, contract: Mapping[str, SourceTable]) -> dict[str, tuple[str, ...]]:
    """Return the columns of each table of the contract that was delivered: in JSON, what is not there is empty, column or list."""
    return {
        name: tuple(dict.fromkeys(column.nom for column in table.colonnes) | survey.columns.get(name, {}))
        for name, table in contract.items()
        if name in survey.columns or name in LISTS.values()
    }


def _spool(path: Path, survey: Survey, tables: Mapping[str, SpooledTable]) -> None:
    for _, answer in _answers(path):
        for found in rows(answer) or ():
            if table := tables.get(found.table):
                values = survey.completed(found)
                table.add(row([values.get(column) for column in table.block.columns]), 1)


def _answers(path: Path) -> Iterator[tuple[Path, Any]]:
    """Give each file and the answer it holds: numbers as they are written, without the parts that are never read."""
    for file in data_files(path, EXTENSION):
        try:
            answer = parsed(whole(file), numbers_as_text=True)
        except ValueError as error:
            raise BadInputError(f"« {file.name} » n'est pas du JSON lisible : le refaire ou le transférer de nouveau.") from error
        yield file, without_agents(answer)
