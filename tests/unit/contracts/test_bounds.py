"""Which values the bounds of a contract let pass."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import duckdb
import pytest
from pydantic import ValidationError

from data_contracts.clauses import clauses
from data_contracts.source_contract import DUCKDB_TYPES, Column, Severity, SourceTable

RECEIVED = date(2026, 11, 1)


def column(type_: str, **bounds: Any) -> Column:  # noqa: ANN401 - those of a contract
    return Column.model_validate({"nom": "v", "type": type_, "description": "Valeur.", **bounds})


def passes(bounded: Column, value: object) -> bool:
    contract = SourceTable(
        source="essai",
        table="t",
        titre="T",
        description="T.",
        cle_primaire=("id",),
        colonnes=(Column.model_validate({"nom": "id", "type": "entier", "description": "Clé."}), bounded),
    )
    [clause] = [found for found in clauses(contract, lambda _: None, RECEIVED) if found.identifiant == "bornes_v"]
    with duckdb.connect() as connection:
        [(broken,)] = connection.execute(
            f"select {clause.violation} from (select ?::{DUCKDB_TYPES[bounded.type]} as v)", [value]
        ).fetchall()
    return broken is False


@pytest.mark.parametrize(("value", "expected"), [(-0.01, False), (0, True), (100, True), (100.01, False), (None, True)])
def test_a_number_stays_between_its_bounds_which_are_allowed(value: float | None, expected: bool) -> None:  # noqa: FBT001
    assert passes(column("reel", minimum=0, maximum=100), value) is expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [(date(1976, 12, 31), False), (date(1977, 1, 1), True), (RECEIVED, True), (date(2026, 11, 2), False), (None, True)],
)
def test_a_date_of_the_past_is_not_after_the_day_of_the_reception(value: date | None, expected: bool) -> None:  # noqa: FBT001
    assert passes(column("date", minimum=date(1977, 1, 1), maximum="reception"), value) is expected


def test_an_instant_of_the_day_of_the_reception_is_not_after_it() -> None:
    assert passes(column("horodatage_tz", maximum="reception"), datetime(2026, 11, 1, 23, 59))  # noqa: DTZ001 - landed in UTC


def test_the_message_says_the_bounds_as_people_write_them() -> None:
    bounded = column("date", minimum=date(1977, 1, 1), maximum="reception", gravite_bornes="bloquante")
    contract = SourceTable(source="e", table="t", titre="T", description="T.", cle_primaire=("v",), colonnes=(bounded,))
    [clause] = [found for found in clauses(contract, lambda _: None, RECEIVED) if found.identifiant == "bornes_v"]

    assert clause.message == ("v hors de ses bornes : au plus tôt le 01/01/1977, au plus tard le 01/11/2026 (jour de la réception)")
    assert clause.gravite is Severity.BLOQUANTE


@pytest.mark.parametrize(
    ("type_", "bounds"),
    [
        ("texte", {"minimum": 0}),
        ("entier", {"maximum": "reception"}),
        ("date", {"minimum": 1977}),
        ("booleen", {"maximum": 1}),
        ("date", {"maximum": "demain"}),
    ],
)
def test_bounds_of_another_type_than_the_column_are_refused(type_: str, bounds: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        column(type_, **bounds)
