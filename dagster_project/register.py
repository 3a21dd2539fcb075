"""The register of findings: every finding ever published, with the first and the last reference date it was seen at.

It lives outside the runs (`registre/constats.parquet`) and is what lets a finding keep its dates when the runs that made it are
pruned. A run reads it together with the current run, so that a register left behind by a crash loses nothing; it is written
again, whole, once a run is published. Merging is idempotent: reading the same run twice changes nothing.
"""

from __future__ import annotations

from pathlib import Path

import duckdb

from data_contracts.clauses import literal, quote
from data_contracts.errors import BadInputError
from data_contracts.layout import Home
from data_contracts.loader import products
from data_contracts.publication import PublishedRun, current_run

MART = "fct_anomalie"
TABLE = "registre_constat"


def columns() -> str:
    """Return the columns of the register, those of the mart, as a DuckDB column list."""
    return ", ".join(f"{quote(column.nom)} {column.type}" for column in products()[MART].colonnes)


def load(connection: duckdb.DuckDBPyConnection, home: Home, table: str) -> None:
    """Fill `table` (made of `columns()`) with the findings already published. Raises BadInputError when the register is damaged."""
    run = current_run(home) if home.current.is_symlink() else None
    try:
        _merge(connection, [home.findings, *([run.mart_path(MART)] if run else [])], table)
    except duckdb.Error as error:
        raise BadInputError(
            f"Le registre des constats {home.findings} ne se lit pas : le restaurer d'une sauvegarde, "
            "ou le supprimer (il repartira de la publication courante)."
        ) from error


def record(home: Home, run: PublishedRun) -> None:
    """Write the register again with what a run published. The file is replaced whole."""
    if not run.mart_path(MART).exists():
        return
    home.register.mkdir(parents=True, exist_ok=True)
    draft = home.findings.with_suffix(".tmp")
    with duckdb.connect() as connection:
        connection.execute(f"create table {TABLE} ({columns()})")
        _merge(connection, [home.findings, run.mart_path(MART)], TABLE)
        connection.execute(
            f"copy (select * from {TABLE} order by anomalie_id) to {literal(str(draft))} (format parquet, compression zstd)"
        )
    draft.replace(home.findings)


def _merge(connection: duckdb.DuckDBPyConnection, files: list[Path], table: str) -> None:
    """Insert each finding of the files once: as the run that saw it last knows it, with its earliest and latest dates."""
    found = [(rank, path) for rank, path in enumerate(files) if path.exists()]
    if not found:
        return
    read = " union all by name ".join(f"select *, {rank} as rang from read_parquet({literal(str(path))})" for rank, path in found)
    kept = ", ".join(quote(name) for name in _shared_columns(connection, read))
    connection.execute(f"""
        insert into {table} by name
        select {kept} from (
            select * replace (min(premiere_vue) over (partition by anomalie_id) as premiere_vue)
            from ({read})
            qualify row_number() over (partition by anomalie_id order by derniere_vue desc, rang desc) = 1
        )
    """)


def _shared_columns(connection: duckdb.DuckDBPyConnection, read: str) -> list[str]:
    """The columns of the register that the files have: an older file may lack the newest."""
    written = {row[0] for row in connection.execute(f"describe {read}").fetchall()}
    return [column.nom for column in products()[MART].colonnes if column.nom in written]
