"""The Ecoloweb contracts: complete, consistent with one another, and true of the real sample."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

import duckdb
import pytest

from data_contracts.clauses import clauses, quote
from data_contracts.loader import source_tables
from data_contracts.source_contract import DUCKDB_TYPES, ColumnType, Presence, Severity, SourceTable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .conftest import Sample

RECEIVED = date(2026, 11, 1)
REQUIRED = [
    "adressebailleur",
    "annexe",
    "avenant",
    "avenant_typeavenant",
    "bailleur",
    "categoriefinancement",
    "commune",
    "contactbailleur",
    "conventionapl",
    "conventiondonneesgenerales",
    "conventiontype",
    "departement",
    "entitegest",
    "entitegestadresse",
    "famillefinancement",
    "infocadastrale",
    "logement",
    "logementadresse",
    "naturebailleur",
    "naturelogement",
    "piecejointe",
    "programmeadresse",
    "programmelogement",
    "region",
    "sousnaturebailleur",
    "typefinancement",
    "valeurparamstatic",
]
OPTIONAL = [
    "bureaucaf",
    "bureauenregistrement",
    "codepostal",
    "cus",
    "decret",
    "evenement",
    "groupebailleurs",
    "indiceloyer",
    "indiceredevance",
    "infostypelogement",
    "reservataire",
]
ONLY_IN_FULL_DELIVERIES = {
    ("ecolo_bailleur", "groupebailleurs_id"),
    ("ecolo_conventiontype", "decret_id"),
    ("ecolo_avenant", "conventiondonneesgenerales_id"),
    ("ecolo_avenant", "bureauenregistrement_id"),
    ("ecolo_avenant", "conventionprecedente_id"),
    ("ecolo_conventiondonneesgenerales", "bureaucaf_id"),
    ("ecolo_conventiondonneesgenerales", "bureauenregistrement_id"),
    ("ecolo_conventiondonneesgenerales", "annee_id"),
    ("ecolo_conventiondonneesgenerales", "cus_id"),
    ("ecolo_logement", "reservataire_id"),
}
PARENT_KEYS = {
    "ecolo_conventiondonneesgenerales": {"conventionapl_id", "datehistoriquedebut"},
    "ecolo_avenant": {"conventionapl_id"},
    "ecolo_piecejointe": {"conventionapl_id"},
    "ecolo_evenement": {"conventionapl_id"},
    "ecolo_programmelogement": {"conventiondonneesgenerales_id"},
    **{f"ecolo_{table}": {"programmelogement_id"} for table in ("logement", "annexe", "infocadastrale", "programmeadresse")},
}
SQL_TYPES = {
    ColumnType.ENTIER: ("bigint", "integer"),
    ColumnType.REEL: ("real", "double precision"),
    ColumnType.TEXTE: ("character varying",),
    ColumnType.DATE: ("date",),
    ColumnType.BOOLEEN: ("boolean",),
    ColumnType.HORODATAGE_MS: ("bigint",),
}

CONTRACTS = source_tables("ecoloweb")


@pytest.fixture
def landed(sample: Sample) -> Iterator[duckdb.DuckDBPyConnection]:
    """The sample's rows, typed as they land."""
    connection = duckdb.connect()
    for name, contract in CONTRACTS.items():
        columns = [*contract.landed_columns]
        fields = ", ".join(f"{quote(column.nom)} {DUCKDB_TYPES[column.type]}" for column in columns)
        connection.execute(f"create table {name} ({fields}, _ligne bigint)")
        values = [
            [*(instant(row.get(column.nom), column.type) for column in columns), line]
            for line, row in enumerate(sample.rows(name) if name in sample.columns() else [], start=1)
        ]
        if values:
            connection.executemany(f"insert into {name} values ({', '.join('?' * len(values[0]))})", values)
    yield connection
    connection.close()


def instant(value: str | None, kind: ColumnType) -> str | None:
    return "2011-12-16 10:00:00" if value and kind is ColumnType.HORODATAGE_MS else value


def blocking(contract: SourceTable) -> set[str]:
    return {column.nom for column in contract.colonnes if column.obligatoire is Severity.BLOQUANTE}


def test_the_tables_are_the_known_ones_and_say_whether_they_may_be_absent() -> None:
    presence = {name: contract.presence for name, contract in CONTRACTS.items()}

    assert presence == {f"ecolo_{name}": Presence.REQUISE for name in REQUIRED} | {
        f"ecolo_{name}": Presence.FACULTATIVE for name in OPTIONAL
    }


@pytest.mark.parametrize("contract", CONTRACTS.values(), ids=CONTRACTS)
def test_a_table_and_each_of_its_columns_are_described(contract: SourceTable) -> None:
    texts = [contract.description, *(column.description for column in contract.colonnes)]

    assert not [text for text in texts if not re.fullmatch(r"\S.{4,}\.", text)]


def test_every_reference_points_to_a_declared_column() -> None:
    targets = [column.reference for contract in CONTRACTS.values() for column in contract.colonnes if column.reference]

    assert targets
    assert not [target for target in targets if target.colonne not in {column.nom for column in CONTRACTS[target.table].colonnes}]


def test_only_keys_and_what_the_models_need_are_blocking() -> None:
    assert {name: blocking(contract) for name, contract in CONTRACTS.items() if blocking(contract)} == PARENT_KEYS
    assert CONTRACTS["ecolo_avenant_typeavenant"].cle_primaire == ("avenant_id", "typeavenant_id")


def test_the_columns_of_full_deliveries_alone_may_be_absent() -> None:
    required = [contract for contract in CONTRACTS.values() if contract.presence is Presence.REQUISE]
    optional = {
        (contract.table, column.nom)
        for contract in required
        for column in contract.colonnes
        if column.presence is Presence.FACULTATIVE
    }

    assert optional == ONLY_IN_FULL_DELIVERIES


def test_the_contracts_hold_the_columns_of_the_sample_in_its_order(sample: Sample) -> None:
    for table, columns in sample.columns().items():
        declared = [column.nom for column in CONTRACTS[table].colonnes]
        assert declared[: len(columns)] == list(columns), table
        assert all(column.presence is Presence.FACULTATIVE for column in CONTRACTS[table].colonnes[len(columns) :]), table


def test_the_contracts_type_each_column_as_the_sample_does(sample: Sample) -> None:
    wrong = [
        (table, name, sql)
        for table, columns in sample.columns().items()
        for name, sql in columns.items()
        if not sql.startswith(SQL_TYPES[CONTRACTS[table].column(name).type])
    ]

    assert not wrong


def test_the_sample_breaks_one_clause_the_code_of_bordeaux(landed: duckdb.DuckDBPyConnection) -> None:
    broken = {
        (name, clause.identifiant): count
        for name, contract in CONTRACTS.items()
        for clause in clauses(contract, lambda table: table, RECEIVED)
        for (count,) in landed.execute(f"select count(*) from (select {clause.violation} as v from {name}) where v").fetchall()
        if count
    }

    assert broken == {("ecolo_commune", "condition_code_insee"): 1}
