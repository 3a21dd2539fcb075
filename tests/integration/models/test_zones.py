"""The zones of the communes: those of the lists that the project holds, and what any set of delivered lists leads to."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import duckdb
import pytest
from dbt.adapters.duckdb.connections import DuckDBConnectionManager
from dbt.cli.main import dbtRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dagster_project.preparation import prepare
from dagster_project.project import Project
from data_contracts.decision_register import Register
from data_contracts.layout import Home

Warehouse = tuple[duckdb.DuckDBPyConnection, str]
COMMUNES = ("01033", "01018", "93066", "93059", "69123", "69381", "99999")
"""Communes of today and of yesterday, an arrondissement and its commune, and a code that is none."""
LISTS = st.dictionaries(
    st.tuples(st.sampled_from(["ABC", "123"]), st.dates(date(2000, 1, 1), date(2030, 12, 31)), st.sampled_from(COMMUNES)),
    st.sampled_from(["A", "B1", "C"]),
    max_size=25,
)


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Warehouse]:
    """A run's database without a delivery, and the query that gives its zones."""
    folder = tmp_path_factory.mktemp("zones")
    database, project = folder / "warehouse.duckdb", Project()
    prepare(Home(folder / "parc"), project, database, date(2026, 11, 1), (), decided=Register())
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(os.environ, "PARC_BUILD_DB", str(database))
        folders = [f"--project-dir={project.dbt}", f"--profiles-dir={project.dbt}", f"--target-path={folder / 'target'}"]
        outcome = dbtRunner().invoke(["run", "--quiet", "--select=+int_zone", f"--log-path={folder}", *folders])
    DuckDBConnectionManager.close_all_connections()
    assert outcome.success
    [query] = Path(folder / "target" / "compiled").rglob("int_zone.sql")
    with duckdb.connect(str(database)) as connection:
        yield connection, query.read_text(encoding="utf-8")


def zone(warehouse: Warehouse, commune: str, kind: str) -> list[tuple[date, date | None, str | None]]:
    connection, query = warehouse
    rows = connection.execute(
        f"select date_debut, date_fin, zone from ({query}) where code_commune = ? and type_zonage = ? order by 1", [commune, kind]
    )
    return rows.fetchall()


@pytest.mark.parametrize(
    ("commune", "abc", "zone_123"),
    [("33063", "A", "2"), ("75056", "Abis", "1bis"), ("75101", "Abis", "1bis"), ("93066", None, None), ("97411", "B1", "2")],
)
def test_the_zones_of_a_commune_are_those_of_the_published_lists(
    commune: str, abc: str | None, zone_123: str | None, warehouse: Warehouse
) -> None:
    assert zone(warehouse, commune, "ABC") == [(date(2024, 7, 5), None, abc)]
    assert zone(warehouse, commune, "123") == [(date(2011, 9, 14), None, zone_123)]


def test_nearly_every_commune_of_today_has_both_zones(warehouse: Warehouse) -> None:
    connection, query = warehouse
    found = connection.execute(f"""
        select type_zonage, count(*) from ({query}) as zone
        inner join referentiel.commune as commune on zone.code_commune = commune.code_commune
        where zone.zone is not null and commune.type = 'commune-actuelle' group by 1 order by 1
    """)

    assert found.fetchall() == [("123", 34862), ("ABC", 34870)]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(LISTS)
def test_the_periods_of_a_commune_follow_one_another_whatever_is_delivered(
    warehouse: Warehouse, lists: dict[tuple[str, date, str], str]
) -> None:
    connection, query = warehouse
    connection.execute("begin")
    try:
        for rank, ((kind, since, commune), letter) in enumerate(lists.items()):
            value = letter if kind == "ABC" else {"A": "1", "B1": "2", "C": "3"}[letter]
            connection.execute(
                "insert into referentiels.zonage by name "
                "select ? as type_zonage, ? as date_debut, ? as code_commune, ? as zone, 'f.csv' as fichier, ? as ligne_fichier, "
                "? as _ligne",
                [kind, since, commune, value, rank, rank],
            )
        wrong = connection.execute(f"""
            with zone as (select * from ({query}))
            select * from zone as une
            where une.date_fin < une.date_debut
                or exists (
                    select 1 from zone as autre
                    where autre.code_commune = une.code_commune and autre.type_zonage = une.type_zonage
                        and autre.date_debut > une.date_debut and autre.date_debut <= coalesce(une.date_fin, date '9999-12-31')
                )
        """).fetchall()
    finally:
        connection.execute("rollback")

    assert wrong == []
