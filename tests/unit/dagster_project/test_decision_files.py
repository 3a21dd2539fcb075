"""The files that carry decisions: read whatever surrounds them, written so as to read back the same, refused in one sentence."""

from __future__ import annotations

import zipfile
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dagster_project import decision_files, spreadsheets
from data_contracts.decision import Titre
from data_contracts.errors import BadInputError
from data_contracts.extraits import classeur
from data_contracts.extraits.formats import FORMULE
from tests.support.made_decisions import TEXTS, A, B, workbook

HEADER = ("Titre de la règle", "Identifiant du constat", "Décision", "Motif")
FILLED = ("Durée", A, "justifié", "prêt")
TITLES = (Titre.CONSTAT, Titre.STATUT, Titre.MOTIF)


def places(path: Path) -> list[str]:
    return [row.place for row in decision_files.read(path)]


def refusal(path: Path) -> str:
    with pytest.raises(BadInputError) as refused:
        decision_files.read(path)
    assert "\n" not in str(refused.value)
    return str(refused.value)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "classeur.xlsx"


def test_every_sheet_that_has_the_columns_is_read_and_the_others_are_not(path: Path) -> None:
    workbook(path, [HEADER, FILLED], [["Lisez-moi"], ["Décision"]], [HEADER, ("Durée", B, "corrigé", "")])

    assert places(path) == ["feuille « F1 », ligne 2", "feuille « F3 », ligne 2"]


def test_the_titles_are_found_under_an_introduction(path: Path) -> None:
    workbook(path, [["À remplir"], *[[]] * 18, HEADER, FILLED])

    assert places(path) == ["feuille « F1 », ligne 21"]


def test_the_titles_are_looked_for_in_the_first_rows_only(path: Path) -> None:
    workbook(path, [*[[]] * 20, HEADER, FILLED])

    assert "Aucune feuille de" in refusal(path)


def test_titles_are_known_whatever_their_capitals_and_blanks(path: Path) -> None:
    workbook(path, [["IDENTIFIANT\ndu  constat ", "decision"], [A, "justifié"]])

    [row] = decision_files.read(path)
    assert row.cells == {Titre.CONSTAT: A, Titre.STATUT: "justifié"}


@pytest.mark.parametrize("blank", [None, "", "  \n"])
def test_rows_without_a_decision_are_left_out(path: Path, blank: str | None) -> None:
    workbook(path, [HEADER, ("Durée", A, blank, "prêt"), (), FILLED])

    assert places(path) == ["feuille « F1 », ligne 4"]


def test_cells_are_texts_and_dates_and_absent_columns_are_told_from_empty_cells(path: Path) -> None:
    workbook(
        path, [["Identifiant du constat", "Décision", "Motif", "Date de la décision"], [123.0, "justifié", None, date(2026, 11, 3)]]
    )

    [row] = decision_files.read(path)
    assert (row.text(Titre.CONSTAT), row.text(Titre.MOTIF), row.text(Titre.AUTEUR)) == ("123", "", None)
    assert row.cells[Titre.DATE] == datetime(2026, 11, 3)  # noqa: DTZ001 - a cell has no zone


def test_a_column_that_stands_twice_is_refused(path: Path) -> None:
    workbook(path, [[*HEADER, "décision"], FILLED])

    assert "Deux colonnes s'appellent « Décision » (feuille « F1 », ligne 1)" in refusal(path)


def test_a_sheet_that_claims_more_than_it_holds_costs_what_it_holds(path: Path, tmp_path: Path) -> None:
    workbook(tmp_path / "vrai.xlsx", [HEADER, FILLED])
    with zipfile.ZipFile(tmp_path / "vrai.xlsx") as source, zipfile.ZipFile(path, "w") as target:
        for name in source.namelist():
            content = source.read(name).replace(b'ref="A1:D2"', b'ref="A1:XFD1048576"')
            target.writestr(name, content.replace(b'<row r="2"', b'<row r="999999999999"'))

    assert "XFD1048576" in zipfile.ZipFile(path).read("xl/worksheets/sheet1.xml").decode()
    assert places(path) == []


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_a_csv_is_read_whatever_wrote_it(tmp_path: Path, delimiter: str, encoding: str) -> None:
    lines = ["À remplir", delimiter.join(HEADER), delimiter.join(("Durée", A, "justifié", '"un ""prêt"",\r\nde 9; ans"'))]
    (tmp_path / "rempli.csv").write_bytes("\r\n".join(lines).encode(encoding))

    [row] = decision_files.read(tmp_path / "rempli.csv")
    assert (row.place, row.text(Titre.STATUT), row.text(Titre.MOTIF)) == ("ligne 3", "justifié", 'un "prêt",\r\nde 9; ans')


def test_an_open_quote_is_refused_rather_than_swallow_the_rows_below(tmp_path: Path) -> None:
    lines = [";".join(HEADER), f'Durée;{A};justifié;"prêt', ";".join(FILLED)]
    (tmp_path / "rempli.csv").write_text("\n".join(lines), encoding="utf-8")

    assert "guillemets mal fermés" in refusal(tmp_path / "rempli.csv")


def test_a_file_that_is_not_there_is_refused(path: Path) -> None:
    assert "n'existe pas" in refusal(path)


def test_a_folder_is_refused(tmp_path: Path) -> None:
    assert "est un dossier" in refusal(tmp_path)


@pytest.mark.parametrize("name", ["a.xlsx", "a.csv", "a.xls", "a"])
@pytest.mark.parametrize("content", [b"", b"abime", bytes(range(256)), b"PK\x03\x04abime", bytes.fromhex("d0cf11e0a1b11ae1")])
def test_what_is_no_workbook_is_refused_in_one_sentence(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)

    assert str(tmp_path / name) in refusal(tmp_path / name)


def test_another_archive_is_refused(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("note.txt", "rien")

    assert "ne se lit pas comme un classeur Excel" in refusal(path)


def test_a_workbook_without_decisions_is_refused_with_what_it_should_have(path: Path) -> None:
    workbook(path, [["Identifiant du constat", "Motif"], [A, "prêt"]])

    assert "n'a les colonnes « Identifiant du constat » et « Décision » dans ses 20 premières lignes" in refusal(path)


def test_an_archive_too_heavy_once_unpacked_is_refused_unread(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spreadsheets, "WEIGHT_MAX", 2**20)
    workbook(path, [HEADER, FILLED])
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/zeros.bin", bytes(2**20))

    assert path.stat().st_size < 2**14
    assert "plus de 1 Mo une fois décompressé" in refusal(path)


def test_a_workbook_that_declares_entities_is_refused(path: Path, tmp_path: Path) -> None:
    workbook(tmp_path / "vrai.xlsx", [HEADER, FILLED])
    with zipfile.ZipFile(tmp_path / "vrai.xlsx") as source, zipfile.ZipFile(path, "w") as target:
        for name in source.namelist():
            head = b'<!DOCTYPE x [<!ENTITY a "aaaa">]>' if name.startswith("xl/worksheets") else b""
            target.writestr(name, head + source.read(name))

    assert "n'a pas été écrit par un tableur" in refusal(path)


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
@given(rows=st.lists(st.tuples(TEXTS, TEXTS), max_size=5))
@settings(deadline=None, max_examples=60)
def test_what_is_written_is_read_back_the_same(
    tmp_path_factory: pytest.TempPathFactory, suffix: str, rows: list[tuple[str, str]]
) -> None:
    path = tmp_path_factory.mktemp("aller") / f"retour{suffix}"

    decision_files.write(path, TITLES, ((finding, "justifié", reason) for finding, reason in rows))

    assert [(row.text(Titre.CONSTAT), row.text(Titre.MOTIF)) for row in decision_files.read(path)] == rows


@pytest.mark.parametrize("text", ["=1+1", "+33", "-2", "@nom", "\t=1", "#REF!", "'=1", "''@x", "'abc", " =1"])
def test_a_text_is_never_a_formula_for_a_spreadsheet_and_comes_back(path: Path, text: str) -> None:
    decision_files.write(path, TITLES, [(A, "justifié", text)])
    cell = openpyxl.load_workbook(path).worksheets[0]["C2"]
    assert (cell.value, cell.data_type) == (text, "s")

    decision_files.write(path.with_suffix(".csv"), TITLES, [(A, "justifié", text)])
    written = path.with_suffix(".csv").read_text(encoding="utf-8-sig").splitlines()[1].split(";")[2].strip('"')
    assert not written.startswith(FORMULE)
    [row] = decision_files.read(path.with_suffix(".csv"))
    assert row.text(Titre.MOTIF) == text


def test_more_rows_than_a_sheet_holds_go_on_the_next_ones(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(classeur, "LIGNES_MAX", 2)

    decision_files.write(path, TITLES, [(A, "justifié", str(number)) for number in range(5)])

    assert [row.text(Titre.MOTIF) for row in decision_files.read(path)] == ["0", "1", "2", "3", "4"]


def test_a_file_of_another_kind_is_not_written(tmp_path: Path) -> None:
    with pytest.raises(BadInputError, match=r"ni un \.csv ni un \.xlsx"):
        decision_files.write(tmp_path / "a.pdf", TITLES, [])

    assert list(tmp_path.iterdir()) == []


def test_a_file_is_replaced_whole_or_not_at_all(path: Path) -> None:
    decision_files.write(path, TITLES, [(A, "justifié", "avant")])
    before = path.read_bytes()

    def rows() -> object:
        yield (A, "justifié", "après")
        raise OSError("disk gone")

    with pytest.raises(OSError, match="disk gone"):
        decision_files.write(path, TITLES, rows())  # type: ignore[arg-type]

    assert path.read_bytes() == before
    assert [found.name for found in path.parent.iterdir()] == [path.name]
