"""The DuckDB connection of one import: in memory, spilling to the work folder, gone with it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

MEMORY_LIMIT = "1GB"
"""Enough to stream any table; what needs more (the keys of a national table) spills to the work folder."""

PARQUET = "format parquet, compression zstd, row_group_size 122880"
"""How every file of a delivery is written."""


@contextmanager
def connect(folder: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open a database that writes nothing outside `folder`. `PARC_THREADS` limits its threads."""
    settings: dict[str, str | bool | int | float | list[str]] = {
        "memory_limit": MEMORY_LIMIT,
        "temp_directory": str(folder / "duckdb"),
        "preserve_insertion_order": True,
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
    }
    if threads := os.environ.get("PARC_THREADS"):
        settings["threads"] = threads
    with duckdb.connect(":memory:", config=settings) as connection:
        connection.execute("set enable_progress_bar = false")
        yield connection


def single(connection: duckdb.DuckDBPyConnection, query: str) -> int:
    """Run a query whose answer is one number: a count, or the rows that a COPY or an INSERT wrote."""
    [(number,)] = connection.execute(query).fetchall()
    return int(number)
