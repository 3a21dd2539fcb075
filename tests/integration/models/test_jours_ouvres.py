"""The business days of every calendar, against the days that the texts name and against a count day by day."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date, timedelta

import duckdb
import pytest
from dateutil.easter import easter
from dbt.adapters.duckdb.connections import DuckDBConnectionManager
from dbt.cli.main import dbtRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dagster_project.preparation import prepare
from dagster_project.project import Project
from data_contracts.decision_register import Register
from data_contracts.layout import Home

Calendars = duckdb.DuckDBPyConnection
LOCAL = {"57", "67", "68", "971", "972", "973", "974", "976"}
LAST_YEAR = 2060
DAYS = st.dates(date(1977, 1, 1), date(LAST_YEAR, 12, 31))


@pytest.fixture(scope="module")
def calendars(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Calendars]:
    """The calendars as a run of 2060 builds them, without a delivery."""
    folder = tmp_path_factory.mktemp("calendriers")
    database, project = folder / "warehouse.duckdb", Project()
    prepare(Home(folder / "parc"), project, database, date(LAST_YEAR, 11, 1), (), decided=Register())
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(os.environ, "PARC_BUILD_DB", str(database))
        folders = [f"--project-dir={project.dbt}", f"--profiles-dir={project.dbt}", f"--target-path={folder / 'target'}"]
        outcome = dbtRunner().invoke(
            ["build", "--quiet", "--select=+int_jour_ouvre", "--indirect-selection=cautious", f"--log-path={folder}", *folders]
        )
    DuckDBConnectionManager.close_all_connections()
    assert outcome.success
    with duckdb.connect(str(database), read_only=True) as connection:
        connection.execute("use intermediaire")
        yield connection


def holidays(calendars: Calendars, calendar: str, year: int) -> set[date]:
    rows = calendars.execute(
        "select jour from int_jour_ferie where calendrier = ? and year(jour) = ? order by jour", [calendar, year]
    )
    return {row[0] for row in rows.fetchall()}


def business_days(calendars: Calendars, calendar: str, start: date, end: date) -> int:
    row = calendars.execute(
        "select a_la_fin.nb_jours_ouvres - au_debut.nb_jours_ouvres from int_jour_ouvre as au_debut "
        "inner join int_jour_ouvre as a_la_fin using (calendrier) "
        "where calendrier = ? and au_debut.jour = ? and a_la_fin.jour = ?",
        [calendar, start, end],
    ).fetchone()
    assert row is not None
    return int(row[0])


def test_the_eleven_holidays_of_a_year_are_those_of_the_country(calendars: Calendars) -> None:
    assert holidays(calendars, "national", 2026) == {
        date(2026, 1, 1),
        date(2026, 4, 6),
        date(2026, 5, 1),
        date(2026, 5, 8),
        date(2026, 5, 14),
        date(2026, 5, 25),
        date(2026, 7, 14),
        date(2026, 8, 15),
        date(2026, 11, 1),
        date(2026, 11, 11),
        date(2026, 12, 25),
    }


@pytest.mark.parametrize(
    ("calendar", "own"),
    [
        ("57", {date(2026, 4, 3), date(2026, 12, 26)}),
        ("67", {date(2026, 4, 3), date(2026, 12, 26)}),
        ("68", {date(2026, 4, 3), date(2026, 12, 26)}),
        ("971", {date(2026, 5, 27)}),
        ("972", {date(2026, 5, 22)}),
        ("973", {date(2026, 6, 10)}),
        ("974", {date(2026, 12, 20)}),
        ("976", {date(2026, 4, 27)}),
    ],
)
def test_a_departement_adds_its_own_holidays(calendars: Calendars, calendar: str, own: set[date]) -> None:
    assert holidays(calendars, calendar, 2026) - holidays(calendars, "national", 2026) == own


def test_there_is_no_other_calendar(calendars: Calendars) -> None:
    found = calendars.execute("select distinct calendrier from int_jour_ouvre").fetchall()

    assert {row[0] for row in found} == {"national", *LOCAL}


def test_easter_monday_is_the_day_after_easter_every_year(calendars: Calendars) -> None:
    found = calendars.execute(
        "select jour from int_jour_ferie where code = 'lundi_de_paques' and calendrier = 'national' order by jour"
    ).fetchall()

    assert [row[0] for row in found] == [easter(year) + timedelta(days=1) for year in range(1977, LAST_YEAR + 1)]


@pytest.mark.parametrize(
    ("monday", "ascension", "pentecost"),
    [
        (date(1978, 3, 27), date(1978, 5, 4), date(1978, 5, 15)),
        (date(2000, 4, 24), date(2000, 6, 1), date(2000, 6, 12)),
        (date(2008, 3, 24), date(2008, 5, 1), date(2008, 5, 12)),
        (date(2011, 4, 25), date(2011, 6, 2), date(2011, 6, 13)),
        (date(2038, 4, 26), date(2038, 6, 3), date(2038, 6, 14)),
        (date(2049, 4, 19), date(2049, 5, 27), date(2049, 6, 7)),
    ],
)
def test_the_moving_holidays_are_those_of_known_years(calendars: Calendars, monday: date, ascension: date, pentecost: date) -> None:
    assert {monday, ascension, pentecost} <= holidays(calendars, "national", monday.year)


@pytest.mark.parametrize("calendar", ["57", "67", "68"])
def test_good_friday_is_a_holiday_in_alsace_and_moselle_every_year(calendars: Calendars, calendar: str) -> None:
    found = calendars.execute("select jour from int_jour_ferie where code = 'vendredi_saint' and calendrier = ?", [calendar])

    assert sorted(row[0] for row in found.fetchall()) == [easter(year) - timedelta(days=2) for year in range(1977, LAST_YEAR + 1)]


@pytest.mark.parametrize(
    ("calendar", "month", "day", "first"),
    [("971", 5, 27, 1984), ("972", 5, 22, 1984), ("973", 6, 10, 1984), ("974", 12, 20, 1983), ("976", 4, 27, 1984)],
)
def test_the_abolition_of_slavery_is_a_holiday_since_the_decree_of_november_1983(
    calendars: Calendars, calendar: str, month: int, day: int, first: int
) -> None:
    found = calendars.execute("select jour from int_jour_ferie where code like 'abolition%' and calendrier = ?", [calendar])

    assert sorted(row[0] for row in found.fetchall()) == [date(year, month, day) for year in range(first, LAST_YEAR + 1)]


@pytest.mark.parametrize(("year", "is_holiday"), [(1977, False), (1981, False), (1982, True), (2026, True)])
def test_the_eighth_of_may_is_a_holiday_since_1982(calendars: Calendars, year: int, is_holiday: bool) -> None:  # noqa: FBT001
    assert (date(year, 5, 8) in holidays(calendars, "national", year)) is is_holiday


@pytest.mark.parametrize(
    ("start", "end", "calendar", "expected"),
    [
        (date(2026, 11, 2), date(2026, 11, 2), "national", 0),
        (date(2026, 11, 2), date(2026, 11, 3), "national", 1),
        (date(2026, 11, 6), date(2026, 11, 9), "national", 1),
        (date(2026, 11, 7), date(2026, 11, 8), "national", 0),
        (date(2026, 4, 3), date(2026, 4, 7), "national", 1),
        (date(2026, 4, 30), date(2026, 5, 4), "national", 1),
        (date(2025, 12, 24), date(2025, 12, 29), "national", 2),
        (date(2025, 12, 24), date(2025, 12, 29), "67", 1),
        (date(2026, 4, 24), date(2026, 4, 28), "976", 1),
        (date(2026, 4, 24), date(2026, 4, 28), "974", 2),
    ],
)
def test_business_days_leave_out_weekends_and_the_holidays_of_the_calendar(
    calendars: Calendars, start: date, end: date, calendar: str, expected: int
) -> None:
    assert business_days(calendars, calendar, start, end) == expected


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(DAYS, DAYS, st.sampled_from(["national", *sorted(LOCAL)]))
def test_between_any_two_days_business_days_are_those_counted_one_by_one(
    calendars: Calendars, one: date, other: date, calendar: str
) -> None:
    start, end = sorted((one, other))
    closed = set().union(*(holidays(calendars, calendar, year) for year in range(start.year, end.year + 1)))
    days = (start + timedelta(days=rank) for rank in range(1, (end - start).days + 1))

    assert business_days(calendars, calendar, start, end) == sum(day.isoweekday() <= 5 and day not in closed for day in days)
