"""What a run says of the files of decisions it could not read; the rest of the reconciliation is seen at work in the runs."""

from __future__ import annotations

from pathlib import Path

import pytest

from dagster_project.checks import reconciliation
from dagster_project.checks.control import Control, Family
from data_contracts.decision_register import Register
from data_contracts.layout import Home
from data_contracts.source_contract import Severity
from tests.unit.dagster_project import made


def control(home: Home, *damaged: str) -> Control:
    made.build(home.root / "base.duckdb", {})
    register = Register(damaged=tuple(home.decisions / name for name in damaged))
    [found] = [
        found
        for found in reconciliation.reconcile(home, (), home.root / "base.duckdb", register)
        if found.id == (Family.RECONCILIATION, "meta.decision", reconciliation.DECISIONS)
    ]
    return found


def test_a_sound_register_of_decisions_passes(home: Home) -> None:
    assert control(home).succes


def test_damaged_files_of_decisions_are_an_alert_that_names_them(home: Home) -> None:
    found = control(home, "a.jsonl", "b.jsonl")

    assert (found.succes, found.gravite, found.observe, found.cles) == (False, Severity.ALERTE, 2, ("a.jsonl", "b.jsonl"))


@pytest.mark.parametrize("damaged", [(), ("a.jsonl",)])
def test_the_gate_expects_exactly_what_is_recorded(home: Home, damaged: tuple[str, ...]) -> None:
    made.build(home.root / "base.duckdb", {})
    register = Register(damaged=tuple(map(Path, damaged)))

    found = reconciliation.reconcile(home, (), home.root / "base.duckdb", register)

    assert [control.id for control in found] == list(reconciliation.expected(()))
