"""One value of a code list, changed in a contract: the reader, the suite and the dbt test change with it."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import pytest
import yaml

from dagster_project.checks.suites import delivery_suites
from data_contracts.delivery import quarantine_path
from data_contracts.generate import source_document
from data_contracts.layout import Home
from data_contracts.loader import SOURCES, source_tables
from ingest.importer import ImportReport, import_delivery
from tests.support import made_sisal

NOW = datetime(2026, 11, 1, tzinfo=UTC)
HOUSING = "valeurs_type_d_habitat"


class Received:
    """A report with a new kind of housing, received under contracts that list these codes."""

    def __init__(self, folder: Path, codes: Sequence[str], gravite: str) -> None:
        self.contracts, self.home = folder / "contrats", Home(folder / "parc")
        shutil.copytree(SOURCES / "sisal", self.contracts / "sisal")
        shutil.copy(SOURCES / "sisal.yml", self.contracts)
        path = self.contracts / "sisal" / "rapport_1.yml"
        contract = yaml.safe_load(path.read_text(encoding="utf-8"))
        [housing] = [column for column in contract["colonnes"] if column["nom"] == "type_d_habitat"]
        housing |= {"valeurs": list(codes), "gravite_valeurs": gravite}
        path.write_text(yaml.safe_dump(contract), encoding="utf-8")
        report = made_sisal.write_csv(
            folder / "rapport.csv", [{}, {"Type d'habitat": "mixte", "N° Opération GALION": "2016130550002"}]
        )
        self.report: ImportReport = import_delivery(self.home, "sisal", report, now=NOW, contracts=self.contracts)

    def reader(self) -> list[str]:
        """Return the clauses for which rows were refused."""
        path = quarantine_path(self.home, self.report.delivery, "rapport_1")
        return [row[0] for row in duckdb.sql(f"select clause from '{path}'").fetchall()] if path.exists() else []

    def suite(self) -> int:
        """Return how many landed rows break the list, as the suite counts them."""
        [suite] = delivery_suites(self.home, self.report.delivery, source_tables("sisal", self.contracts))
        [(broken,)] = duckdb.sql(suite.rules_query).fetchall()
        rank = [rule.nom for rule in suite.rules].index(HOUSING)
        return int(broken[rank]["nb"]) if rank in broken else 0

    def dbt(self) -> Any:  # noqa: ANN401 - what dbt reads
        """Return the test that dbt makes of the column."""
        [table] = source_document("sisal", self.contracts)["sources"][0]["tables"]
        [column] = [column for column in table["columns"] if column["name"] == "type_d_habitat"]
        return column["data_tests"][0]["accepted_values"]


@pytest.mark.parametrize(
    ("codes", "gravite", "expected"),
    [
        (["collectif", "individuel"], "alerte", ([], 1, "warn")),
        (["collectif", "individuel"], "bloquante", ([HOUSING], 0, "error")),
        (["collectif", "individuel", "mixte"], "bloquante", ([], 0, "error")),
    ],
)
def test_a_code_list_changed_in_its_contract_changes_everywhere(
    codes: list[str], gravite: str, expected: tuple[list[str], int, str], tmp_path: Path
) -> None:
    received = Received(tmp_path, codes, gravite)
    refused, counted, severity = expected

    assert received.reader() == refused
    assert received.suite() == counted
    assert received.dbt() == {"arguments": {"values": codes}, "config": {"severity": severity}}
