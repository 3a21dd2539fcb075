"""PostgreSQL's COPY text, as pg_dump writes it: the one parser of its blocks, its rows, and the SQL that reads spooled rows back.

The parser takes bytes cut anywhere and never looks at one row: a national dump holds three gigabytes of text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from data_contracts.clauses import file_literal

TERMINATOR = b"\\.\n"
"""The line that ends a block. A row is never that line: COPY doubles the backslashes of a value."""
LINE_MAX = 32 << 20
"""Bytes of a line: DuckDB reads no row of more than two millions, and a statement has some thousands."""
TRAILER = b"-- PostgreSQL database dump complete"
COPY_HEADER = re.compile(
    r"""COPY \s (?: (?P<schema> "(?:[^"]|"")+" | [^\s."(]+ ) \. )?
        (?P<table> "(?:[^"]|"")+" | [^\s."(]+ ) \s+ (?: \( (?P<columns> .*) \) \s )? FROM \s stdin;""",
    re.VERBOSE,
)
IDENTIFIER = re.compile(r'"((?:[^"]|"")+)"|([^\s,"]+)')
SEARCH_PATH = re.compile(r"SET search_path = ([^,;\s]+)")
ENCODING = re.compile(r"SET client_encoding = '([^']+)'")
INSERT = re.compile(r"INSERT INTO (?:(?:\"(?:[^\"]|\"\")+\"|[^\s.\"(]+)\.)?(\"(?:[^\"]|\"\")+\"|[^\s.\"(]+) ")
ESCAPES = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}
SPECIAL = re.compile(r"[\\\b\f\n\r\t\v]")
ESCAPED = {"\\": r"\\"} | {character: f"\\{letter}" for letter, character in ESCAPES.items()}
NULL = r"\N"


@dataclass(frozen=True)
class Block:
    """The start of a COPY block: where its rows go, and the line of its first row in the text."""

    schema: str
    table: str
    columns: tuple[str, ...]
    first_line: int


@dataclass(frozen=True)
class Rows:
    """Whole lines of the block under way, each with its line feed."""

    text: bytes
    count: int


class EndlessLineError(Exception):
    """A line of more than LINE_MAX bytes; the text is its number."""


class CopyTextParser:
    """Cuts the text of a dump into blocks and rows. Once `events` is exhausted, its attributes say how the text ended."""

    def __init__(self) -> None:
        """Start before the first byte."""
        self.line = 1
        self.open_block: Block | None = None
        self.is_complete = False
        self.encoding = "UTF8"
        self.inserted: dict[str, int] = {}
        """Tables that the dump fills with INSERT, with the line of the first one."""
        self._schema = ""

    def events(self, chunks: Iterable[bytes]) -> Iterator[Block | Rows]:
        """Yield a Block for each COPY statement, followed by its Rows. Chunks may be cut anywhere.

        Raises EndlessLineError rather than keep in memory a line that does not end.
        """
        rest = b""
        for chunk in chunks:
            buffer = rest + chunk
            position = 0
            while position < len(buffer):
                start = position
                if self.open_block is None:
                    end = buffer.find(b"\n", start)
                    if end < 0:
                        break
                    position = end + 1
                    if block := self._statement(buffer[start:end]):
                        yield block
                    continue
                is_over, end = _rows_end(buffer, start)
                if end > start:
                    rows = Rows(buffer[start:end], buffer.count(b"\n", start, end))
                    self.line += rows.count
                    yield rows
                position = end
                if not is_over:
                    break
                position += len(TERMINATOR)
                self.line += 1
                self.open_block = None
            rest = buffer[position:]
            if len(rest) > LINE_MAX:
                raise EndlessLineError(self.line)
        if self.open_block is None and rest:
            self._statement(rest)

    def _statement(self, line: bytes) -> Block | None:
        """Read one line found outside the blocks."""
        self.line += 1
        if line.startswith(b"COPY "):
            if match := COPY_HEADER.match(line.decode(errors="replace")):
                columns = tuple(_identifiers(match["columns"] or ""))
                schema = _identifiers(match["schema"])[0] if match["schema"] else self._schema
                self.open_block = Block(schema, _identifiers(match["table"])[0], columns, self.line)
                return self.open_block
        elif line.startswith(b"SET search_path"):
            if match := SEARCH_PATH.match(line.decode(errors="replace")):
                self._schema = match[1]
        elif line.startswith(b"SET client_encoding"):
            if match := ENCODING.match(line.decode(errors="replace")):
                self.encoding = match[1].upper()
        elif line.startswith(b"INSERT INTO "):
            if match := INSERT.match(line[:400].decode(errors="replace")):
                self.inserted.setdefault(_identifiers(match[1])[0], self.line - 1)
        elif line == TRAILER:
            self.is_complete = True
        return None


def relation(path: Path, columns: int) -> str:
    """Return the SQL that reads spooled rows: VARCHAR columns c0, c1…, in the file's order, escapes still in place.

    The spool starts with a line to skip: it keeps a byte order mark that is the first row's own text from being eaten.
    """
    types = ", ".join(f"'c{rank}': 'VARCHAR'" for rank in range(columns))
    return (
        f"read_csv({file_literal(path)}, auto_detect = false, header = false, skip = 1, delim = '\t', quote = '', escape = '', "
        f"nullstr = '\\N', new_line = '\\n', columns = {{{types}}})"
    )


SPOOL_HEADER = b"#\n"
"""The line that `relation` skips."""


def escaped(text: str) -> str:
    """Return a text as COPY writes it."""
    if text.isprintable() and "\\" not in text:
        return text
    return SPECIAL.sub(lambda found: ESCAPED[found.group()], text)


def row(values: Sequence[str | None]) -> bytes:
    """Return one row of COPY text, with its line feed."""
    return ("\t".join(NULL if value is None else escaped(value) for value in values) + "\n").encode()


def decoded(text: str) -> str:
    """Return the SQL that undoes the escapes of `text`, a VARCHAR expression.

    Pairs of backslashes are set apart first: what is left between them has only escapes.
    """
    plain = "part"
    for letter, character in ESCAPES.items():
        plain = f"replace({plain}, '\\{letter}', chr({ord(character)}))"
    pieces = f"list_transform(string_split({text}, '\\\\'), lambda part: {plain})"
    return f"case when contains({text}, '\\') then array_to_string({pieces}, '\\') else {text} end"


def _rows_end(buffer: bytes, start: int) -> tuple[bool, int]:
    """Return whether the block ends in the buffer, and where its last whole row in it ends. `start` is the start of a line."""
    if buffer.startswith(TERMINATOR, start):
        return True, start
    terminator = buffer.find(b"\n" + TERMINATOR, start)
    if terminator >= 0:
        return True, terminator + 1
    return False, buffer.rfind(b"\n", start) + 1 or start


def _identifiers(text: str) -> list[str]:
    return [quoted.replace('""', '"') or plain for quoted, plain in IDENTIFIER.findall(text)]
