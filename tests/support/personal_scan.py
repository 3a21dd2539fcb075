"""Looks for planted persons in whatever was written: every file of a folder, decoded down to its values."""

from __future__ import annotations

import io
import json
import sqlite3
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb
import polars as pl

SEPARATORS = (" ", ".", "-", "\u00a0", "\u202f")
SHORTEST = 6
"""Characters of a value that can be told from any other text."""


@dataclass(frozen=True)
class Leak:
    """A planted value, and where it can be read: a path from the folder, then a table, a column or a member."""

    place: str
    value: str


def planted(path: Path) -> list[str]:
    """Return every text that tells a person of a demo, from its `personnes.json`; telephones in each of their usual spellings."""
    lists = json.loads(path.read_text(encoding="utf-8"))
    values = [value for name in ("noms", "courriels", "identifiants") for value in lists[name]]
    values += [spelling for number in lists["telephones"] for spelling in _spellings(number)]
    assert all(len(value) >= SHORTEST for value in values)
    return sorted(set(values))


def leaks(folder: Path, values: Iterable[str]) -> list[Leak]:
    """Return where the values can be read under a folder, whatever their case, without following links."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
    pieces = [(f"{path.relative_to(folder)}{place}", text) for path in paths for place, texts in read(path) for text in texts]
    written = pl.DataFrame(pieces, schema=["place", "text"], orient="row", schema_overrides={"text": pl.String})
    # All at once: what is looked for is compiled at each call.
    said = {value.lower(): value for value in values}
    hits = written.select("place", value=pl.col("text").str.to_lowercase().str.extract_many(list(said)))
    told = hits.explode("value").drop_nulls().unique().sort("place", "value")
    return [Leak(place, said[value]) for place, value in told.iter_rows()]


def read(path: Path) -> Iterator[tuple[str, list[str]]]:
    """Yield the texts of a file by the place they have in it; the name of the file is one of them."""
    yield " (nom)", [path.name]
    content = path.read_bytes()
    if path.suffix == ".parquet":
        yield from _columns(duckdb.default_connection(), f"'{path}'")
    elif path.suffix == ".duckdb":
        with duckdb.connect() as connection:
            # Attached, because whoever reads it in this process has its own settings.
            connection.execute(f"attach '{path}' as lue (read_only)")
            tables = connection.execute("select schema_name, table_name from duckdb_tables() where database_name = 'lue'")
            for schema, table in tables.fetchall():
                yield from _columns(connection, f'lue."{schema}"."{table}"')
    elif content.startswith(b"SQLite format 3"):
        yield from _sqlite(path)
    elif zipfile.is_zipfile(io.BytesIO(content)):
        with zipfile.ZipFile(path) as archive:
            yield from ((f" : {name}", [_text(archive.read(name))]) for name in archive.namelist())
    else:
        yield "", [_text(content)]


def _columns(connection: duckdb.DuckDBPyConnection, table: str) -> Iterator[tuple[str, list[str]]]:
    for column, *_ in connection.execute(f"describe from {table}").fetchall():
        rows = connection.execute(f'select distinct "{column}"::varchar from {table}').fetchall()
        yield f" : {column}", [text for (text,) in rows]


def _sqlite(path: Path) -> Iterator[tuple[str, list[str]]]:
    with sqlite3.connect(path) as connection:
        for (table,) in connection.execute("select name from sqlite_master where type = 'table'").fetchall():
            rows = connection.execute(f'select * from "{table}"').fetchall()
            yield f" : {table}", [_text(cell) if isinstance(cell, bytes) else str(cell) for row in rows for cell in row]


def _text(content: bytes) -> str:
    return content.decode("utf-8", errors="replace")


def _spellings(number: str) -> list[str]:
    pairs = [number[rank : rank + 2] for rank in range(0, len(number), 2)]
    return [number, f"+33{number[1:]}", *(separator.join(pairs) for separator in SEPARATORS)]
