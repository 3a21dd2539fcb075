"""Writes an archive of pg_dump in custom format, version 1.14: the schema as text, then the rows of each table, compressed.

What PostgreSQL keeps in an archive and nobody reads here (owners, object numbers, dependencies) is left out.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence
from typing import BinaryIO, NamedTuple

MAGIC = b"PGDMP"
VERSION = bytes([1, 14, 0])
INTEGER_BYTES, OFFSET_BYTES, CUSTOM = 4, 8, 1
DEFAULT_COMPRESSION = -1
LEVEL = 1
"""Of zlib: the archive is read more often than it is kept."""
MADE_ON = (0, 0, 12, 1, 10, 126, 0)
"""Second, minute, hour, day, month from 0, year from 1900, summer time: 1 November 2026."""
POSTGRESQL = b"15.12"
PRE_DATA, DATA, POST_DATA = 2, 3, 4
NO_DATA, OFFSET_UNKNOWN = 3, 1
DATA_BLOCK = b"\1"
END_OF_ROWS = b"\\.\n\n\n"
CHUNK = 1 << 20


class Table(NamedTuple):
    """A table of the archive: its schema, its name, its columns in the order of its rows."""

    schema: str
    name: str
    columns: Sequence[str]

    @property
    def statement(self) -> str:
        """The COPY statement that its rows follow."""
        return f"COPY {self.schema}.{self.name} ({', '.join(self.columns)}) FROM stdin;\n"


class Archive:
    """An archive being written: what stands before the rows at once, then the rows of each table, in their order."""

    def __init__(self, output: BinaryIO, name: str, tables: Sequence[Table], before: str, after: str) -> None:
        """Write the table of contents; `before` and `after` are the SQL that makes the tables, then their keys."""
        self._output = output
        self._identifiers = {table.name: number for number, table in enumerate(tables, start=1)}
        entries = [
            _entry(len(tables) + 1, "SCHEMA", "parc", PRE_DATA, definition=before),
            *(_data_entry(self._identifiers[table.name], table) for table in tables),
            _entry(len(tables) + 2, "CONSTRAINT", "parc", POST_DATA, definition=after),
        ]
        output.write(MAGIC + VERSION + bytes([INTEGER_BYTES, OFFSET_BYTES, CUSTOM]) + _integer(DEFAULT_COMPRESSION))
        output.write(b"".join(map(_integer, MADE_ON)) + _text(name) + _text(POSTGRESQL.decode()) * 2)
        output.write(_integer(len(entries)) + b"".join(entries))

    def write(self, table: str, rows: Iterable[bytes]) -> None:
        """Write the rows of a table: COPY text, cut anywhere."""
        self._output.write(DATA_BLOCK + _integer(self._identifiers[table]))
        stream = zlib.compressobj(LEVEL)
        for text in rows:
            self._chunk(stream.compress(text))
        self._chunk(stream.compress(END_OF_ROWS))
        self._chunk(stream.flush())
        self._output.write(_integer(0))

    def _chunk(self, content: bytes) -> None:
        if content:
            self._output.write(_integer(len(content)) + content)


def _data_entry(identifier: int, table: Table) -> bytes:
    return _entry(identifier, "TABLE DATA", table.name, DATA, copy=table.statement, schema=table.schema)


def _entry(  # noqa: PLR0913 - the fields of an entry
    identifier: int, kind: str, name: str, section: int, *, definition: str = "", copy: str | None = None, schema: str | None = None
) -> bytes:
    drop = tablespace = method = owner = end_of_dependencies = None
    texts = [definition, drop, copy, schema, tablespace, method, owner, "false", end_of_dependencies]
    return (
        _integer(identifier)
        + _integer(int(copy is not None))
        + b"".join(map(_text, ["0", "0", name, kind]))
        + _integer(section)
        + b"".join(map(_text, texts))
        + bytes([NO_DATA if copy is None else OFFSET_UNKNOWN])
        + bytes(OFFSET_BYTES)
    )


def _integer(value: int) -> bytes:
    return bytes([value < 0]) + abs(value).to_bytes(INTEGER_BYTES, "little")


def _text(value: str | None) -> bytes:
    if value is None:
        return _integer(-1)
    content = value.encode()
    return _integer(len(content)) + content
