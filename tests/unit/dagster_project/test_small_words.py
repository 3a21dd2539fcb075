"""Dates, threads, numbers: what the command line reads and writes."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from dagster_project import french
from dagster_project.dates import reference_date
from dagster_project.threads import threads
from data_contracts.errors import BadInputError


def test_the_option_wins_over_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PARC_DATE_REFERENCE", "2026-01-01")

    assert reference_date("2026-11-01") == date(2026, 11, 1)


def test_the_environment_gives_the_date_without_option(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PARC_DATE_REFERENCE", "2026-01-01")

    assert reference_date() == date(2026, 1, 1)


@pytest.mark.parametrize("given", ["2026-13-01", "01/11/2026", "20261101", "2026-W44-7", "demain"])
def test_a_date_that_is_not_year_month_day_is_refused_with_an_example(given: str) -> None:
    with pytest.raises(BadInputError, match=rf"« {given} » n'est pas une date.*2026-11-01"):
        reference_date(given)


@pytest.mark.parametrize("given", ["0", "-1", "deux", "1.5"])
def test_a_number_of_threads_that_is_not_a_positive_whole_number_is_refused(given: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PARC_THREADS", given)

    with pytest.raises(BadInputError, match="PARC_THREADS"):
        threads()


def test_the_number_of_threads_asked_for_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PARC_THREADS", "3")

    assert threads() == 3


@pytest.mark.parametrize(
    ("value", "written"),
    [(0, "0 ligne"), (1, "1 ligne"), (2, "2 lignes"), (781000, "781\u202f000 lignes")],
)
def test_counts_agree_with_their_noun(value: int, written: str) -> None:
    assert french.count(value, "ligne") == written


@pytest.mark.parametrize(
    ("elapsed", "written"),
    [
        (timedelta(minutes=5), "moins d'une heure"),
        (timedelta(hours=1), "1 heure"),
        (timedelta(hours=47), "47 heures"),
        (timedelta(hours=49), "2 jours"),
    ],
)
def test_ages_are_written_in_their_largest_unit(elapsed: timedelta, written: str) -> None:
    now = datetime(2026, 11, 1, tzinfo=UTC)

    assert french.age(now - elapsed, now) == written
