"""Days months and years away, as the database counts them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.demo.calendrier import plus_annees, plus_mois


@pytest.fixture(scope="module")
def base() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as ouverte:
        yield ouverte


@settings(deadline=None)
@given(jour=st.dates(date(1970, 1, 1), date(2030, 12, 31)), nombre=st.integers(-60, 60))
def test_months_and_years_are_added_as_the_database_adds_them(base: duckdb.DuckDBPyConnection, jour: date, nombre: int) -> None:
    lignes = base.execute(
        f"select (date '{jour}' + to_months({nombre}))::date, (date '{jour}' + to_years({nombre}))::date",
    ).fetchall()
    assert lignes == [(plus_mois(jour, nombre), plus_annees(jour, nombre))]
