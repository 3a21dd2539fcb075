"""`parc quarantaine`: what is refused, the file in which people correct it, what is wrong in that file, and the replay."""

from __future__ import annotations

import csv
import io
import json
import shutil
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from dagster_project import cli, quarantine_files
from dagster_project.commands import status
from data_contracts.delivery import current_deliveries
from data_contracts.layout import Home
from data_contracts.loader import source_tables
from data_contracts.lock import exclusive
from data_contracts.source_contract import ColumnType
from ingest import corrections
from ingest.importer import import_delivery
from ingest.proposals import locked_columns
from tests.support.made_delivery import MadeDelivery

NOW = datetime(2026, 11, 1, tzinfo=UTC)
CONVENTION, BAILLEUR = "ecolo_conventionapl", "ecolo_bailleur"
Said = Callable[..., tuple[int, str]]


@pytest.fixture(scope="module")
def made_home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """An agreement and an owner, each followed by another under the same key, and a dwelling of no programme."""
    folder = tmp_path_factory.mktemp("recue")
    made = MadeDelivery()
    made.convention(id=900_500, libelle="Les Tilleuls")
    made.convention(id=900_500, noordre="=00123", datedepot="1998-11-26", designationinstructeur="Agent Inventé")
    made.bailleur(id=900_600)
    made.bailleur(id=900_600)
    made.add("logement", datecreation=0)
    home = Home(folder / "parc")
    import_delivery(home, "ecoloweb", made.write(folder / "livraison"), now=NOW)
    return home


@pytest.fixture
def home(made_home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    """The same, that nobody corrected."""
    shutil.copytree(made_home.root, tmp_path / "parc")
    monkeypatch.setenv("PARC_HOME", str(tmp_path / "parc"))
    monkeypatch.setenv("PARC_AUTEUR", "A. Essai")
    return Home(tmp_path / "parc")


@pytest.fixture
def parc(home: Home, capsys: pytest.CaptureFixture[str]) -> Said:
    """The command, giving its exit code and everything it said."""
    assert home.root.is_dir()

    def run(*arguments: str | Path) -> tuple[int, str]:
        code = cli.execute(["quarantaine", *map(str, arguments)])
        said = capsys.readouterr()
        return code, said.out + said.err

    return run


@pytest.fixture
def filled(parc: Said, tmp_path: Path) -> Callable[..., Path]:
    """The workbook of the refused rows, some cells of the first row of a table typed over, by title."""

    def fill(table: str, **cells: Any) -> Path:  # noqa: ANN401 - whatever a person types
        path = tmp_path / "corrections.xlsx"
        assert parc("exporter", "--sortie", path)[0] == 0
        book = openpyxl.load_workbook(path)
        [sheet] = [sheet for sheet in book if sheet.title.endswith(table)]
        titles = [cell.value for cell in sheet[1]]
        for title, value in cells.items():
            known = next((place for place, found in enumerate(titles) if str(found).split(" (")[0] == title), len(titles))
            sheet.cell(row=1, column=known + 1).value = titles[known] if known < len(titles) else title
            sheet.cell(row=2, column=known + 1).value = value
        book.save(path)
        return path

    return fill


def recorded(home: Home) -> dict[str, Mapping[str, str | None]]:
    return {found.table: found.valeurs for found in corrections.read(home).current.values()}


def liberer(parc: Said, path: Path) -> tuple[int, str]:
    return parc("liberer", path, "--motif", "vu avec le service")


def test_the_refused_rows_are_counted_by_reason_and_shown(parc: Said) -> None:
    code, said = parc("lister")

    assert code == 0
    assert "Lignes en quarantaine des livraisons courantes : 3, dont 0 à rejouer." in said
    assert f"ecoloweb {CONVENTION} : 1 ligne, cle_primaire_en_double (clé id déjà portée par une ligne précédente), refusée" in said
    assert f"ecoloweb {CONVENTION} ligne 3 (clé 900500)" in said


def test_the_json_form_has_its_documented_names(parc: Said) -> None:
    _, said = parc("lister", "--source", "ecoloweb", "--table", CONVENTION, "--json")

    record = json.loads(said)
    assert list(record) == ["format", "livraisons", "motifs", "lignes"]
    assert list(record["livraisons"][0]) == ["source", "livraison_id", "corrige", "rejouee_le", "nb_quarantaine"]
    assert list(record["motifs"][0]) == ["source", "table", "clause", "motif", "etat", "nb_lignes"]
    assert [(row["table"], row["ligne"], row["etat"]) for row in record["lignes"]] == [(CONVENTION, 3, "refusee")]


def test_a_corrected_row_is_recorded_then_replayed_and_leaves_the_quarantine(
    home: Home, parc: Said, filled: Callable[..., Path]
) -> None:
    code, said = liberer(parc, filled("conventionapl", id=900_501))

    assert code == 0, said
    assert "1 correction enregistrée" in said
    assert "2 lignes laissées telles quelles" in said
    assert recorded(home) == {CONVENTION: {"id": "900501"}}
    assert "corrigée, à rejouer" in parc("lister")[1]
    code, said = parc("rejouer")
    assert code == 0
    assert "1 correction, 1 ligne libérée, 2 encore en quarantaine" in said
    assert current_deliveries(home)["ecoloweb"].corrige is not None
    assert "Rien de nouveau à rejouer" in parc("rejouer")[1]


def test_status_counts_the_refused_rows_and_the_corrections_that_wait(home: Home, parc: Said, filled: Callable[..., Path]) -> None:
    liberer(parc, filled("conventionapl", id=900_501))

    found = status.read(home, NOW)

    assert status.as_record(found)["quarantaine"] == {"nb_lignes": 3, "nb_corrections_en_attente": 1}
    assert any("Quarantaine : 3 lignes" in line for line in status.lines(found))
    assert "1 ligne refusée a une correction à rejouer : lancer « parc quarantaine rejouer »." in status.warnings(found)


def test_a_file_handed_in_twice_adds_nothing(home: Home, parc: Said, filled: Callable[..., Path]) -> None:
    path = filled("conventionapl", id=900_501)
    liberer(parc, path)

    _, said = liberer(parc, path)

    assert "0 correction enregistrée" in said
    assert "1 déjà connue" in said
    assert len(list(home.corrections.iterdir())) == 1


@pytest.mark.parametrize(
    ("table", "cells", "reason"),
    [
        ("conventionapl", {"id": "douze"}, "« douze » ne se lit pas comme une valeur de id (type entier)"),
        ("conventionapl", {"id": None}, "la ligne resterait refusée : clé id absente ou illisible"),
        ("conventionapl", {"id": 900_501, "datedepot": "31/02/1998"}, "« 1998-02-31 » ne se lit pas comme une valeur de datedepot"),
        ("conventionapl", {"designationinstructeur": "Autre"}, "La colonne « designationinstructeur » ne se corrige pas"),
        ("conventionapl", {"inconnue": "x"}, f"La colonne « inconnue » n'est pas de {CONVENTION}"),
        ("conventionapl", {"Empreinte": "0" * 16}, "L'empreinte « 0000000000000000 » n'est pas celle de la ligne 3"),
        ("conventionapl", {"Empreinte": "0" * 16, "Ligne": "77"}, f"La ligne 77 de ecoloweb {CONVENTION} n'est pas en quarantaine"),
        ("conventionapl", {"Source": "sisal"}, f"La ligne 3 de sisal {CONVENTION} n'est pas en quarantaine"),
        ("bailleur", {"sousnaturebailleur_id": "1"}, "La colonne « sousnaturebailleur_id » ne se corrige pas"),
    ],
)
def test_a_faulty_row_is_told_with_its_place_and_nothing_is_recorded(  # noqa: PLR0913, PLR0917 - fixtures and a case
    home: Home, parc: Said, filled: Callable[..., Path], table: str, cells: dict[str, Any], reason: str
) -> None:
    code, said = liberer(parc, filled(table, **cells))

    assert code == 2
    assert f"ecolo_{table} », ligne 2 : {reason}" in said
    assert recorded(home) == {}


def test_one_faulty_row_keeps_the_others_from_being_recorded(home: Home, parc: Said, filled: Callable[..., Path]) -> None:
    path = filled("conventionapl", id=900_501)
    book = openpyxl.load_workbook(path)
    sheet = next(sheet for sheet in book if sheet.title.endswith("logement"))
    sheet.cell(row=2, column=[cell.value for cell in sheet[1]].index("programmelogement_id") + 1).value = "x"
    book.save(path)

    code, said = liberer(parc, path)

    assert (code, recorded(home)) == (2, {})
    assert "a 1 ligne fautive ; aucune correction n'est enregistrée" in said


def test_a_personal_value_is_shown_treated(filled: Callable[..., Path]) -> None:
    sheet = next(sheet for sheet in openpyxl.load_workbook(filled("conventionapl")) if sheet.title.endswith("conventionapl"))
    cells = {title.value: cell.value for title, cell in zip(sheet[1], sheet[2], strict=True)}

    assert cells["designationinstructeur (non modifiable)"].startswith("p:")
    assert not any("Agent" in str(value) for value in cells.values())


def test_a_csv_holds_one_table_and_keeps_every_text_as_received(home: Home, parc: Said, tmp_path: Path) -> None:
    path = tmp_path / "corrections.csv"
    assert "Un .csv n'a qu'une table" in parc("exporter", "--sortie", path)[1]
    assert parc("exporter", "--sortie", path, "--table", CONVENTION)[0] == 0
    titles, row = csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline=""), delimiter=";")
    cells = dict(zip(titles, row, strict=True))
    assert (cells["id"], cells["datedepot"], cells["noordre"]) == ("900500", "'1998-11-26", "''=00123")
    cells |= {"id": "900501", "datedepot": "27/11/1998"}
    path.write_text(";".join(titles) + "\n" + ";".join(f'"{value}"' for value in cells.values()) + "\n", encoding="cp1252")

    code, said = liberer(parc, path)

    assert code == 0, said
    assert recorded(home) == {CONVENTION: {"id": "900501", "datedepot": "1998-11-27"}}


def test_a_withdrawn_correction_has_its_row_refused_again(home: Home, parc: Said, filled: Callable[..., Path]) -> None:
    liberer(parc, filled("conventionapl", id=900_501))
    parc("rejouer")
    [key] = corrections.read(home).current

    code, said = parc("retirer", key.empreinte, "--motif", "mauvaise convention")

    assert code == 0
    assert f"Correction retirée : ecoloweb {CONVENTION}, ligne 3." in said
    assert "0 correction, 1 ligne refusée de nouveau, 3 encore en quarantaine" in parc("rejouer")[1]


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["retirer", "0" * 16, "--motif", "x"], "Aucune ligne des livraisons courantes n'a l'empreinte"),
        (["lister", "--source", "rpls"], "Aucune livraison de « rpls »"),
        (["lister", "--table", "rien"], "Aucune livraison courante n'a la table « rien »"),
        (["exporter", "--sortie", "x.ods"], "n'est ni un .csv ni un .xlsx"),
        (["rejouer", "--source", "rpls"], "Aucune livraison de « rpls »"),
        (["liberer", "absent.xlsx", "--motif", "x"], "Le fichier absent.xlsx n'existe pas"),
        (["liberer", "absent.xlsx"], "Il manque l'option « --motif » : voir « parc quarantaine liberer --help »."),
        (["jeter"], "La commande « jeter » n'existe pas"),
    ],
)
def test_a_wrong_command_gets_one_french_sentence(parc: Said, arguments: list[str], reason: str) -> None:
    code, said = parc(*arguments)

    assert code == 2
    assert reason in said
    assert len(said.splitlines()) == 1


def test_a_blank_reason_is_refused(parc: Said, filled: Callable[..., Path]) -> None:
    code, said = parc("liberer", filled("conventionapl", id=900_501), "--motif", " ")

    assert (code, "Une correction demande un motif" in said) == (2, True)


def test_nothing_is_recorded_while_a_run_holds_the_home(home: Home, parc: Said, filled: Callable[..., Path]) -> None:
    path = filled("conventionapl", id=900_501)
    with exclusive(home, "parc run"):
        code, said = liberer(parc, path)

    assert (code, recorded(home)) == (2, {})
    assert "est déjà occupé par « parc run »" in said


def test_a_file_that_corrects_nothing_known_is_refused(parc: Said, tmp_path: Path) -> None:
    path = tmp_path / "autre.csv"
    path.write_text("a;b\n1;2\n", encoding="utf-8")

    assert "reprendre un fichier écrit par « parc quarantaine exporter »" in liberer(parc, path)[1]


def test_what_decides_that_a_value_is_personal_is_locked_wherever_it_stands() -> None:
    contract = source_tables("ecoloweb")

    owner, address = locked_columns(contract, BAILLEUR), locked_columns(contract, "ecolo_adressebailleur")
    assert {"raisonsociale", "sousnaturebailleur_id", "adresse_id"} <= owner
    assert "id" not in owner
    assert "id" in address
    assert {"code", "naturebailleur_id", "id"} <= locked_columns(contract, "ecolo_sousnaturebailleur")


@pytest.mark.parametrize(
    ("cell", "kind", "text"),
    [
        (None, ColumnType.TEXTE, None),
        (12.0, ColumnType.ENTIER, "12"),
        (12.5, ColumnType.REEL, "12.5"),
        (12.5, ColumnType.REEL_FR, "12,5"),
        ("12,5", ColumnType.REEL, "12.5"),
        ("12,5", ColumnType.TEXTE, "12,5"),
        (datetime(1998, 11, 26), ColumnType.DATE, "1998-11-26"),  # noqa: DTZ001 - a cell has no zone
        (date(1998, 11, 26), ColumnType.TEXTE, "26/11/1998"),
        ("6/1/1998", ColumnType.DATE, "1998-01-06"),
        ("6/1/1998", ColumnType.TEXTE, "6/1/1998"),
        (True, ColumnType.BOOLEEN, "true"),
        ("FAUX", ColumnType.BOOLEEN, "false"),
    ],
)
def test_what_a_person_types_becomes_what_a_source_writes(cell: object, kind: ColumnType, text: str | None) -> None:
    assert quarantine_files.as_received(cell, kind) == text
