"""Line 28 of migration-traps.md: every filled column lands, and what no mart uses stays reachable in staging."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import duckdb
import pytest

from data_contracts.delivery import table_path
from data_contracts.loader import ROOT, source_tables
from data_contracts.source_contract import ColumnType, SourceTable, Treatment
from tests.integration.traps.parc import Parc, case
from tests.support.made_delivery import MadeDelivery, Value

CONTRACTS = source_tables("ecoloweb")
STAGING = ROOT.parent / "dbt" / "models" / "staging" / "ecoloweb"
UNREAD_TABLES = ("conventionapl", "conventiondonneesgenerales", "avenant", "programmelogement")
"""The tables of which the official import leaves filled columns unread."""

FILLED: dict[ColumnType, tuple[Value, object]] = {
    ColumnType.ENTIER: (7, 7),
    ColumnType.REEL: (12.5, 12.5),
    ColumnType.TEXTE: ("x7", "x7"),
    ColumnType.DATE: ("2007-07-07", date(2007, 7, 7)),
    ColumnType.BOOLEEN: (True, True),
}
"""What each type of column is filled with, and what then lands."""


def _filled(contract: SourceTable) -> dict[str, Any]:
    return {
        column.nom: FILLED[column.type][0]
        for column in contract.colonnes
        if column.reference is None and column.nom not in contract.cle_primaire
    }


@case
def one_row_filled_to_the_last_column(made: MadeDelivery) -> dict[str, int]:
    values = {table: _filled(CONTRACTS[f"ecolo_{table}"]) for table in UNREAD_TABLES}
    convention = made.convention(**values["conventionapl"], entitemodification_id=made.an_office)
    periode = made.periode(convention, **values["conventiondonneesgenerales"])
    avenant = made.avenant(convention, **values["avenant"])
    programme = made.programme(periode, **values["programmelogement"])
    return dict(zip(UNREAD_TABLES, (convention, periode, avenant, programme), strict=True))


@pytest.mark.parametrize("table", UNREAD_TABLES)
def test_trap_28_every_filled_column_lands_with_its_value(parc: Parc, table: str) -> None:
    contract = CONTRACTS[f"ecolo_{table}"]
    row = _landed(parc, contract.table, parc.of(one_row_filled_to_the_last_column)[table])
    expected = {
        column.nom: FILLED[column.type][1]
        for column in contract.landed_columns
        if column.nom in _filled(contract) and column.personnel is None
    }
    assert {name: row[name] for name in expected} == expected


@pytest.mark.parametrize("table", UNREAD_TABLES)
def test_trap_28_a_pseudonym_stands_for_a_filled_personal_column(parc: Parc, table: str) -> None:
    contract = CONTRACTS[f"ecolo_{table}"]
    row = _landed(parc, contract.table, parc.of(one_row_filled_to_the_last_column)[table])
    hidden = [
        column.nom
        for column in contract.landed_columns
        if column.personnel and column.personnel.traitement is Treatment.PSEUDONYMISER
    ]
    assert all(row[name].startswith("p:") for name in hidden)


@pytest.mark.parametrize("contract", CONTRACTS.values(), ids=CONTRACTS.keys())
def test_trap_28_staging_gives_every_landed_column(contract: SourceTable) -> None:
    (model,) = [path for path in STAGING.glob("*.sql") if f"'{contract.table}'" in path.read_text(encoding="utf-8")]
    words = set(re.findall(r"\w+", model.read_text(encoding="utf-8")))
    assert {column.nom for column in contract.landed_columns} <= words


def _landed(parc: Parc, table: str, row_id: int) -> dict[str, Any]:
    with duckdb.connect() as connection:
        found = connection.execute(
            "select * from read_parquet(?) where id = ?", [str(table_path(parc.run.home, parc.delivery, table)), row_id]
        )
        names = [column[0] for column in found.description or ()]
        (row,) = found.fetchall()
    return dict(zip(names, row, strict=True))
