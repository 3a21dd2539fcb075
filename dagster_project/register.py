"""The register of findings: every finding ever published, with the first and the last reference date it was seen at.

It lives outside the runs (`registre/constats.parquet`) and is what lets a finding keep its dates when the runs that made it are
pruned. A run reads it together with the current run, so that a register left behind by a crash loses nothing; it is written
again, whole, once a run is published. Merging is idempotent: reading the same run twice changes nothing. What analysts decided of
a finding is not kept here but in the register of decisions, which each run reads anew.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from dagster_project import engine
from data_contracts.clauses import literal, quote
from data_contracts.errors import BadInputError
from data_contracts.layout import Home
from data_contracts.loader import products
from data_contracts.product_contract import ProductColumn
from data_contracts.publication import PublishedRun, current_run

MART = "fct_anomalie"
TABLE = "registre_constat"
FROM_DECISIONS = {
    *("decision", "decision_motif", "decision_auteur", "decision_date"),
    *("est_decision_a_revoir", "est_a_traiter", "est_close"),
}
"""Columns of the mart that the decisions give, with the finding's state."""


def columns() -> str:
    """Return the columns of the register, those of the mart that the findings give, as a DuckDB column list."""
    return ", ".join(f"{quote(column.nom)} {column.type}" for column in _kept())


def load(connection: duckdb.DuckDBPyConnection, home: Home, table: str) -> None:
    """Fill `table` (made of `columns()`) with the findings already published. Raises BadInputError when the register is damaged."""
    run = current_run(home) if home.current.is_symlink() else None
    with _readable(home):
        if merged := _merged(connection, [home.findings, *([run.mart_path(MART)] if run else [])]):
            connection.execute(f"insert into {table} by name {merged}")


def evidence(home: Home, findings: Collection[str]) -> dict[str, str]:
    """Return the fingerprint of the last evidence of each of these findings that was ever published.

    Raises BadInputError when nothing is published, or when the register is damaged.
    """
    read = _all([home.findings, current_run(home).mart_path(MART)], "anomalie_id, empreinte_preuve")
    # Written in the query: to bind a list, DuckDB would load pandas, which takes longer than all the rest.
    listed = ", ".join(literal(finding) for finding in findings if finding.isprintable())
    if not read or not listed:
        return {}
    with duckdb.connect() as connection, _readable(home):
        found = connection.execute(
            f"select anomalie_id, arg_max(empreinte_preuve, rang) from ({read}) where anomalie_id in ({listed}) group by all"
        )
        return dict(found.fetchall())


def record(home: Home, run: PublishedRun) -> None:
    """Write the register again with what a run published. The file is replaced whole."""
    if not run.mart_path(MART).exists():
        return
    home.register.mkdir(parents=True, exist_ok=True)
    draft = home.findings.with_suffix(".tmp")
    with duckdb.connect(config=engine.settings(spill=home.register)) as connection:
        connection.execute(f"create table {TABLE} ({columns()})")  # empty: it gives the columns that an older file lacks
        merged = _merged(connection, [home.findings, run.mart_path(MART)])
        order = "order by anomalie_id" if home.findings.exists() else ""  # a mart alone is in order already
        connection.execute(
            f"copy (select * from {TABLE} union all by name {merged} {order}) "
            f"to {literal(str(draft))} (format parquet, compression zstd)"
        )
    draft.replace(home.findings)


def _merged(connection: duckdb.DuckDBPyConnection, files: list[Path]) -> str | None:
    """Return the select of each finding of the files once; None when none of the files is there.

    A finding is as the run that saw it last knows it, with its earliest and latest dates.
    """
    read = _all(files, "*")
    if not read:
        return None
    kept = ", ".join(quote(name) for name in _shared_columns(connection, read))
    if sum(path.exists() for path in files) == 1:
        return f"select {kept} from ({read})"
    return f"""
        select {kept} from (
            select * replace (min(premiere_vue) over (partition by anomalie_id) as premiere_vue)
            from ({read})
            qualify row_number() over (partition by anomalie_id order by derniere_vue desc, rang desc) = 1
        )
    """


def _all(files: list[Path], columns: str) -> str:
    """Return the SQL that reads those of the files that are there, each with its rank; empty when none is."""
    found = [(rank, path) for rank, path in enumerate(files) if path.exists()]
    return " union all by name ".join(
        f"select {columns}, {rank} as rang from read_parquet({literal(str(path))})" for rank, path in found
    )


@contextmanager
def _readable(home: Home) -> Iterator[None]:
    """Say what to do when the register that the block reads is damaged."""
    try:
        yield
    except duckdb.Error as error:
        raise BadInputError(
            f"Le registre des constats {home.findings} ne se lit pas : le restaurer d'une sauvegarde, "
            "ou le supprimer (il repartira de la publication courante)."
        ) from error


def _shared_columns(connection: duckdb.DuckDBPyConnection, read: str) -> list[str]:
    """The columns of the register that the files have: an older file may lack the newest."""
    written = {row[0] for row in connection.execute(f"describe {read}").fetchall()}
    return [column.nom for column in _kept() if column.nom in written]


def _kept() -> list[ProductColumn]:
    return [column for column in products()[MART].colonnes if column.nom not in FROM_DECISIONS]
