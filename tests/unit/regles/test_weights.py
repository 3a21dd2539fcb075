"""What the control of a row by a rule weighs: nothing where it does not apply, else the weight of the severity it would give."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import product
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_contracts import score
from data_contracts.errors import BadInputError
from data_contracts.rule_contract import DatedValue, Etat, Niveau, Parameter, ParameterType, Rule
from data_contracts.rule_loader import Catalogue, catalogue
from data_contracts.rule_sql import value_of
from tests.support import made_rules
from tests.support.made_rules import COLUMNS, RULE
from tests.support.rule_examples import points, verdicts
from tests.support.rule_mutants import mutants

POINTS = {Niveau.NON_REGLEMENTAIRE: 5, Niveau.ANOMALIE: 3, Niveau.A_VERIFIER: 1, Niveau.INFORMATION: 0}
DAY = date(2026, 11, 1)
ACTIVE = [rule.id for rule in catalogue().rules.values() if rule.etat is Etat.ACTIVE]
BY_CASE = [
    {"si": "est_foyer", "niveau": "a_verifier"},
    {"si": "nombre < 3", "niveau": "information"},
    {"niveau": "non_reglementaire"},
]


def weighed(made: Catalogue, rule: Rule, connection: duckdb.DuckDBPyConnection, **values: str) -> int | None:
    """What the control of one row weighs."""
    row = {"source": "'ecoloweb'", "famille": "'PLS'", "nombre": "3", **values}
    columns = ", ".join(f"{row.get(name, 'null')}::{kind} as {name}" for name, kind in COLUMNS.items())
    found = connection.execute(f"with vue as (select {columns}) select {made.weight(rule, POINTS)} from vue").fetchone()
    assert found is not None
    return None if found[0] is None else int(found[0])


def made(folder: Path, **changes: Any) -> tuple[Catalogue, Rule]:  # noqa: ANN401 - values of a YAML file
    """A catalogue of one rule."""
    read = made_rules.read(folder, {**RULE, **changes})
    return read, read.rules["ESS-001"]


@pytest.mark.parametrize("values", [{"famille": "'PLUS'"}, {"famille": "null"}, {"source": "'apilos'"}, {"source": "null"}])
def test_a_row_to_which_a_rule_does_not_apply_weighs_nothing(
    tmp_path: Path, connection: duckdb.DuckDBPyConnection, values: dict[str, str]
) -> None:
    assert weighed(*made(tmp_path), connection, **values) is None


@pytest.mark.parametrize("nombre", ["3", "30", "null"])
def test_a_row_weighs_the_same_whether_it_fails_the_rule_or_not(
    tmp_path: Path, connection: duckdb.DuckDBPyConnection, nombre: str
) -> None:
    assert weighed(*made(tmp_path), connection, nombre=nombre) == 3


@pytest.mark.parametrize(
    ("foyer", "nombre", "points"), [("true", "1", 1), ("false", "1", 0), ("null", "1", 0), ("false", "3", 5), ("null", "null", 5)]
)
def test_a_row_weighs_what_the_first_true_severity_weighs(
    tmp_path: Path, connection: duckdb.DuckDBPyConnection, foyer: str, nombre: str, points: int
) -> None:
    assert weighed(*made(tmp_path, severite=BY_CASE), connection, est_foyer=foyer, nombre=nombre) == points


@pytest.mark.parametrize(("signature", "points"), [("date '2002-05-02'", None), ("date '2002-05-03'", 3), ("null", None)])
def test_a_rule_applies_under_the_law_of_the_day(
    tmp_path: Path, connection: duckdb.DuckDBPyConnection, signature: str, points: int | None
) -> None:
    assert weighed(*made(tmp_path, applicable="$seuil_date > 1"), connection, date_signature=signature) == points


def test_every_change_of_where_a_rule_applies_or_of_its_severities_changes_what_some_row_weighs(
    tmp_path: Path, connection: duckdb.DuckDBPyConnection
) -> None:
    read, rule = made(
        tmp_path, applicable="famille = 'PLS' and nombre >= 2 and date_signature < date '2010-07-01'", severite=BY_CASE
    )
    changed = [(name, mutant) for (key, *_), name, mutant in mutants(read, rule, connection) if key != "condition"]

    assert len(changed) >= 8
    assert [name for name, mutant in changed if list(grid(read, mutant, connection)) == list(grid(read, rule, connection))] == []


def grid(read: Catalogue, rule: Rule, connection: duckdb.DuckDBPyConnection) -> Iterator[int | None]:
    """What rows on both sides of every bound weigh."""
    days = [f"date '2010-{day}'" for day in ("06-29", "06-30", "07-01", "07-02")]
    for famille, nombre, day, foyer in product(("'PLS'", "'PLUS'"), "1234", days, ("true", "false")):
        yield weighed(read, rule, connection, famille=famille, nombre=nombre, date_signature=day, est_foyer=foyer)


@pytest.mark.parametrize("name", ACTIVE)
def test_a_control_that_fails_weighs_what_its_finding_weighs(name: str, connection: duckdb.DuckDBPyConnection) -> None:
    """So that an agreement never fails more than applies to it."""
    rule = catalogue().rules[name]
    pairs = zip(verdicts(catalogue(), rule, connection), points(catalogue(), rule, POINTS, connection), strict=True)

    assert [(severity, weight) for severity, weight in pairs if severity and weight != POINTS[Niveau(severity)]] == []


def test_the_weights_are_those_of_the_catalogue_of_indicators() -> None:
    assert score.weights(catalogue().parameters, DAY) == POINTS
    assert score.false_positives(catalogue().parameters, DAY) == 20


def parameter(*values: tuple[date | None, int | None], name: str = "poids_anomalie") -> Parameter:
    dated = tuple(DatedValue(depuis=since, valeur=value) for since, value in values)
    return Parameter(nom=name, libelle="Essai", type=ParameterType.ENTIER, valeurs=dated, source="Essai")


@pytest.mark.parametrize(("day", "points"), [(date(2026, 12, 31), 3), (date(2027, 1, 1), 4), (date(2028, 1, 1), 0)])
def test_a_weight_is_that_of_the_day_and_an_empty_one_weighs_nothing(day: date, points: int) -> None:
    changed = parameter((None, 3), (date(2027, 1, 1), 4), (date(2028, 1, 1), None))

    assert score.weights({**catalogue().parameters, "poids_anomalie": changed}, day)[Niveau.ANOMALIE] == points


def test_a_negative_weight_is_refused() -> None:
    with pytest.raises(BadInputError, match="poids_anomalie vaut -1 ; écrire un entier positif ou nul"):
        score.weights({**catalogue().parameters, "poids_anomalie": parameter((None, -1))}, DAY)


def test_a_missing_weight_is_refused() -> None:
    with pytest.raises(BadInputError, match="ne déclare pas poids_non_reglementaire"):
        score.weights({}, DAY)


DAYS = st.dates(date(1977, 1, 1), date(2030, 1, 1))


@given(st.lists(st.tuples(DAYS, st.integers(0, 99)), min_size=1, max_size=6, unique_by=lambda pair: pair[0]), DAYS)
def test_a_parameter_holds_the_same_value_here_and_in_sql(history: list[tuple[date, int]], day: date) -> None:
    dated = parameter(*sorted(history))

    with duckdb.connect() as connection:
        found = connection.execute(f"select {value_of(dated, 'jour')} from (select date '{day}' as jour)").fetchone()

    assert found == (dated.on(day),)
