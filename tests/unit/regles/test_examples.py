from __future__ import annotations

import duckdb
import pytest

from data_contracts.rule_contract import Etat
from data_contracts.rule_loader import catalogue
from tests.support.rule_examples import verdicts, wrong
from tests.support.rule_mutants import mutants

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
    rule = catalogue().rules[name]
    survivors = [
        change
        for change, mutant in mutants(catalogue(), rule, connection)
        if not wrong(mutant, verdicts(catalogue(), mutant, connection))
    ]
    assert survivors == []
