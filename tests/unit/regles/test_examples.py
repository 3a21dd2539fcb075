from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from data_contracts.rule_contract import Etat
from data_contracts.rule_loader import catalogue
from tests.support import made_rules
from tests.support.made_rules import RULE
from tests.support.rule_examples import verdicts, wrong
from tests.support.rule_mutants import survivors

ACTIVE = [rule.id for rule in catalogue().rules.values() if rule.etat is Etat.ACTIVE]


@pytest.mark.parametrize("name", ACTIVE)
def test_a_rule_says_of_its_examples_what_they_announce(name: str, connection: duckdb.DuckDBPyConnection) -> None:
    rule = catalogue().rules[name]
    assert wrong(rule, verdicts(catalogue(), rule, connection)) == []


@pytest.mark.parametrize("name", ACTIVE)
def test_a_rule_has_two_examples_that_fire_and_two_that_do_not(name: str) -> None:
    firing = [example.attendu for example in catalogue().rules[name].exemples]
    assert (firing.count(True) >= 2, firing.count(False) >= 2) == (True, True)


@pytest.mark.parametrize("name", ACTIVE)
def test_an_example_fails_when_a_comparator_is_flipped_or_a_bound_moved(name: str, connection: duckdb.DuckDBPyConnection) -> None:
    assert survivors(catalogue(), catalogue().rules[name], connection) == []


def test_a_mutant_that_no_example_contradicts_is_told_even_when_examples_change_the_threshold(
    tmp_path: Path, connection: duckdb.DuckDBPyConnection
) -> None:
    far_from_the_bound = [
        {"attendu": True, "donnees": {"source": "ecoloweb", "famille": "PLS", "nombre": 3}},
        {"attendu": False, "donnees": {"source": "ecoloweb", "famille": "PLS", "nombre": 30}},
        {"attendu": True, "donnees": {"source": "ecoloweb", "famille": "PLS", "nombre": 30}, "parametres": {"seuil": 40}},
    ]
    made = made_rules.read(tmp_path, {**RULE, "exemples": far_from_the_bound})

    told = survivors(made, made.rules["ESS-001"], connection)

    assert "condition : 10 → 11" in told
    assert "condition : COMPARE_LESSTHAN → COMPARE_LESSTHANOREQUALTO" in told
