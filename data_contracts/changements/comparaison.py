"""The comparison of two runs: the relations that the select of `changement_sql` reads, from their Parquet and their manifests."""

from __future__ import annotations

import json

import duckdb

from data_contracts import changement_sql
from data_contracts.changement_sql import AGREEMENTS, CAUSES, FINDINGS
from data_contracts.changements.causes import Comparison
from data_contracts.clauses import literal, quote
from data_contracts.publication import PublishedRun

CAUSE_TABLE = "cause_changement"
CAUSE_COLUMNS = ", ".join(f"{name} {kind}" for name, kind in CAUSES.items())


def changes(connection: duckdb.DuckDBPyConnection, before: PublishedRun, after: PublishedRun) -> None:
    """Make the table `changement` of what changed between two published runs, ordered by identifier."""
    for side, run in (("avant", before), ("apres", after)):
        show(connection, run, AGREEMENTS, f"convention_{side}")
        show(connection, run, FINDINGS, f"constat_{side}")
    connection.execute(f"create table {CAUSE_TABLE} ({CAUSE_COLUMNS})")
    fill_causes(connection, Comparison(before.manifest, after.manifest), CAUSE_TABLE)
    connection.execute(f"create table changement as select * from ({query(connection, before, after)}) order by changement_id")


def show(connection: duckdb.DuckDBPyConnection, run: PublishedRun | None, mart: str, name: str) -> None:
    """Make `name` what the comparison reads of a mart of a run: a view over its file, an empty table without one."""
    columns = changement_sql.read_columns()[mart]
    if run is None or not run.mart_path(mart).exists():
        listed = ", ".join(f"{quote(column)} {kind}" for column, kind in columns.items())
        connection.execute(f"create table {name} ({listed})")
        return
    read = changement_sql.projection(columns, _columns(connection, run, mart))
    connection.execute(f"create view {name} as select {read} from {_file(run, mart)}")


def fill_causes(connection: duckdb.DuckDBPyConnection, comparison: Comparison, table: str) -> None:
    """Fill a table that has the columns of `CAUSES`."""
    # Written in the query: to bind a value, DuckDB would load pandas, which takes longer than all the rest.
    rows, form = (literal(json.dumps(content, ensure_ascii=False)) for content in (list(comparison.rows()), [CAUSES]))
    connection.execute(f"insert into {table} select unnest(from_json({rows}::json, {form}), recursive := true)")


def query(connection: duckdb.DuckDBPyConnection, *runs: PublishedRun) -> str:
    """Return the select of the changes, over the followed columns that all these runs have."""
    present = [_columns(connection, run, AGREEMENTS) for run in runs]
    return changement_sql.changes([field for field in changement_sql.followed() if all(field.nom in known for known in present)])


def _columns(connection: duckdb.DuckDBPyConnection, run: PublishedRun, mart: str) -> set[str]:
    return {row[0] for row in connection.execute(f"describe select * from {_file(run, mart)}").fetchall()}


def _file(run: PublishedRun, mart: str) -> str:
    return f"read_parquet({literal(str(run.mart_path(mart)))})"
