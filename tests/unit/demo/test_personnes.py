"""The demo tells whom it planted, and what looks for them finds them wherever they are written."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
import openpyxl
import pytest

from tests.support.personal_scan import leaks, planted

if TYPE_CHECKING:
    from tests.unit.demo.conftest import Demo

NAME, PHONE = "ABRACORAC", "0199001234"


def as_text(path: Path, said: str) -> None:
    path.write_text(f"Erreur : {said} n'est pas un nombre", encoding="utf-8")


def as_parquet(path: Path, said: str) -> None:
    duckdb.execute(f"copy (select 1 as id, ['', $1] as noms) to '{path}' (compression zstd)", [said])


def as_database(path: Path, said: str) -> None:
    with duckdb.connect(str(path)) as connection:
        connection.execute("create schema marts")
        connection.execute("create table marts.t as select {'nom': $1} as n", [said])


def as_journal(path: Path, said: str) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("create table event_logs (event text)")
        connection.execute("insert into event_logs values (?)", ["x" * 10_000 + said])


def as_workbook(path: Path, said: str) -> None:
    book = openpyxl.Workbook()
    book.create_sheet("Détail").append(["", said])
    book.save(path)


def as_its_name(path: Path, said: str) -> None:
    (path / f"{said}.txt").touch()


@pytest.mark.parametrize(
    ("write", "name"),
    [
        (as_text, "journal.log"),
        (as_parquet, "t.parquet"),
        (as_database, "warehouse.duckdb"),
        (as_journal, "event_log.db"),
        (as_workbook, "cas.xlsx"),
        (as_its_name, ""),
    ],
)
@pytest.mark.parametrize("said", ["ABRACORAC", "Mme Abracorac", "01 99 00 12 34", "01.99.00.12.34", "+33199001234"])
def test_a_planted_value_is_found_wherever_it_is_written(
    write: Callable[[Path, str], None], name: str, said: str, tmp_path: Path
) -> None:
    written = tmp_path / "écrit"
    written.mkdir()
    write(written / name, said)
    (tmp_path / "personnes.json").write_text(
        json.dumps({"noms": [NAME], "courriels": [], "telephones": [PHONE], "identifiants": []}), encoding="utf-8"
    )

    [found] = leaks(written, planted(tmp_path / "personnes.json"))

    assert found.value in {NAME, said}


def test_a_file_without_person_has_no_leak(tmp_path: Path) -> None:
    as_text(tmp_path / "a.log", "12a")
    as_parquet(tmp_path / "t.parquet", "")

    assert leaks(tmp_path, [NAME, PHONE]) == []


def test_the_demo_tells_every_person_of_its_deliveries(demo: Demo) -> None:
    lists = json.loads(demo.livraison.personnes.read_text(encoding="utf-8"))
    written = {
        "noms": "select nom from contactbailleur union select designationinstructeur from conventionapl"
        " union select last_name from users_user union select raisonsociale from bailleur where codepersonne like 'P%'",
        "courriels": "select mail from adressebailleur union select email from users_user",
        "telephones": "select tel from contactbailleur union select telephone from users_user",
        "identifiants": "select codepersonne from bailleur where codepersonne like 'P%'",
    }

    for name, query in written.items():
        values = {value for (value,) in demo.lignes(query) if value}
        assert values
        assert values <= set(lists[name])


@pytest.mark.parametrize(
    "query",
    [
        "select message from comments_comment",
        "select memoreprise from conventionapl",
        "select description from evenement",
        "select description from piecejointe",
        "select ligne1 from programmeadresse",
    ],
)
def test_free_texts_and_addresses_name_persons_too(query: str, demo: Demo) -> None:
    lists = json.loads(demo.livraison.personnes.read_text(encoding="utf-8"))
    texts = " ".join(text for (text,) in demo.lignes(query) if text).upper()

    assert [name for name in lists["noms"] if name in texts]
