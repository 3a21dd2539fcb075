"""Turns the blocks of a dump into one file of COPY text a wanted table, in the work folder."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from data_contracts.errors import BadInputError
from ingest.readers.copy_text import LINE_MAX, SPOOL_HEADER, Block, CopyTextParser, EndlessLineError, Rows, relation
from ingest.readers.reception import Identity, ReceivedTable, Reception, Request

CHUNK = 4 << 20
"""Bytes read at once from a dump."""
PYTHON_ENCODINGS = {
    "UTF8": None,
    "SQL_ASCII": None,
    "LATIN1": "iso8859-1",
    "LATIN9": "iso8859-15",
    "WIN1252": "cp1252",
}
"""PostgreSQL's encodings that a dump may be in, and the codec that turns each into UTF-8; None when there is nothing to do."""


@dataclass
class SpooledTable:
    """A table being written to the work folder."""

    block: Block
    path: Path
    file: BinaryIO
    rows: int = 0
    escapes: int = 0
    """More than zero when some value may hold an escape: NULL is not one."""

    def add(self, text: bytes, count: int) -> None:
        """Write whole rows."""
        self.file.write(text)
        self.rows += count
        self.escapes += text.count(b"\\") - text.count(b"\\N")

    def received(self, place: str, first_line: int) -> ReceivedTable:
        """Return the table as received, once its last row is written."""
        return ReceivedTable(
            table=self.block.table,
            columns=self.block.columns,
            relation=relation(self.path, len(self.block.columns)),
            first_line=first_line,
            place=place,
            path=self.path,
            row_count=self.rows,
            is_spooled=True,
            has_escapes=self.escapes > 0,
        )


def open_table(block: Block, folder: Path) -> SpooledTable:
    """Start the file of a table. The caller closes it."""
    path = folder / f"{block.table}.copy"
    file = path.open("wb")
    file.write(SPOOL_HEADER)
    return SpooledTable(block, path, file)


@dataclass
class Spool:
    """The tables of one dump, spooled one after the other."""

    request: Request
    dump: str
    """Name of the dump, for messages."""
    tables: dict[str, SpooledTable] = field(default_factory=dict)
    unknown: set[str] = field(default_factory=set)

    def receive(self, chunks: Iterable[bytes], identity: Identity, *, keeps_file_lines: bool) -> Reception:
        """Spool every wanted table of a dump's text. `keeps_file_lines` when that text is the file people can open.

        Raises BadInputError when the text is truncated, filled by INSERT, or in an encoding we can't turn into UTF-8.
        """
        parser = CopyTextParser()
        self._write(parser, chunks)
        if parser.open_block:
            raise BadInputError(
                f"Le dump « {self.dump} » est tronqué au milieu de la table {parser.open_block.table} : "
                "le refaire ou le transférer de nouveau."
            )
        if inserted := sorted(self._wanted_insert(parser)):
            raise BadInputError(
                f"Le dump « {self.dump} » remplit {inserted[0]} par des INSERT (ligne {parser.inserted[inserted[0]]}), "
                "que l'entrepôt ne lit pas : refaire le dump sans --inserts ni --column-inserts."
            )
        if not parser.is_complete:
            raise BadInputError(f"Le dump « {self.dump} » est tronqué : sa fin manque ; le refaire ou le transférer de nouveau.")
        tables = {
            name: table.received(f"« {self.dump} », table {name}", table.block.first_line if keeps_file_lines else 1)
            for name, table in self.tables.items()
        }
        return Reception(tables, tuple(sorted(self.unknown | set(parser.inserted))), identity)

    def _write(self, parser: CopyTextParser, chunks: Iterable[bytes]) -> None:
        current: SpooledTable | None = None
        codec: str | None = None
        try:
            for event in parser.events(chunks):
                if isinstance(event, Block):
                    if current:
                        current.file.close()
                    current = self._choose(event)
                    codec = self._codec(parser.encoding)
                elif current:
                    current.add(self._as_utf8(event, codec), event.count)
        except EndlessLineError as line:
            raise BadInputError(
                f"Le dump « {self.dump} », ligne {line} : la ligne dépasse {LINE_MAX >> 20} Mo ; le transférer de nouveau."
            ) from None
        finally:
            if current:
                current.file.close()

    def _choose(self, block: Block) -> SpooledTable | None:
        """Return the file that the block's rows go to, None when they are left out."""
        if block.table not in self.request.contract:
            self.unknown.add(block.table)
            return None
        earlier = self.tables.get(block.table)
        if earlier and not self.request.ranks_before(block.schema, earlier.block.schema):
            self.unknown.add(f"{block.schema}.{block.table}")
            return None
        if earlier:
            self.unknown.add(f"{earlier.block.schema}.{block.table}")
        self.tables[block.table] = open_table(block, self.request.folder)
        return self.tables[block.table]

    def _codec(self, encoding: str) -> str | None:
        if encoding not in PYTHON_ENCODINGS:
            raise BadInputError(f"Le dump « {self.dump} » est encodé en {encoding} : le refaire avec --encoding=UTF8.")
        return PYTHON_ENCODINGS[encoding]

    def _as_utf8(self, rows: Rows, codec: str | None) -> bytes:
        if codec is None:
            return rows.text
        try:
            return rows.text.decode(codec).encode()
        except UnicodeDecodeError as error:
            raise BadInputError(
                f"Le dump « {self.dump} » n'est pas dans l'encodage qu'il annonce : le refaire avec --encoding=UTF8."
            ) from error

    def _wanted_insert(self, parser: CopyTextParser) -> set[str]:
        """Return the tables filled by INSERT that we would have read, or any of them when the dump has no block at all."""
        wanted = self.request.contract.keys() & parser.inserted.keys()
        return wanted or (set(parser.inserted) if not self.tables and not self.unknown else set())
