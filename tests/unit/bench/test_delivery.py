"""A delivery drawn for the bench is one that the import takes whole: its keys hold, and no two draws of an agreement meet."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pytest

from data_contracts.delivery import table_path
from data_contracts.layout import Home
from ingest.demo import generate
from ingest.importer import import_delivery
from tests.bench import delivery

AGREEMENTS = 24
NOW = datetime(2026, 11, 1, tzinfo=UTC)
ORPHANS = """
select count(*) from conventiondonneesgenerales where conventionapl_id not in (select id from conventionapl)
union all
select count(*) from programmelogement where conventiondonneesgenerales_id not in (select id from conventiondonneesgenerales)
union all
select count(*) from programmelogement where bailleurproprietaire_id not in (select id from bailleur)
union all
select count(*) from logement where programmelogement_id not in (select id from programmelogement)
"""


@pytest.fixture(scope="module")
def dump(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make the dump that is drawn from."""
    return generate(AGREEMENTS, 7, tmp_path_factory.mktemp("demo")).dump


@pytest.mark.parametrize("asked", [AGREEMENTS // 2, AGREEMENTS, 12 * AGREEMENTS])
def test_a_drawn_delivery_lands_whole_whatever_its_size(dump: Path, asked: int, tmp_path: Path) -> None:
    archive = tmp_path / "tirage.pgsql"

    delivery.make(asked, archive, dump)

    base = _imported(Home(tmp_path / "base"), dump)
    drawn = _imported(Home(tmp_path / "tirage"), archive)
    assert _one(drawn, "select count(*) from conventionapl") == asked
    assert [count for (count,) in drawn.execute(ORPHANS).fetchall()] == (
        [0] * 4 if asked < AGREEMENTS else [asked // AGREEMENTS * count for (count,) in base.execute(ORPHANS).fetchall()]
    )
    numbers = "select count(distinct noreglementaire) / count(noreglementaire) from conventionapl"
    assert _one(drawn, numbers) >= _one(base, numbers)
    if asked > AGREEMENTS:
        assert _one(drawn, "select count(*) from bailleur") == delivery.DRAWS_OF_OWNERS * _one(
            base, "select count(*) from bailleur"
        )


def _imported(home: Home, dump: Path) -> duckdb.DuckDBPyConnection:
    """Import a dump and give its landed tables as views, without their prefix."""
    report = import_delivery(home, "ecoloweb", dump, now=NOW)
    connection = duckdb.connect()
    for table in report.delivery.tables:
        path = table_path(home, report.delivery, table.table)
        connection.execute(f"create view {table.table.removeprefix('ecolo_')} as from read_parquet('{path}')")
    return connection


def _one(connection: duckdb.DuckDBPyConnection, query: str) -> float:
    [(value,)] = connection.execute(query).fetchall()
    return float(value)
