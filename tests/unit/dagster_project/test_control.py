"""The controls of a run on disk."""

from __future__ import annotations

from pathlib import Path

from dagster_project.checks.control import ControlJournal
from tests.unit.dagster_project.made import control


def test_controls_come_back_as_they_were_recorded_in_order(tmp_path: Path) -> None:
    journal = ControlJournal(tmp_path / "controles.json")
    first, second = control("a", succes=False), control("b")

    journal.record([first])
    journal.record([second])

    assert ControlJournal(journal.path).read() == (first, second)


def test_a_run_that_recorded_nothing_has_no_control(tmp_path: Path) -> None:
    assert ControlJournal(tmp_path / "controles.json").read() == ()
