"""What a build reads of the run that the new one is compared with, and what the register keeps of it."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from typing import Any

import duckdb

from data_contracts.changement_sql import AGREEMENTS, FINDINGS
from data_contracts.changements.causes import Comparison
from data_contracts.changements.comparaison import CAUSE_COLUMNS, CAUSE_TABLE, fill_causes, query, show
from data_contracts.changements.reference import DRAFT, baseline_of, kept
from data_contracts.disk import link
from data_contracts.layout import MANIFEST_FILE
from data_contracts.publication import PublishedRun

SCHEMA = "precedent"
MARTS = (AGREEMENTS, FINDINGS)
QUERY_TABLE = "requete_changement"
META_TABLES = {CAUSE_TABLE: CAUSE_COLUMNS, QUERY_TABLE: "requete varchar"}
"""What the build knows of the comparison, in `meta`; empty when there is nothing to compare with."""


def prepare(connection: duckdb.DuckDBPyConnection, run: PublishedRun | None, manifest: Mapping[str, Any], meta: str) -> None:
    """Make the schema of the earlier run, and fill the tables of `META_TABLES` in the schema `meta`."""
    connection.execute(f"create schema {SCHEMA}")
    for mart in MARTS:
        show(connection, run, mart, f"{SCHEMA}.{mart}")
    if run is not None:
        fill_causes(connection, Comparison(run.manifest, manifest), f"{meta}.{CAUSE_TABLE}")
        connection.execute(f"insert into {meta}.{QUERY_TABLE} values (?)", [query(connection, run)])


def keep(run: PublishedRun) -> None:
    """Keep in the register what comparisons read of a published run and of the one it was compared with; forget the others."""
    home = run.home
    wanted = {one.run_id: one for one in (run, baseline_of(run)) if one is not None}
    draft = home.compared / DRAFT
    for run_id in wanted.keys() - {one.run_id for one in kept(home)}:
        shutil.rmtree(draft, ignore_errors=True)
        (draft / "marts").mkdir(parents=True)
        for path in (wanted[run_id].path / MANIFEST_FILE, *map(wanted[run_id].mart_path, MARTS)):
            if path.exists():
                link(path, draft / path.relative_to(wanted[run_id].path))
        draft.rename(home.compared / run_id)
    for one in kept(home):
        if one.run_id not in wanted:
            shutil.rmtree(one.path)
