"""A demo with planted cases, built once: the views that rules read stand beside the marts only in the database of a run."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import duckdb
import pytest

from dagster_project import dbt_runner
from dagster_project.landing import deliveries_to_read
from dagster_project.preparation import prepare
from dagster_project.project import Project
from data_contracts import decision_register
from data_contracts.layout import Home
from ingest.demo import generate
from ingest.importer import import_delivery

if TYPE_CHECKING:
    from pathlib import Path

CONVENTIONS = 600


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    """The database of a run of the demo."""
    folder: Path = tmp_path_factory.mktemp("score")
    home, project = Home(folder / "parc"), Project()
    made = generate(CONVENTIONS, 42, folder / "demo", cas=True)
    import_delivery(home, "ecoloweb", made.dump, now=datetime(2026, 11, 20, tzinfo=UTC))
    database = folder / "build" / dbt_runner.DATABASE_NAME
    prepare(home, project, database, date(2026, 11, 25), deliveries_to_read(home), decided=decision_register.read(home))
    outcomes = dbt_runner.build(dbt_runner.parse(project.dbt, home.cache), project.dbt, database, threads=2)
    assert [outcome for outcome in outcomes if not outcome.is_good and outcome.status != "warn"] == []
    with duckdb.connect(str(database), read_only=True) as connection:
        connection.execute("use marts")
        yield connection
