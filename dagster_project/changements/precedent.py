"""The run that a new one is compared with, and its marts as the comparison reads them.

It is the newest run that was made from something else: running twice from the same compares twice with the same run, so that both
give the same bytes. What comparisons read of a run is kept in the register, which outlives the runs.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from typing import Any

import duckdb

from dagster_project.changements import entrees
from dagster_project.changements.causes import Comparison
from data_contracts import changement_sql
from data_contracts.changement_sql import AGREEMENTS, CAUSES, FINDINGS
from data_contracts.clauses import literal, quote
from data_contracts.disk import link
from data_contracts.layout import MANIFEST_FILE, Home
from data_contracts.publication import PublishedRun, published_runs

SCHEMA = "precedent"
DRAFT = ".tmp"
"""What a folder of the register is called until it is whole."""
MARTS = (AGREEMENTS, FINDINGS)
CAUSE_TABLE, QUERY_TABLE = "cause_changement", "requete_changement"
META_TABLES = {
    CAUSE_TABLE: ", ".join(f"{name} {kind}" for name, kind in CAUSES.items()),
    QUERY_TABLE: "requete varchar",
}
"""What the build knows of the comparison, in `meta`; empty when there is nothing to compare with."""


def baseline(home: Home, manifest: Mapping[str, Any], run_id: str | None = None) -> PublishedRun | None:
    """Return the run that one of this manifest is compared with, published before `run_id` if given; None for a first run."""
    made_from = entrees.fingerprint(manifest)
    earlier = (run for run in reversed(_known(home)) if run_id is None or run.run_id < run_id)
    return next(
        (run for run in earlier if entrees.is_comparable(run.manifest) and entrees.fingerprint(run.manifest) != made_from), None
    )


def baseline_of(run: PublishedRun) -> PublishedRun | None:
    """Return the run that a published one was compared with; None for a first run."""
    return baseline(run.home, run.manifest, run.run_id) if entrees.is_comparable(run.manifest) else None


def keep(run: PublishedRun) -> None:
    """Keep in the register what comparisons read of a published run and of the one it was compared with; forget the others."""
    home = run.home
    wanted = {one.run_id: one for one in (run, baseline_of(run)) if one is not None}
    draft = home.compared / DRAFT
    for run_id in wanted.keys() - {kept.run_id for kept in _kept(home)}:
        shutil.rmtree(draft, ignore_errors=True)
        (draft / "marts").mkdir(parents=True)
        for path in (wanted[run_id].path / MANIFEST_FILE, *map(wanted[run_id].mart_path, MARTS)):
            if path.exists():
                link(path, draft / path.relative_to(wanted[run_id].path))
        draft.rename(home.compared / run_id)
    for kept in _kept(home):
        if kept.run_id not in wanted:
            shutil.rmtree(kept.path)


def _known(home: Home) -> list[PublishedRun]:
    """The runs that one may be compared with, oldest first: those published, and those whose content the register kept."""
    found = {run.run_id: run for run in (*_kept(home), *published_runs(home))}
    return [found[run_id] for run_id in sorted(found)]


def _kept(home: Home) -> list[PublishedRun]:
    folders = sorted(path.parent for path in home.compared.glob(f"*/{MANIFEST_FILE}"))
    return [PublishedRun(home, folder) for folder in folders if folder.name != DRAFT]


def prepare(connection: duckdb.DuckDBPyConnection, run: PublishedRun | None, manifest: Mapping[str, Any], meta: str) -> None:
    """Make the schema of the earlier run, and fill the tables of `META_TABLES` in the schema `meta`."""
    connection.execute(f"create schema {SCHEMA}")
    for mart in MARTS:
        show(connection, run, mart, f"{SCHEMA}.{mart}")
    if run is not None:
        fill_causes(connection, Comparison(run.manifest, manifest), f"{meta}.{CAUSE_TABLE}")
        connection.execute(f"insert into {meta}.{QUERY_TABLE} values (?)", [query(connection, run)])


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


def changes(connection: duckdb.DuckDBPyConnection, before: PublishedRun, after: PublishedRun) -> None:
    """Make the table `changement` of what changed between two published runs, ordered by identifier."""
    for side, run in (("avant", before), ("apres", after)):
        show(connection, run, AGREEMENTS, f"convention_{side}")
        show(connection, run, FINDINGS, f"constat_{side}")
    connection.execute(f"create table {CAUSE_TABLE} ({META_TABLES[CAUSE_TABLE]})")
    fill_causes(connection, Comparison(before.manifest, after.manifest), CAUSE_TABLE)
    connection.execute(f"create table changement as select * from ({query(connection, before, after)}) order by changement_id")


def _columns(connection: duckdb.DuckDBPyConnection, run: PublishedRun, mart: str) -> set[str]:
    return {row[0] for row in connection.execute(f"describe select * from {_file(run, mart)}").fetchall()}


def _file(run: PublishedRun, mart: str) -> str:
    return f"read_parquet({literal(str(run.mart_path(mart)))})"
