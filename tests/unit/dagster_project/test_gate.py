"""The gate, case by case, and the screen that a refusal fills."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from dagster_project import gate
from dagster_project.checks.control import NOT_MEASURED, Control, ControlId, Family
from data_contracts.errors import RefusedError
from data_contracts.product_contract import ADMINISTRATOR
from data_contracts.source_contract import Severity
from tests.unit.dagster_project.made import control

PASSED = control("a")
FAILED = control("b", succes=False)
ALERT = control("c", succes=False, gravite=Severity.ALERTE)
UNMEASURED = control("d", succes=False, observe=NOT_MEASURED, cles=())
OTHER_TABLE = control("a", objet="ecoloweb.ecolo_bailleur")
PAGES = Path("/parc/build/run/controles/index.html")


def owner(objet: str) -> str:
    """Name each object's person after its schema."""
    return f"Équipe {objet.partition('.')[0]}"


def refusal(*failed: Control, missing: tuple[ControlId, ...] = ()) -> list[str]:
    return gate.refusal(gate.Verdict(failed, missing), owner, PAGES).splitlines()


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


@pytest.mark.parametrize(
    ("expected", "recorded", "passes"),
    [
        pytest.param([PASSED, FAILED], [PASSED, FAILED], True, id="a check that failed"),
        pytest.param([PASSED, FAILED], [FAILED], False, id="a check that never ran"),
        pytest.param([UNMEASURED], [UNMEASURED], False, id="a check that could not be measured"),
    ],
)
def test_forcing_passes_over_what_failed_and_never_over_what_nobody_measured(
    expected: list[Control], recorded: list[Control], *, passes: bool
) -> None:
    verdict = gate.judge((check.id for check in expected), recorded)

    if passes:
        gate.enforce(verdict, owner, PAGES, forced=True)
    else:
        with pytest.raises(RefusedError):
            gate.enforce(verdict, owner, PAGES, forced=True)


def test_without_forcing_a_failed_check_refuses_with_exit_code_1() -> None:
    with pytest.raises(RefusedError) as error:
        gate.enforce(gate.judge([], [FAILED]), owner, PAGES)

    assert error.value.exit_code == 1


def test_a_refusal_says_whose_turn_it_is_what_failed_how_many_the_first_keys_and_what_to_do() -> None:
    assert refusal(FAILED) == [
        "Publication refusée : 1 contrôle bloquant rompu ; la publication courante ne change pas.",
        "Équipe ecoloweb :",
        "  - ecoloweb.ecolo_avenant, b : numéro absent",
        "    2 au lieu de 0 ; clés : 12, 34",
        "  → corriger la livraison et l'importer de nouveau, ou écarter ces lignes (« parc quarantaine »).",
        'Publier malgré tout, l\'infraction montrée partout : parc run --force --motif "…"',
        f"Chaque contrôle, avec ses clés : {PAGES}",
    ]


@pytest.mark.parametrize(
    ("famille", "person"),
    [
        (Family.CONTRAT_SOURCE, "Équipe ecoloweb"),
        (Family.CONTRAT_PRODUIT, "Équipe ecoloweb"),
        (Family.DBT, ADMINISTRATOR),
        (Family.RECONCILIATION, ADMINISTRATOR),
    ],
)
def test_a_contract_has_its_own_person_and_the_administrator_answers_for_the_rest(famille: Family, person: str) -> None:
    assert f"{person} :" in refusal(control("b", succes=False, famille=famille))


def test_only_the_first_five_keys_are_shown() -> None:
    assert "    2 au lieu de 0 ; clés : 1, 2, 3, 4, 5, …" in refusal(control("b", succes=False, cles=tuple("123456")))


def test_checks_that_never_ran_are_counted_by_table_and_cannot_be_forced() -> None:
    missing = [ControlId(Family.CONTRAT_PRODUIT, "marts.fct_lot", nom) for nom in ("colonnes", "cle_primaire_absente")]

    said = refusal(missing=tuple(missing))

    assert said[0].startswith("Publication refusée : 2 contrôles attendus non exécutés ;")
    assert said[1:4] == [
        f"{ADMINISTRATOR} :",
        "  - marts.fct_lot : 2 contrôles non exécutés",
        "    colonnes, cle_primaire_absente",
    ]
    assert "« parc run --force » n'y peut rien : ce qui n'a pas été mesuré ne se publie pas." in said


def test_many_reasons_show_the_first_and_count_the_others() -> None:
    said = refusal(*(control(f"n{i}", succes=False) for i in range(25)))

    assert said[0].startswith("Publication refusée : 25 contrôles bloquants rompus ;")
    assert "  … et 16 autres." in said


@given(
    st.lists(st.tuples(st.sampled_from(list(Family)), st.integers(0, 9), st.integers(0, 300)), max_size=60),
    st.integers(0, 40),
)
def test_a_refusal_fits_one_screen_and_gives_the_path_of_its_pages_whole(
    failed: list[tuple[Family, int, int]], missing: int
) -> None:
    controls = [
        control(f"n{i}", succes=False, famille=famille, objet=f"source{source}.table", message="x" * length)
        for i, (famille, source, length) in enumerate(failed)
    ]
    absent = tuple(ControlId(Family.DBT, f"modele{i}", "essai") for i in range(missing))
    assume(controls or absent)

    *lines, pages = refusal(*controls, missing=absent)

    assert len(lines) < gate.LINES
    assert max(map(len, lines)) <= gate.WIDTH
    assert pages.endswith(str(PAGES))
