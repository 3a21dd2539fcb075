"""Of a delivery of APiLos, a département keeps its agreements, whatever tells where they are, and their amendments."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from data_contracts.layout import Home
from ingest.importer import ImportReport, import_delivery
from tests.support import made_apilos
from tests.support.made_apilos import TABLES, agreement, lot, programme

from .conftest import NOW

EVERY_COLUMN: dict[str, Any] = dict.fromkeys(TABLES, ())


@pytest.fixture
def imported(home: Home, tmp_path: Path) -> Callable[..., ImportReport]:
    """Import some tables for some départements."""

    def run(tables: dict[str, Any], *departements: str) -> ImportReport:
        folder = made_apilos.write_csv(tmp_path / "livraison", EVERY_COLUMN | tables)
        return import_delivery(home, "apilos", folder, departements=departements, now=NOW)

    return run


@pytest.mark.parametrize(
    ("place", "departement"),
    [
        ({"code_insee_commune": "2A004", "code_insee_departement": "20", "code_postal": "20000"}, "2A"),
        ({"code_insee_commune": "97411", "code_insee_departement": "97", "code_postal": "97400"}, "974"),
        ({"code_insee_commune": "", "code_insee_departement": "20", "code_postal": "20600"}, "2B"),
        ({"code_insee_commune": "", "code_insee_departement": "97", "code_postal": "97400"}, "974"),
        ({"code_insee_commune": "A3063", "code_insee_departement": "33", "code_postal": "33000"}, "33"),
        ({"code_insee_commune": None, "code_insee_departement": None, "code_postal": "33000"}, "33"),
        ({"code_insee_commune": "01004", "code_insee_departement": "33", "code_postal": "33000"}, "01"),
    ],
)
def test_an_agreement_is_in_the_departement_of_its_programme(
    place: dict[str, str | None], departement: str, imported: Callable[..., ImportReport], landed: Callable[..., Any]
) -> None:
    elsewhere = programme(2, code_insee_commune="75056", code_insee_departement="75", code_postal="75001")
    tables = {
        "programmes_programme": [programme(1, **place), elsewhere],
        "conventions_convention": [agreement(1, 1), agreement(2, 2)],
    }

    report = imported(tables, departement)

    assert [row["id"] for row in landed(report, "conventions_convention")] == [1]
    assert [row["id"] for row in landed(report, "programmes_programme")] == [1]


def test_an_amendment_follows_its_agreement_however_they_are_chained(
    imported: Callable[..., ImportReport], landed: Callable[..., Any]
) -> None:
    away = {"code_insee_commune": "75056", "code_insee_departement": "75"}
    tables = {
        "programmes_programme": [programme(1), programme(2, parent_id=1, **away), programme(3, **away)],
        "conventions_convention": [
            agreement(1, 1),
            agreement(2, 2, parent_id=1),
            agreement(3, 2, parent_id=2),
            agreement(4, 3),
            agreement(5, 1, parent_id=4),
        ],
        "programmes_lot": [lot(rank, rank, "PLUS") for rank in range(1, 6)],
        "programmes_logement": [{"id": rank, "lot_id": rank} for rank in range(1, 6)],
        "programmes_annexe": [{"id": rank, "logement_id": rank} for rank in range(1, 6)],
    }

    report = imported(tables, "33")

    assert [row["id"] for row in landed(report, "conventions_convention")] == [1, 2, 3]
    assert [row["id"] for row in landed(report, "programmes_programme")] == [1, 2]
    for table in ("programmes_lot", "programmes_logement", "programmes_annexe"):
        assert [row["id"] for row in landed(report, table)] == [1, 2, 3], table


def test_parents_that_go_round_in_a_circle_are_read_once(imported: Callable[..., ImportReport], landed: Callable[..., Any]) -> None:
    tables = {
        "programmes_programme": [programme(1)],
        "conventions_convention": [agreement(1, 1, parent_id=2), agreement(2, 1, parent_id=1), agreement(3, 1, parent_id=99)],
    }

    assert [row["id"] for row in landed(imported(tables, "33"), "conventions_convention")] == [1, 2, 3]


def test_owners_offices_and_accounts_are_kept_whole(imported: Callable[..., ImportReport]) -> None:
    report = imported(dict(TABLES), "2A")

    counts = {table.table: (table.nb_poses, table.nb_hors_perimetre) for table in report.delivery.tables}
    assert counts["bailleurs_bailleur"] == (3, 0)
    assert counts["users_user"] == (2, 0)
    assert counts["conventions_convention"] == (1, 5)
    assert counts["programmes_programme"] == (1, 5)
    assert counts["conventions_convention_parents_2nd_vie"] == (1, 0)
