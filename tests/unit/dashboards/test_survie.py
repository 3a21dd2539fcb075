"""The curve of the page « Délais », its median and their intervals, against lifelines and against exact fractions."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from types import ModuleType
from typing import Any

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboards.requetes.survie import COHORTES, courbe_sql
from tests.support import kaplan_meier
from tests.support.kaplan_meier import File

FILES = st.lists(st.tuples(st.integers(0, 12), st.booleans()), min_size=1, max_size=14)
FREIREICH: list[File] = [(days, False) for days in (6, 6, 6, 7, 10, 13, 16, 22, 23)]
FREIREICH += [(days, True) for days in (6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35)]


@pytest.fixture(scope="module")
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as opened:
        opened.execute("create table dossier (annee integer, jours integer, ouvert boolean)")
        yield opened


@pytest.fixture(scope="module")
def lifelines() -> ModuleType:
    return import_module("lifelines")


def rows(connection: duckdb.DuckDBPyConnection, query: str, files: list[File]) -> list[dict[str, Any]]:
    connection.execute("delete from dossier")
    connection.executemany("insert into dossier values (2025, ?, ?)", files)
    found = connection.execute(f"with {courbe_sql('dossier', 'jours', 'ouvert', 'annee')} {query}")
    names = [column[0] for column in found.description or ()]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def cohort(connection: duckdb.DuckDBPyConnection, files: list[File]) -> dict[str, Any]:
    (found,) = rows(connection, COHORTES, files)
    return found


def infinite(days: int | None) -> float:
    return float("inf") if days is None else days


def test_the_median_and_its_interval_are_the_published_ones(connection: duckdb.DuckDBPyConnection) -> None:
    found = cohort(connection, FREIREICH)
    assert (found["dossiers"], found["fermes"], found["mediane"]) == (21, 9, 23)
    # R, survfit(conf.type = "log-log")
    assert (found["borne_basse"], found["borne_haute"]) == (13, None)


@settings(max_examples=60, deadline=None)
@given(FILES)
def test_the_curve_and_its_interval_are_those_of_lifelines(
    connection: duckdb.DuckDBPyConnection, lifelines: ModuleType, files: list[File]
) -> None:
    fitted = lifelines.KaplanMeierFitter().fit([days for days, _ in files], [not is_open for _, is_open in files])
    bounds = fitted.confidence_interval_
    for point in rows(connection, "select * from courbe order by duree", files):
        assert point["reste"] == pytest.approx(float(fitted.survival_function_["KM_estimate"].loc[point["duree"]]), abs=1e-9)
        low, high = (float(value) for value in bounds.loc[point["duree"]])
        assert (point["bas"], point["haut"]) == (pytest.approx(low, abs=1e-9), pytest.approx(high, abs=1e-9))


@settings(max_examples=60, deadline=None)
@given(FILES)
def test_the_interval_of_the_median_is_that_of_lifelines(
    connection: duckdb.DuckDBPyConnection, lifelines: ModuleType, files: list[File]
) -> None:
    fitted = lifelines.KaplanMeierFitter().fit([days for days, _ in files], [not is_open for _, is_open in files])
    bounds = import_module("lifelines.utils").median_survival_times(fitted.confidence_interval_)
    found = cohort(connection, files)

    expected = [float(value) for value in bounds.iloc[0]]
    assert [infinite(found["borne_basse"]), infinite(found["borne_haute"])] == expected


@settings(max_examples=60, deadline=None)
@given(FILES)
def test_the_median_is_that_of_exact_fractions(connection: duckdb.DuckDBPyConnection, files: list[File]) -> None:
    assert cohort(connection, files)["mediane"] == kaplan_meier.median(files)


def test_each_year_of_opening_has_its_own_curve(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute("delete from dossier")
    connection.execute("insert into dossier values (2024, 3, false), (2025, 8, false), (2025, 9, true)")
    found = connection.execute(f"with {courbe_sql('dossier', 'jours', 'ouvert', 'annee')} {COHORTES}").fetchall()
    assert [row[:4] for row in found] == [(2025, 2, 1, 8), (2024, 1, 1, 3)]
