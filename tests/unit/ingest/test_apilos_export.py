"""The export of APiLos, one agreement a line, gives the tables of its database."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from data_contracts.errors import BadInputError
from data_contracts.layout import Home
from ingest.importer import ImportReport, import_delivery
from tests.support import made_apilos
from tests.support.made_apilos import EMAIL, NAME, key

from .conftest import NOW


@pytest.fixture
def imported(home: Home, tmp_path: Path) -> Callable[..., ImportReport]:
    """Import an export of these agreements, by default those of the made database."""

    def run(agreements: list[dict[str, Any]] | None = None, **options: Any) -> ImportReport:  # noqa: ANN401 (any option of the import)
        path = made_apilos.write_export(tmp_path / "conventions.json", agreements or made_apilos.exported())
        return import_delivery(home, "apilos", path, **{"now": NOW, **options})

    return run


def agreement(rank: int, **values: object) -> dict[str, Any]:
    """Give the least that an export can say of an agreement."""
    return {"uuid": key(rank), "numero_convention": f"N{rank}", "statut": "5. Signée", "operation": {}, "lots": [], **values}


def test_the_agreements_of_an_export_are_those_of_the_database(
    imported: Callable[..., ImportReport], landed: Callable[..., Any]
) -> None:
    names = ("uuid", "numero", "statut", "date_fin_conventionnement", "fond_propre", "gestionnaire")
    rows = landed(imported(), "conventions_convention")

    database = {row["uuid"]: row for row in made_apilos.TABLES["conventions_convention"]}
    assert len(rows) == len(database)
    for row in rows:
        received = database[row["uuid"]]
        told = {name: None if received.get(name) is None else str(received.get(name)) for name in names}
        assert {name: None if row[name] is None else str(row[name]) for name in names} == told


def test_an_amendment_does_not_take_the_signature_of_its_agreement(
    imported: Callable[..., ImportReport], landed: Callable[..., Any]
) -> None:
    rows = {row["uuid"]: row for row in landed(imported(), "conventions_convention")}

    assert str(rows[key(1)]["televersement_convention_signee_le"]) == "2023-03-20"
    assert rows[key(2)]["televersement_convention_signee_le"] is None
    assert rows[key(2)]["parent_id"] == rows[key(1)]["id"]
    assert rows[key(2)]["numero"] == "1"


def test_agreements_come_before_their_amendments(imported: Callable[..., ImportReport], landed: Callable[..., Any]) -> None:
    rows = landed(imported(), "conventions_convention")

    assert [row["parent_id"] is not None for row in rows] == [False, False, False, False, True, True]
    assert [row["id"] for row in sorted(rows, key=lambda row: row["uuid"])] == [1, 2, 3, 4, 5, 6]


def test_the_order_of_the_lines_changes_nothing(imported: Callable[..., ImportReport], landed: Callable[..., Any]) -> None:
    one = imported()
    other = imported(made_apilos.exported()[::-1])

    assert not other.deja_importee
    for table in one.delivery.tables:
        assert landed(one, table.table) == landed(other, table.table), table.table


def test_what_hangs_on_an_agreement_follows_it(imported: Callable[..., ImportReport], landed: Callable[..., Any]) -> None:
    report = imported()
    agreements = {row["id"]: row["uuid"] for row in landed(report, "conventions_convention")}
    lots = {row["id"]: row for row in landed(report, "programmes_lot")}
    dwellings = {row["id"]: row for row in landed(report, "programmes_logement")}

    assert [(agreements[row["convention_id"]], row["financement"]) for row in lots.values()].count((key(1), "PLAI")) == 1
    loans = landed(report, "conventions_pret")
    assert [(lots[row["lot_id"]]["financement"], row["preteur"]) for row in loans] == [
        ("PLUS", "CDCL"),
        ("PLUS", "ETAT"),
        ("PLAI", "AUTRE"),
    ]
    [annex] = landed(report, "programmes_annexe")
    assert dwellings[annex["logement_id"]]["designation"] == "A1"
    [origin] = landed(report, "ecoloweb_ecoloreference")
    assert agreements[origin["apilos_id"]] == key(5)


def test_an_owner_named_by_several_agreements_is_one_row(imported: Callable[..., ImportReport], landed: Callable[..., Any]) -> None:
    report = imported()
    owners = {row["id"]: row for row in landed(report, "bailleurs_bailleur")}

    programmes = landed(report, "programmes_programme")
    assert len(programmes) == 6
    assert len(owners) == 2
    assert sum(owners[row["bailleur_id"]]["siren"] == "732829320" for row in programmes) == 5


def test_nothing_of_a_person_lands(home: Home, imported: Callable[..., ImportReport]) -> None:
    imported()

    for path in home.landing.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            assert EMAIL.encode() not in content
            assert NAME.encode() not in content


def test_an_amendment_may_name_an_agreement_that_is_not_there(
    imported: Callable[..., ImportReport], landed: Callable[..., Any]
) -> None:
    report = imported([agreement(2, convention_parent_uuid=key(1), numero_avenant="1")])

    [row] = landed(report, "conventions_convention")
    assert (row["id"], row["parent_id"], row["numero"]) == (2, 1, "1")
    [programme] = landed(report, "programmes_programme")
    assert programme["parent_id"] is None


def test_what_the_contracts_do_not_know_is_told_and_not_landed(
    imported: Callable[..., ImportReport], landed: Callable[..., Any]
) -> None:
    report = imported([agreement(1, surprise="inattendue", lots=[{"financement": "PLUS", "autre_surprise": 1}])])

    unknown = {table.table: table.colonnes_inconnues for table in report.delivery.tables if table.colonnes_inconnues}
    assert unknown == {"conventions_convention": ("surprise",), "programmes_lot": ("autre_surprise",)}
    assert "surprise" not in landed(report, "conventions_convention")[0]


def test_a_departement_keeps_its_agreements_and_their_amendments(
    imported: Callable[..., ImportReport], landed: Callable[..., Any]
) -> None:
    report = imported(departements=["2A", "974"])

    assert sorted(row["uuid"] for row in landed(report, "conventions_convention")) == [key(4), key(6)]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('{"uuid": "a', "ce n'est pas du JSON lisible"),
        ("[]", "ce n'est pas une convention"),
        ('{"numero_convention": "1"}', "la convention n'a pas d'identifiant (uuid)"),
        ('{"uuid": "12"}', "« uuid » n'est pas un identifiant public (uuid)"),
        (f'{{"uuid": "{key(9)}", "operation": []}}', "« operation » n'est pas un objet"),
        (f'{{"uuid": "{key(9)}", "lots": {{}}}}', "« lots » n'est pas une liste d'objets"),
        (f'{{"uuid": "{key(9)}", "lots": [{{"logements": ["A1"]}}]}}', "« logements » n'est pas une liste d'objets"),
        (f'{{"uuid": "{key(9)}", "avenant_types": "duree"}}', "« avenant_types » n'est pas une liste de textes"),
        (f'{{"uuid": "{key(9)}", "statut": ["5. Signée"]}}', "une valeur simple est remplacée par un objet ou une liste"),
        (f'{{"uuid": "{key(9)}", "gestionnaire": "\\ud800"}}', "un texte contient un caractère qui n'existe pas"),
        (f'{{"uuid": "{key(9)}", "operation": {{"nom": "a\\u0000"}}}}', "un texte contient un caractère qui n'existe pas"),
        (f'{{"uuid": "{key(1)}"}}', "la convention est déjà à la ligne 1"),
    ],
)
def test_a_line_that_is_not_an_agreement_is_told_with_its_number(line: str, reason: str, home: Home, tmp_path: Path) -> None:
    path = tmp_path / "conventions.json"
    path.write_text(f"{json.dumps(agreement(1))}\n\n{line}\n", encoding="utf-8")

    with pytest.raises(BadInputError) as refusal:
        import_delivery(home, "apilos", path, now=NOW)

    assert str(refusal.value) == (
        f"« conventions.json », ligne 3 : {reason} ; refaire l'export d'APiLos ou le transférer de nouveau."
    )
    assert list(home.landing.rglob("*.parquet")) == []


def test_a_character_written_in_two_halves_lands(home: Home, landed: Callable[..., Any], tmp_path: Path) -> None:
    path = tmp_path / "conventions.json"
    path.write_text(json.dumps(agreement(1, operation={"nom": "Été 🏠"})), encoding="utf-8")

    report = import_delivery(home, "apilos", path, now=NOW)

    [row] = landed(report, "programmes_programme")
    assert row["nom"] is not None


def test_a_file_that_is_neither_a_dump_nor_an_export_is_refused(home: Home, tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("rien", encoding="utf-8")

    with pytest.raises(BadInputError, match="n'est ni un dump"):
        import_delivery(home, "apilos", path, now=NOW)
