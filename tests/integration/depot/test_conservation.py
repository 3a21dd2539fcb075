"""What leaves the landing on its date, and the schedule that sees to it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import dagster as dg
import pytest

from dagster_project import conservation, retention
from dagster_project.project import Project
from data_contracts.delivery import deliveries
from data_contracts.layout import Home
from ingest.importer import import_delivery
from tests.support import made_sisal


def received(home: Home, folder: Path, numero: str, year: int) -> str:
    """Import a SISAL report of one agrément, received in that year; return its id."""
    path = made_sisal.write_csv(folder / f"{numero}.csv", [{"N° Opération GALION": numero}])
    return import_delivery(home, "sisal", path, now=datetime(year, 1, 1, tzinfo=UTC)).delivery.livraison_id


def test_the_job_removes_what_is_due_records_it_and_leaves_the_rest(
    home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PARC_HOME", str(home.root))
    replaced, current = received(home, tmp_path, "2016130550001", 2020), received(home, tmp_path, "2016130550002", 2021)

    done = conservation.conservation_job(Project()).execute_in_process()

    assert done.success
    assert [one.livraison_id for one in deliveries(home)] == [current]
    assert [one.livraison_id for one in retention.read(home)] == [replaced]


def test_removal_on_a_date_needs_nobody_to_switch_it_on() -> None:
    schedule = conservation.daily_conservation(conservation.conservation_job(Project()))
    assert schedule.default_status is dg.DefaultScheduleStatus.RUNNING
