"""The dbt project on its own: it builds on nothing, and its unit tests pass."""

from __future__ import annotations

import os
import re
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest
from dbt.adapters.duckdb.connections import DuckDBConnectionManager
from dbt.cli.main import dbtRunner

from dagster_project.preparation import prepare
from dagster_project.project import Project
from data_contracts.decision_register import Register
from data_contracts.layout import Home
from data_contracts.loader import products

WITH_A_SHORT_LIST = {"fct_avis", "int_candidat", "int_jour_ferie", "kpi_catalogue"}
"""Models that compare every row with a list of a few: themes, thresholds, holidays, deliveries."""


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Any]]:
    """The database built from no delivery at all, and what became of each node, unit tests included."""
    folder = tmp_path_factory.mktemp("models")
    database = folder / "warehouse.duckdb"
    project = Project()
    prepare(Home(folder / "parc"), project, database, date(2026, 11, 1), (), decided=Register())
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(os.environ, "PARC_BUILD_DB", str(database))
        folders = [f"--project-dir={project.dbt}", f"--profiles-dir={project.dbt}", f"--target-path={folder / 'target'}"]
        outcome = dbtRunner().invoke(["build", "--quiet", f"--log-path={folder}", *folders])
    DuckDBConnectionManager.close_all_connections()
    assert outcome.exception is None
    return database, list(outcome.result)  # type: ignore[call-overload] # dbt types every command's result at once


def test_every_unit_test_passes(results: tuple[Path, list[Any]]) -> None:
    tests = {entry.node.name: entry for entry in results[1] if entry.node.resource_type == "unit_test"}

    assert len(tests) >= 16
    assert {name: entry.message for name, entry in tests.items() if entry.status != "pass"} == {}


def test_without_a_delivery_every_mart_exists_and_only_the_public_lists_have_rows(results: tuple[Path, list[Any]]) -> None:
    with duckdb.connect(str(results[0]), read_only=True) as connection:
        rows = {name: connection.execute(f"select count(*) from marts.{name}").fetchone() for name in products()}

    public = {"dim_commune", "dim_departement", "dim_financement", "dim_regle", "kpi_catalogue"}
    assert {name for name, count in rows.items() if count != (0,)} == public


def test_a_row_that_staging_holds_and_no_mart_publishes_is_told(results: tuple[Path, list[Any]], tmp_path: Path) -> None:
    volumes = next(entry.node for entry in results[1] if entry.node.name == "volumes_de_la_source_aux_marts")
    altered = shutil.copy(results[0], tmp_path)
    with duckdb.connect(altered) as connection:
        connection.execute("insert into ecoloweb.ecolo_avenant (id) values (1)")
        lost = connection.execute(volumes.compiled_code).fetchall()

    assert volumes.description
    assert lost == [("ecoloweb", "ecolo_avenant", 1, 0)]


def test_every_model_says_its_grain_first() -> None:
    models = sorted((Project().dbt / "models").rglob("*.sql"))

    assert models
    assert [path.name for path in models if not path.read_text(encoding="utf-8").startswith("-- Grain: ")] == []


def test_no_model_compares_every_row_of_a_table_with_every_row_of_another(results: tuple[Path, list[Any]]) -> None:
    with duckdb.connect(str(results[0]), read_only=True) as connection:
        plans = {
            entry.node.name: connection.execute(f"explain {entry.node.compiled_code.strip()}").fetchall()
            for entry in results[1]
            if entry.node.resource_type == "model"
        }

    compared = {name for name, rows in plans.items() if any("BLOCKWISE_NL_JOIN" in plan for _, plan in rows)}
    assert compared <= WITH_A_SHORT_LIST


def test_no_running_count_is_made_again_for_each_row() -> None:
    # DuckDB counts again from the first row of the window for each row where the count has a filter
    found = {
        path.name
        for path in (Project().dbt / "models").rglob("*.sql")
        if re.search(r"filter\s*\([^()]*\)\s*over\s*\([^()]*order by", path.read_text(encoding="utf-8"))
    }

    assert found == set()
