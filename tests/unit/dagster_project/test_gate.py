"""The gate, case by case."""

from __future__ import annotations

import pytest

from dagster_project import gate
from dagster_project.checks.control import Control, ControlId, Family
from data_contracts.errors import RefusedError
from data_contracts.source_contract import Severity
from tests.unit.dagster_project.made import control

PASSED = control("a")
FAILED = control("b", succes=False)
ALERT = control("c", succes=False, gravite=Severity.ALERTE)
OTHER_TABLE = control("a", objet="ecoloweb.ecolo_bailleur")


@pytest.mark.parametrize(
    ("expected", "recorded", "opens"),
    [
        pytest.param([], [], True, id="nothing expected, nothing done"),
        pytest.param([PASSED], [PASSED], True, id="all passed"),
        pytest.param([ALERT], [ALERT], True, id="an alert never blocks"),
        pytest.param([PASSED], [PASSED, ALERT], True, id="more checks than expected"),
        pytest.param([PASSED], [FAILED, PASSED], False, id="a blocking check failed"),
        pytest.param([], [FAILED], False, id="a blocking check that nobody expected failed"),
        pytest.param([PASSED], [], False, id="an expected check never ran"),
        pytest.param([PASSED], [OTHER_TABLE], False, id="the same check of another table ran"),
        pytest.param([PASSED, ALERT], [PASSED], False, id="an expected alert never ran"),
    ],
)
def test_the_gate_opens_only_when_every_expected_check_ran_and_no_blocking_one_failed(
    expected: list[Control], recorded: list[Control], *, opens: bool
) -> None:
    assert gate.judge((check.id for check in expected), recorded).is_open is opens


def test_a_refusal_names_the_table_the_check_the_counts_and_the_keys() -> None:
    with pytest.raises(RefusedError, match=r"ecoloweb\.ecolo_avenant, b : 2 au lieu de 0 \(numéro absent\) ; clés : 12, 34"):
        gate.enforce([PASSED.id], [PASSED, FAILED])


def test_a_refusal_names_the_checks_that_never_ran() -> None:
    missing = ControlId(Family.CONTRAT_PRODUIT, "marts.fct_lot", "colonnes")

    with pytest.raises(RefusedError, match=r"marts\.fct_lot, colonnes : contrôle attendu qui n'a pas été exécuté"):
        gate.enforce([missing], [])


def test_a_refusal_with_many_reasons_shows_the_first_and_counts_the_others() -> None:
    text = gate.refusal(gate.judge((), [control(f"n{i}", succes=False) for i in range(25)]))

    assert "25 contrôles bloquants" in text
    assert "n9" in text
    assert "n10 " not in text
    assert "… et 15 autres." in text


def test_a_refusal_exits_with_code_1() -> None:
    assert RefusedError.exit_code == 1
