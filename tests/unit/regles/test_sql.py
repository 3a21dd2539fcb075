"""What a rule becomes as SQL: the law of the day, null semantics, severities, evidence and French messages."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_contracts.rule_contract import DatedValue, Parameter, ParameterType
from data_contracts.rule_sql import value_of
from tests.support import made_rules
from tests.support.made_rules import COLUMNS, RULE

ROW: dict[str, str] = {
    "objet_id": "'ecoloweb:1'",
    "source": "'ecoloweb'",
    "famille": "'PLS'",
    "nombre": "3",
    "table_source": "'ecolo_essai'",
}


def findings(folder: Path, connection: duckdb.DuckDBPyConnection, rule: dict[str, Any], **values: str) -> list[dict[str, Any]]:
    """Run a rule on one row and return what it finds."""
    catalogue = made_rules.read(folder, rule)
    columns = ", ".join(f"{({**ROW, **values}).get(name, 'null')}::{kind} as {name}" for name, kind in COLUMNS.items())
    result = connection.execute(f"with vue as (select {columns}) {catalogue.query(catalogue.rules[rule['id']])}")
    names = [column[0] for column in result.description or ()]
    return [dict(zip(names, row, strict=True)) for row in result.fetchall()]


def test_a_finding_names_its_rule_its_object_and_its_source_table(tmp_path: Path, connection: duckdb.DuckDBPyConnection) -> None:
    (found,) = findings(tmp_path, connection, RULE)

    assert (found["regle_id"], found["regle_version"]) == ("ESS-001", 1)
    assert (found["objet_type"], found["objet_id"]) == ("objet", "ecoloweb:1")
    assert found["table_source"] == "ecolo_essai"


def test_its_evidence_holds_the_values_and_the_threshold(tmp_path: Path, connection: duckdb.DuckDBPyConnection) -> None:
    rule = {**RULE, "preuve": ["nombre", "surface", "date_signature", "familles", "est_foyer"]}

    (found,) = findings(
        tmp_path, connection, rule, surface="12.50", date_signature="date '2010-07-01'", familles="['PLAI', 'PLUS']"
    )

    assert json.loads(found["preuve"]) == {
        "nombre": 3,
        "surface": 12.5,
        "date_signature": "2010-07-01",
        "familles": ["PLAI", "PLUS"],
        "est_foyer": None,
        "parametres": {"seuil": 10},
    }


def test_its_message_is_written_the_french_way(tmp_path: Path, connection: duckdb.DuckDBPyConnection) -> None:
    message = "{nombre} ; {surface} ; {date_signature} ; {familles} ; {est_foyer} ; {famille} ; {seuil} ; {bailleur_id}"

    (found,) = findings(
        tmp_path,
        connection,
        {**RULE, "condition": "nombre > $seuil", "message": message},
        nombre="12345",
        surface="1234.5",
        date_signature="date '2010-07-01'",
        familles="['PLAI', 'PLUS']",
        est_foyer="false",
        famille="'PLS'",
    )

    assert found["message"] == "12\u202f345 ; 1\u202f234,50 ; 01/07/2010 ; PLAI, PLUS ; non ; PLS ; 10 ; non renseigné"


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("0.9876", "0,9876"),
        ("1", "1,00"),
        ("33.7", "33,70"),
        ("4.914956", "4,914956"),
        ("12345.5", "12\u202f345,50"),
        ("-0.5", "-0,50"),
    ],
)
def test_a_number_shows_the_decimals_that_count_and_two_at_least(
    tmp_path: Path, connection: duckdb.DuckDBPyConnection, value: str, shown: str
) -> None:
    (found,) = findings(tmp_path, connection, {**RULE, "message": "{coefficient}"}, coefficient=value)
    assert found["message"] == shown


def test_the_days_of_a_list_are_written_as_days(tmp_path: Path, connection: duckdb.DuckDBPyConnection) -> None:
    (found,) = findings(tmp_path, connection, {**RULE, "message": "{jours}"}, jours="[date '1993-06-16', date '1993-07-01']")
    assert found["message"] == "16/06/1993, 01/07/1993"


@pytest.mark.parametrize("quoted", ["L'apostrophe", "100 %", "{} et {{", "a || b", "$seuil"])
def test_the_text_of_a_message_is_never_read_as_sql(tmp_path: Path, connection: duckdb.DuckDBPyConnection, quoted: str) -> None:
    (found,) = findings(tmp_path, connection, {**RULE, "message": quoted})
    assert found["message"] == quoted


@pytest.mark.parametrize("unknown", ["famille", "nombre"])
def test_an_unknown_value_is_neither_true_nor_false(tmp_path: Path, connection: duckdb.DuckDBPyConnection, unknown: str) -> None:
    assert findings(tmp_path, connection, RULE, **{unknown: "null"}) == []
    assert findings(tmp_path, connection, {**RULE, "condition": "not (nombre < $seuil)"}, **{unknown: "null"}) == []


def test_a_rule_judges_the_rows_of_its_own_sources_only(tmp_path: Path, connection: duckdb.DuckDBPyConnection) -> None:
    assert findings(tmp_path, connection, RULE, source="'apilos'") == []


@pytest.mark.parametrize(
    ("foyer", "severity"), [("true", "a_verifier"), ("false", "non_reglementaire"), ("null", "non_reglementaire")]
)
def test_the_first_true_severity_wins(tmp_path: Path, connection: duckdb.DuckDBPyConnection, foyer: str, severity: str) -> None:
    cases = [{"si": "est_foyer", "niveau": "a_verifier"}, {"niveau": "non_reglementaire"}]
    (found,) = findings(tmp_path, connection, {**RULE, "severite": cases}, est_foyer=foyer)
    assert found["severite"] == severity


def test_a_reference_shows_only_where_it_applies(tmp_path: Path, connection: duckdb.DuckDBPyConnection) -> None:
    cited = [
        {"texte": "CCH R. 353-61", "si": "est_foyer"},
        {"document": "faq.md", "section": "Durée", "si": "not est_foyer"},
        {"document": "autre.md"},
    ]
    (found,) = findings(tmp_path, connection, {**RULE, "references": cited}, est_foyer="false")
    assert found["references_juridiques"] == ["FAQ réglementaire, « Durée »", "autre.md"]


def test_a_discriminant_tells_apart_the_findings_of_one_object(tmp_path: Path, connection: duckdb.DuckDBPyConnection) -> None:
    (found,) = findings(tmp_path, connection, {**RULE, "discriminant": ["famille", "nombre"]})
    assert found["discriminant"] == "PLS|3"


@pytest.mark.parametrize(
    ("signature", "value"),
    [("1998-01-01", 1), ("2002-05-02", 1), ("2002-05-03", 15), ("2019-12-31", 15), ("2020-01-01", None), (None, None)],
)
def test_a_dated_parameter_is_read_at_the_day_of_the_law(
    tmp_path: Path, connection: duckdb.DuckDBPyConnection, signature: str | None, value: int | None
) -> None:
    rule = {**RULE, "condition": "true", "preuve": ["nombre", "seuil_date"]}
    day = f"date '{signature}'" if signature else "null"
    (found,) = findings(tmp_path, connection, rule, date_signature=day)
    assert json.loads(found["preuve"])["parametres"]["seuil_date"] == value


DAYS = st.dates(date(1977, 1, 1), date(2030, 1, 1))


@given(st.lists(st.tuples(DAYS, st.integers(0, 99)), min_size=1, max_size=6, unique_by=lambda pair: pair[0]), DAYS)
def test_whatever_its_history_a_parameter_holds_its_last_value_of_that_day(history: list[tuple[date, int]], day: date) -> None:
    dated = [DatedValue(depuis=since, valeur=value) for since, value in sorted(history)]
    parameter = Parameter(nom="seuil", libelle="Seuil", type=ParameterType.ENTIER, valeurs=tuple(dated), source="Essai")
    held = [value for since, value in sorted(history) if since <= day]

    with duckdb.connect() as connection:
        found = connection.execute(f"select {value_of(parameter, 'jour')} from (select date '{day}' as jour)").fetchone()

    assert found == (held[-1] if held else None,)


@given(st.dates(date(1980, 1, 1), date(2026, 1, 1)), st.integers(-400, 400))
def test_nine_years_less_a_day_is_the_shortest_term_whatever_the_day(effect: date, shift: int) -> None:
    try:
        nine_years = effect.replace(year=effect.year + 9)
    except ValueError:
        nine_years = date(effect.year + 9, 2, 28)
    term = nine_years - timedelta(days=1) + timedelta(days=shift)
    query = f"select date '{term}' < date '{effect}' + to_years(9) - interval 1 day"
    with duckdb.connect() as connection:
        assert connection.execute(query).fetchone() == (shift < 0,)
