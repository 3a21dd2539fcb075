"""How DuckDB is opened for what grows with the deliveries: within a share of the memory, spilling to a folder of the home."""

from __future__ import annotations

from pathlib import Path

MEMORY_LIMIT = "5GB"
"""Enough for a national delivery, and a machine of 8 GiB holds it with Python beside; dbt's profile gives dbt as much."""
Settings = dict[str, str | bool | int | float | list[str]]


def settings(*, spill: Path | None = None, threads: int | None = None) -> Settings:
    """Return the configuration of a connection. `spill` is for a database in memory: one in a file spills beside it."""
    chosen: Settings = {"memory_limit": MEMORY_LIMIT}
    if spill is not None:
        chosen["temp_directory"] = str(spill / "duckdb.tmp")
    if threads is not None:
        chosen["threads"] = threads
    return chosen
