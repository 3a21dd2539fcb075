"""COPY text: the parser gives the same tables however its bytes are cut, and SQL reads back exactly what was written."""

from __future__ import annotations

import tempfile
from itertools import pairwise
from pathlib import Path

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.readers.copy_text import SPOOL_HEADER, Block, CopyTextParser, Rows, decoded, relation, row

ESCAPED = {"\\": "\\\\", "\b": "\\b", "\f": "\\f", "\n": "\\n", "\r": "\\r", "\t": "\\t", "\v": "\\v"}
VALUES = st.none() | st.text(
    st.sampled_from([*ESCAPED, *"Nbfnrtv.x0 \"',;#é\u00a0\ufeff𝄞"])
    | st.characters(exclude_categories=["Cs"], exclude_characters="\0")
)
DATABASE = duckdb.connect(config={"threads": 1})
QUICKLY = settings(deadline=None, max_examples=100)
DUMP = '''--
-- PostgreSQL database dump
--

SET client_encoding = 'UTF8';

COPY ecolo.ecolo_region (id, libelle) FROM stdin;
1\tUn\\\\
2\t\\N
\\.


COPY ecolo.ecolo_vide (id) FROM stdin;
\\.


COPY public."Table à part" ("Colonne ""a""", b) FROM stdin;
\\\\.\tx
\\.


--
-- PostgreSQL database dump complete
--
'''


def encoded(value: str | None) -> str:
    """Write a value as COPY does: the reference."""
    return "\\N" if value is None else "".join(ESCAPED.get(character, character) for character in value)


@given(st.lists(VALUES, min_size=1))
def test_a_row_is_written_as_copy_writes_it(values: list[str | None]) -> None:
    assert row(values) == ("\t".join(map(encoded, values)) + "\n").encode()


def parsed(chunks: list[bytes]) -> tuple[list[tuple[Block, bytes]], CopyTextParser]:
    """Gather the rows of each block."""
    parser = CopyTextParser()
    tables: list[tuple[Block, bytes]] = []
    for event in parser.events(chunks):
        if isinstance(event, Block):
            tables.append((event, b""))
        else:
            assert isinstance(event, Rows)
            assert event.text.count(b"\n") == event.count
            tables[-1] = (tables[-1][0], tables[-1][1] + event.text)
    return tables, parser


def cut(text: bytes, places: list[int]) -> list[bytes]:
    """Cut a text at these places."""
    bounds = [0, *sorted(place % (len(text) + 1) for place in places), len(text)]
    return [text[start:end] for start, end in pairwise(bounds)]


def test_a_dump_gives_its_tables_columns_rows_and_lines() -> None:
    tables, parser = parsed([DUMP.encode()])

    assert tables == [
        (Block("ecolo", "ecolo_region", ("id", "libelle"), 8), b"1\tUn\\\\\n2\t\\N\n"),
        (Block("ecolo", "ecolo_vide", ("id",), 14), b""),
        (Block("public", "Table à part", ('Colonne "a"', "b"), 18), b"\\\\.\tx\n"),
    ]
    assert parser.is_complete
    assert parser.open_block is None


def test_the_line_announced_is_the_line_of_the_file() -> None:
    tables, _ = parsed([DUMP.encode()])

    lines = DUMP.split("\n")
    assert [lines[block.first_line - 1] for block, rows in tables if rows] == ["1\tUn\\\\", "\\\\.\tx"]


@QUICKLY
@given(st.lists(st.integers(min_value=0), max_size=40))
def test_any_cutting_gives_the_same_tables(places: list[int]) -> None:
    text = DUMP.encode()
    whole, parser = parsed([text])
    pieces, other = parsed(cut(text, places))

    assert pieces == whole
    assert (other.line, other.is_complete, other.encoding) == (parser.line, parser.is_complete, parser.encoding)


def test_one_byte_at_a_time_gives_the_same_tables() -> None:
    text = DUMP.encode()

    assert parsed([text[place : place + 1] for place in range(len(text))])[0] == parsed([text])[0]


@QUICKLY
@given(st.lists(st.lists(VALUES, min_size=3, max_size=3), max_size=8), st.lists(st.integers(min_value=0), max_size=10))
def test_every_value_written_by_copy_is_read_back(rows: list[list[str | None]], places: list[int]) -> None:
    body = "".join("\t".join(map(encoded, row)) + "\n" for row in rows)
    dump = f"COPY t (a, b, c) FROM stdin;\n{body}\\.\n".encode()
    [(_, text)], _ = parsed(cut(dump, places))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "spool"
        path.write_bytes(SPOOL_HEADER + text)
        columns = ", ".join(decoded(f"c{rank}") for rank in range(3))
        read = DATABASE.execute(f"select {columns} from {relation(path, 3)}").fetchall()

    assert read == [tuple(row) for row in rows]


@pytest.mark.parametrize(
    "text",
    [
        "COPY t (a) FROM stdin;\n1\n",
        "COPY t (a) FROM stdin;\n1\n\\.",
        "COPY t (a) FROM stdin;\n",
        "COPY t (a) FROM stdin;\n1\n\\.x\n",
    ],
)
def test_a_block_whose_last_line_is_not_the_terminator_stays_open(text: str) -> None:
    _, parser = parsed([text.encode()])

    assert parser.open_block is not None


def test_a_dump_without_its_last_comment_is_not_complete() -> None:
    _, parser = parsed([DUMP.encode().replace(b"dump complete", b"dump")])

    assert not parser.is_complete


def test_an_old_dump_names_its_schema_once_for_all() -> None:
    tables, _ = parsed([b"SET search_path = ecolo, pg_catalog;\nCOPY ecolo_region (id) FROM stdin;\n\\.\n"])

    assert tables[0][0] == Block("ecolo", "ecolo_region", ("id",), 3)


def test_insert_statements_are_noticed_with_their_first_line() -> None:
    _, parser = parsed([b"--\nINSERT INTO ecolo.ecolo_region VALUES (1);\nINSERT INTO ecolo.ecolo_region VALUES (2);\n"])

    assert parser.inserted == {"ecolo_region": 2}
