"""Rows that break a blocking clause go to quarantine with the reason; what stays landed respects every one of them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

PARENT = {"colonnes": {"id": "entier", "code": {"type": "texte", "obligatoire": "bloquante"}}}


def child(gravite: str = "bloquante", table: str = "ecolo_parent", **reference: str) -> dict[str, Any]:
    """Write a contract whose rows refer to another table."""
    column = {"type": "entier", "reference": {"table": table, "gravite": gravite, **reference}}
    return {"colonnes": {"id": "entier", "parent_id": column}}


@pytest.fixture
def result(
    contracts: Callable[..., Path],
    csv_folder: Callable[..., Path],
    deliver: Callable[..., Any],
    landed: Callable[..., Any],
    refused: Callable[..., Any],
) -> Callable[..., dict[str, tuple[list[int], list[tuple[int, str]]]]]:
    """Import tables given as (contract, rows); return by table the lines landed, and those refused with their clause."""

    def run(**tables: tuple[dict[str, Any], list[Any]]) -> dict[str, tuple[list[int], list[tuple[int, str]]]]:
        folder = csv_folder(**{name: rows for name, (_, rows) in tables.items()})
        report = deliver(folder, contracts(**{name: contract for name, (contract, _) in tables.items()}))
        for table in report.delivery.tables:
            assert table.nb_recus == table.nb_poses + table.nb_quarantaine == len(tables[table.table][1]) - 1
        return {
            name: (
                [row["_ligne"] for row in landed(report, name)],
                [(row["_ligne"], row["clause"]) for row in refused(report, name)],
            )
            for name in tables
        }

    return run


def test_a_row_without_its_key_or_with_an_unreadable_key_is_refused(result: Callable[..., Any]) -> None:
    rows = [("id", "code"), ("1", "a"), (None, "b"), ("x", "c"), ("4", "d")]

    assert result(ecolo_a=(PARENT, rows))["ecolo_a"] == ([2, 5], [(3, "cle_primaire_absente"), (4, "cle_primaire_absente")])


def test_only_the_first_of_the_rows_with_one_key_lands(result: Callable[..., Any]) -> None:
    rows = [("id", "code"), ("1", "a"), ("2", "b"), ("1", "c"), ("01", "d")]

    assert result(ecolo_a=(PARENT, rows))["ecolo_a"] == ([2, 3], [(4, "cle_primaire_en_double"), (5, "cle_primaire_en_double")])


def test_a_row_that_breaks_two_clauses_is_refused_once_for_the_first(result: Callable[..., Any]) -> None:
    assert result(ecolo_a=(PARENT, [("id", "code"), (None, None)]))["ecolo_a"] == ([], [(2, "cle_primaire_absente")])


@pytest.mark.parametrize(
    ("change", "rows", "clause"),
    [
        ({}, [("1", None)], "obligatoire_code"),
        ({"code": {"type": "texte", "valeurs": ["A"], "gravite_valeurs": "bloquante"}}, [("1", "B")], "valeurs_code"),
        ({"code": "date"}, [("1", "infinity"), ("2", "2020-01-01")], None),
    ],
)
def test_each_blocking_clause_refuses(
    change: dict[str, Any], rows: list[Any], clause: str | None, result: Callable[..., Any]
) -> None:
    contract = {"colonnes": {**PARENT["colonnes"], **change}}
    _, refusals = result(ecolo_a=(contract, [("id", "code"), *rows]))["ecolo_a"]

    assert refusals == ([(2, clause)] if clause else [])


def test_a_blocking_unique_key_and_a_blocking_condition_refuse(result: Callable[..., Any]) -> None:
    contract = {
        "colonnes": {"id": "entier", "code": "texte"},
        "unicites": [{"colonnes": ["code"], "gravite": "bloquante"}],
        "conditions": [{"nom": "positif", "condition": "id > 0", "message": "id négatif", "gravite": "bloquante"}],
    }
    rows = [("id", "code"), ("1", "a"), ("2", "a"), ("-3", "b"), ("4", None), ("5", None)]

    assert result(ecolo_a=(contract, rows))["ecolo_a"] == ([2, 5, 6], [(3, "unicite_code"), (4, "condition_positif")])


def test_a_clause_that_only_alerts_refuses_nothing(result: Callable[..., Any]) -> None:
    rows = [("id", "parent_id"), ("1", "99")]

    tables = result(ecolo_enfant=(child("alerte"), rows), ecolo_parent=(PARENT, [("id", "code")]))

    assert tables["ecolo_enfant"] == ([2], [])


def test_a_reference_to_nothing_is_refused_and_no_reference_is_not(result: Callable[..., Any]) -> None:
    rows = [("id", "parent_id"), ("1", "10"), ("2", "99"), ("3", None)]

    tables = result(ecolo_enfant=(child(), rows), ecolo_parent=(PARENT, [("id", "code"), ("10", "a")]))

    assert tables["ecolo_enfant"] == ([2, 4], [(3, "reference_parent_id")])


def test_a_reference_may_be_limited_to_some_rows(result: Callable[..., Any]) -> None:
    rows = [("id", "parent_id"), ("1", "10"), ("2", "11")]

    tables = result(ecolo_enfant=(child(si="code = 'a'"), rows), ecolo_parent=(PARENT, [("id", "code"), ("10", "a"), ("11", "b")]))

    assert tables["ecolo_enfant"] == ([2], [(3, "reference_parent_id")])


def test_a_reference_to_a_table_not_delivered_is_not_checked(
    contracts: Callable[..., Path], csv_folder: Callable[..., Path], deliver: Callable[..., Any]
) -> None:
    contract = contracts(ecolo_enfant=child(), ecolo_parent={**PARENT, "presence": "facultative"})

    report = deliver(csv_folder(ecolo_enfant=[("id", "parent_id"), ("1", "99")]), contract)

    assert (report.delivery.tables[0].nb_poses, report.delivery.tables_absentes) == (1, ("ecolo_parent",))


def test_a_refused_row_takes_along_those_that_refer_to_it_however_deep(result: Callable[..., Any]) -> None:
    tables = result(
        ecolo_a_petit_enfant=(child(table="ecolo_enfant"), [("id", "parent_id"), ("100", "1"), ("101", "2")]),
        ecolo_enfant=(child(), [("id", "parent_id"), ("1", "10"), ("2", "11")]),
        ecolo_parent=(PARENT, [("id", "code"), ("10", None), ("11", "b")]),
    )

    assert tables["ecolo_parent"] == ([3], [(2, "obligatoire_code")])
    assert tables["ecolo_enfant"] == ([3], [(2, "reference_parent_id")])
    assert tables["ecolo_a_petit_enfant"] == ([3], [(2, "reference_parent_id")])


def test_tables_that_refer_to_each_other_settle(result: Callable[..., Any]) -> None:
    one = {"colonnes": {"id": "entier", "autre_id": {"type": "entier", "reference": {"table": "ecolo_b", "gravite": "bloquante"}}}}
    two = {"colonnes": {"id": "entier", "autre_id": {"type": "entier", "reference": {"table": "ecolo_a", "gravite": "bloquante"}}}}

    tables = result(
        ecolo_a=(one, [("id", "autre_id"), ("1", "1"), ("2", "2"), ("3", "99")]),
        ecolo_b=(two, [("id", "autre_id"), ("1", "1"), ("2", "3")]),
    )

    assert tables["ecolo_a"] == ([2], [(3, "reference_autre_id"), (4, "reference_autre_id")])
    assert tables["ecolo_b"] == ([2], [(3, "reference_autre_id")])


def test_a_refused_row_keeps_its_key_its_reason_and_the_text_received(
    contracts: Callable[..., Path], csv_folder: Callable[..., Path], deliver: Callable[..., Any], refused: Callable[..., Any]
) -> None:
    columns = {"id": "entier", "rang": "entier", "libelle": {"type": "texte", "obligatoire": "bloquante"}, "date": "date"}
    contract = contracts(ecolo_a={"cle_primaire": ["id", "rang"], "colonnes": columns})
    folder = csv_folder(ecolo_a=[("date", "rang", "libelle", "id"), ("infinity", "2", None, "7"), ("2020-01-01", "1", "a", "7")])

    [row] = refused(deliver(folder, contract), "ecolo_a")

    assert {**row, "brut": json.loads(row["brut"])} == {
        "_ligne": 2,
        "cle": "7|2",
        "clause": "obligatoire_libelle",
        "motif": "libelle absent ou illisible",
        "brut": {"id": "7", "rang": "2", "libelle": None, "date": "infinity"},
    }


def test_the_columns_of_a_quarantine_file_are_those_agreed(
    contracts: Callable[..., Path], csv_folder: Callable[..., Path], deliver: Callable[..., Any], refused: Callable[..., Any]
) -> None:
    report = deliver(csv_folder(ecolo_a=[("id", "code"), (None, "a")]), contracts(ecolo_a=PARENT))

    [row] = refused(report, "ecolo_a")
    assert list(row) == ["_ligne", "cle", "clause", "motif", "brut"]
    assert row["cle"] is None
    assert "ecolo_a : 1 ligne sur 1 en quarantaine." in report.avertissements


def test_values_kept_beside_are_counted_on_the_landed_rows_only(
    contracts: Callable[..., Path], csv_folder: Callable[..., Path], deliver: Callable[..., Any]
) -> None:
    columns = {"id": "entier", "debut": "date", "fin": "date"}
    rows = [("id", "debut", "fin"), ("1", "infinity", "infinity"), (None, "infinity", None), ("3", "2020-01-01", "2020-01-01")]

    report = deliver(csv_folder(ecolo_a=rows), contracts(ecolo_a={"colonnes": columns}))

    assert report.delivery.tables[0].nb_illisibles == 2
