"""The suites that the contracts give, executed by DuckDB alone: what is counted, which keys are shown."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import duckdb
import pytest

from dagster_project.checks.control import KEYS_SHOWN, Family
from dagster_project.checks.suites import COLUMNS, ROWS, Suite, product_suite, source_suite
from data_contracts.product_contract import Product
from data_contracts.source_contract import Severity, SourceTable

RECEIVED = date(2026, 11, 1)
SOURCE = SourceTable.model_validate(
    {
        "source": "essai",
        "table": "lot",
        "titre": "Lots",
        "description": "Lots.",
        "cle_primaire": ["id"],
        "colonnes": [
            {"nom": "id", "type": "entier", "description": "Clé.", "obligatoire": "bloquante"},
            {"nom": "type", "type": "texte", "description": "Type.", "valeurs": ["A", "B"]},
            {"nom": "convention_id", "type": "entier", "description": "Convention.", "reference": {"table": "convention"}},
            {
                "nom": "nom_contact",
                "type": "texte",
                "description": "Nom.",
                "personnel": {"traitement": "supprimer", "motif": "nom d'une personne"},
            },
        ],
        "conditions": [{"nom": "petit", "condition": "id < 1000", "message": "numéro trop grand", "gravite": "bloquante"}],
    }
)
MART = Product.model_validate(
    {
        "mart": "fct_lot",
        "titre": "Lots",
        "grain": "un lot",
        "description": "Lots.",
        "acces": ["convention"],
        "cle_primaire": ["convention_id", "rang"],
        "colonnes": [
            {"nom": "convention_id", "type": "VARCHAR", "description": "Convention.", "reference": "fct_convention.convention_id"},
            {"nom": "rang", "type": "INTEGER", "description": "Rang."},
            {"nom": "famille", "type": "VARCHAR", "description": "Famille.", "obligatoire": True, "valeurs": ["PLUS", "PLAI"]},
            {"nom": "financements", "type": "VARCHAR[]", "description": "Financements.", "valeurs": ["PLUS", "PLAI"]},
        ],
    }
)


@pytest.fixture
def database() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        connection.execute("create table lot (id bigint, type varchar, convention_id bigint, _ligne bigint, _illisible varchar)")
        connection.execute("create table convention (id bigint)")
        connection.execute("insert into convention values (1)")
        connection.execute("create schema marts; create table marts.fct_convention (convention_id varchar)")
        connection.execute("insert into marts.fct_convention values ('c1')")
        connection.execute(
            "create table marts.fct_lot (convention_id varchar, rang integer, famille varchar, financements varchar[])"
        )
        yield connection


def source(rows: int = 0) -> Suite:
    return source_suite(SOURCE, lambda table: table, rows, RECEIVED)


def broken(database: duckdb.DuckDBPyConnection, suite: Suite) -> dict[str, tuple[int, list[str]]]:
    """Return the rules that some row breaks, with the count and the first keys."""
    [(found,)] = database.execute(suite.rules_query).fetchall()
    return {suite.rules[rank].nom: (measured["nb"], measured["cles"]) for rank, measured in found.items()}


def test_a_source_suite_measures_columns_rows_and_each_clause_of_the_contract() -> None:
    identities = [identity.nom for identity in source().identities()]

    assert identities == [
        COLUMNS,
        ROWS,
        "cle_primaire_absente",
        "cle_primaire_en_double",
        "obligatoire_id",
        "valeurs_type",
        "reference_convention_id",
        "texte_abime",
        "condition_petit",
        "personnel_type",
    ]
    assert {identity.famille for identity in source().identities()} == {Family.CONTRAT_SOURCE}


def test_a_column_that_never_lands_is_not_expected() -> None:
    assert source().columns == ("id BIGINT", "type VARCHAR", "convention_id BIGINT", "_ligne BIGINT", "_illisible VARCHAR")


def test_a_reference_to_a_table_that_was_not_delivered_is_not_measured() -> None:
    suite = source_suite(SOURCE, lambda table: table if table == "lot" else None, 0, RECEIVED)

    assert "reference_convention_id" not in [rule.nom for rule in suite.rules]


def test_clauses_keep_their_severity() -> None:
    severities = {rule.nom: rule.gravite for rule in source().rules}

    assert severities["valeurs_type"] is Severity.ALERTE
    assert severities["condition_petit"] is Severity.BLOQUANTE


def test_a_sound_table_breaks_no_rule(database: duckdb.DuckDBPyConnection) -> None:
    database.execute("insert into lot values (1, 'A', 1, 1, null), (2, null, null, 2, null)")

    assert broken(database, source()) == {}


def test_an_empty_table_breaks_no_rule(database: duckdb.DuckDBPyConnection) -> None:
    assert broken(database, source()) == {}


def test_failing_rows_are_counted_and_shown_by_key_in_the_order_of_the_delivery(database: duckdb.DuckDBPyConnection) -> None:
    database.execute(
        "insert into lot values (7, 'Z', 1, 3, null), (5, 'Z', 9, 1, null), (5, 'A', 1, 2, null), (2000, 'A', 1, 4, null)"
    )

    assert broken(database, source()) == {
        "cle_primaire_en_double": (1, ["5"]),
        "valeurs_type": (2, ["5", "7"]),
        "reference_convention_id": (1, ["5"]),
        "condition_petit": (1, ["2000"]),
    }


def test_a_key_that_seems_to_tell_a_person_is_shown_by_its_line(database: duckdb.DuckDBPyConnection) -> None:
    keyed_by_text = SOURCE.model_copy(update={"cle_primaire": ("type",), "conditions": ()})
    database.execute("insert into lot values (1, 'prenom.nom@exemple.fr', 1, 42, null), (2, 'Z', 1, 43, null)")

    found = broken(database, source_suite(keyed_by_text, lambda table: table, 0, RECEIVED))

    assert found == {"valeurs_type": (2, ["ligne 42", "Z"]), "personnel_type": (1, ["ligne 42"])}


def test_a_row_without_key_is_shown_by_its_line(database: duckdb.DuckDBPyConnection) -> None:
    database.execute("insert into lot values (null, 'A', 1, 42, null)")

    assert broken(database, source())["cle_primaire_absente"] == (1, ["ligne 42"])


def test_only_the_first_keys_are_shown(database: duckdb.DuckDBPyConnection) -> None:
    database.execute("insert into lot select i, 'Z', 1, i, null from range(1, 101) as r(i)")

    count, keys = broken(database, source())["valeurs_type"]
    assert count == 100
    assert keys == [str(i) for i in range(1, KEYS_SHOWN + 1)]


def test_columns_are_found_with_their_types_in_order(database: duckdb.DuckDBPyConnection) -> None:
    row = database.execute(source().columns_query).fetchone()

    assert row is not None
    assert tuple(row[0]) == source().columns


def test_a_sound_mart_breaks_no_rule(database: duckdb.DuckDBPyConnection) -> None:
    database.execute("insert into marts.fct_lot values ('c1', 1, 'PLUS', ['PLAI', 'PLUS']), ('c1', 2, 'PLAI', null)")

    assert broken(database, product_suite(MART)) == {}


def test_each_promise_of_a_mart_is_measured(database: duckdb.DuckDBPyConnection) -> None:
    database.execute(
        "insert into marts.fct_lot values ('c1', 1, 'PLUS', ['AUTRE']), ('c1', 1, null, []), ('c2', 1, 'AUTRE', null), "
        "(null, 3, 'PLUS', null)"
    )

    assert broken(database, product_suite(MART)) == {
        "cle_primaire_absente": (1, ["clé absente"]),
        "cle_primaire_en_double": (2, ["c1|1", "c1|1"]),
        "reference_convention_id": (1, ["c2|1"]),
        "obligatoire_famille": (1, ["c1|1"]),
        "valeurs_famille": (1, ["c2|1"]),
        "valeurs_financements": (1, ["c1|1"]),
    }


def test_every_promise_of_a_mart_blocks() -> None:
    assert {rule.gravite for rule in product_suite(MART).rules} == {Severity.BLOQUANTE}
