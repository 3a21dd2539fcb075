from __future__ import annotations

import csv
import gc
import io
import math
import re
import shutil
import subprocess
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from data_contracts.extraits import classeur
from data_contracts.extraits.classeur import ColonneFichier, Feuille
from tests.conftest import missing_tool
from tests.support.raw_workbook import RawCell, raw_sheets

COLUMNS = (ColonneFichier("nom", "Nom", 20), ColonneFichier("valeur", "Valeur", 10))
DANGEROUS = ["=1+1", "+33 1", "-2", "@nom", "\t=1", "\n=1", '=HYPERLINK("x")', "#N/A"]


def content(*values: object) -> bytes:
    return classeur.classeur([Feuille("Cas", COLUMNS, [{"nom": "Été", "valeur": value} for value in values])])


def cells(*values: object) -> list[openpyxl.cell.Cell]:
    sheet = openpyxl.load_workbook(io.BytesIO(content(*values)))["Cas"]
    return [row[1] for row in sheet.iter_rows(min_row=2)]


def raw(*values: object) -> list[RawCell | None]:
    return [row.get("B") for row in raw_sheets(content(*values))["Cas"][1:]]


def test_a_date_is_a_date_and_a_number_a_number() -> None:
    day, number, count = cells(date(1998, 11, 26), Decimal("12.5"), 7)
    assert (day.value, day.number_format) == (datetime(1998, 11, 26), "dd/mm/yyyy")  # noqa: DTZ001 - a cell has no zone
    assert [(number.value, number.data_type), (count.value, count.data_type)] == [(12.5, "n"), (7, "n")]


def test_a_moment_is_written_in_the_time_of_paris() -> None:
    (moment,) = cells(datetime(2026, 11, 1, 9, 12, tzinfo=UTC))
    assert (moment.value, moment.number_format) == (datetime(2026, 11, 1, 10, 12), "dd/mm/yyyy hh:mm")  # noqa: DTZ001 - same reason


def test_a_day_that_excel_does_not_know_is_a_text() -> None:
    first, before, old = cells(date(1900, 3, 1), date(1900, 2, 28), datetime(1789, 7, 14, tzinfo=UTC))
    assert first.is_date
    assert (before.value, before.data_type) == ("28/02/1900", "s")
    assert (old.value, old.data_type) == ("14/07/1789 00:00:00", "s")


def test_a_number_whose_digits_excel_would_lose_is_a_text() -> None:
    kept, lost = cells(123_456_789_012_345, 1_234_567_890_123_456)
    assert (kept.value, kept.data_type) == (123_456_789_012_345, "n")
    assert (lost.value, lost.data_type) == ("1234567890123456", "s")


@pytest.mark.parametrize("absent", [None, math.nan, math.inf])
def test_what_is_no_value_is_an_empty_cell(absent: float | None) -> None:
    assert raw(absent) == [None]


def test_a_code_keeps_its_leading_zeros() -> None:
    assert [cell.value for cell in cells("01", "005520135")] == ["01", "005520135"]


@pytest.mark.parametrize("text", DANGEROUS)
def test_a_text_never_becomes_a_formula_nor_an_error(text: str) -> None:
    assert raw(text) == [RawCell("inlineStr", text, has_formula=False)]


@pytest.mark.parametrize("text", ["=1+1", "+33 1", "-2", "@nom", "\t=1"])
def test_a_text_stays_one_when_its_cell_is_edited(text: str) -> None:
    (cell,) = cells(text)
    assert cell.quotePrefix is True


def test_the_forms_of_cells_do_not_mix() -> None:
    values = ["=1", "un", date(2001, 1, 1), "=2", 3, date(2002, 2, 2)]
    kinds = [(cell.data_type, cell.quotePrefix) for cell in cells(*values)]
    assert kinds == [("s", True), ("s", False), ("d", False), ("s", True), ("n", False), ("d", False)]


def test_what_excel_cannot_hold_is_taken_out() -> None:
    (cell,) = raw("a\x0bb\x00c\ufffe\ud800d\r\ne\rf")
    assert cell == RawCell("inlineStr", "abcd\ne\nf", has_formula=False)


@pytest.mark.parametrize(("letter", "kept"), [("x", 32_766), ("𐍈", 16_383)])
def test_a_text_too_long_for_a_cell_is_cut_and_says_so(letter: str, kept: int) -> None:
    (cell,) = raw(letter * 40_000)
    assert cell is not None
    assert cell.value == letter * kept + "…"


def test_the_longest_text_of_a_cell_is_whole() -> None:
    (cell,) = raw("x" * 32_767)
    assert cell is not None
    assert cell.value == "x" * 32_767


def test_a_truth_value_is_written_in_french() -> None:
    assert [cell.value for cell in cells(True, False)] == ["oui", "non"]  # noqa: FBT003 - the values to write


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1, max_size=40), max_size=5))
def test_any_text_comes_back_as_it_was(texts: list[str]) -> None:
    held = [re.sub("[\ufffe\uffff]", "", text) for text in texts]
    assert [cell.value if cell else "" for cell in raw(*texts)] == held


def test_titles_stay_in_sight_and_columns_can_be_filtered() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(content("a", "b")))["Cas"]
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", "A1:B3")


@pytest.mark.parametrize("value", ["une longue phrase", "=1", 12, date(1998, 11, 26)])
def test_cells_go_to_the_line_from_the_top(value: object) -> None:
    (cell,) = cells(value)
    assert (cell.alignment.wrap_text, cell.alignment.vertical) == (True, "top")


def test_a_sheet_prints_in_landscape_as_wide_as_the_page_under_its_titles() -> None:
    columns = (*COLUMNS, ColonneFichier("cle", "Clé", 30, est_imprimee=False))
    sheet = openpyxl.load_workbook(io.BytesIO(classeur.classeur([Feuille("Cas", columns, [{"nom": "a"}])])))["Cas"]
    assert (sheet.page_setup.orientation, sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == ("landscape", 1, 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert (sheet.print_title_rows, sheet.print_area) == ("$1:$1", "'Cas'!$A$1:$B$2")


def test_a_column_offers_its_choices_on_every_row() -> None:
    columns = (COLUMNS[0], ColonneFichier("decision", "Décision", 16, choix=("à traiter", "justifié"), est_a_remplir=True))
    sheet = openpyxl.load_workbook(io.BytesIO(classeur.classeur([Feuille("Cas", columns, [{"nom": "a"}, {"nom": "b"}])])))["Cas"]
    (offered,) = sheet.data_validations.dataValidation
    assert (str(offered.sqref), offered.formula1, offered.allow_blank) == ("B2:B3", '"à traiter,justifié"', True)


def test_more_rows_than_a_sheet_holds_go_on_the_next_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(classeur, "LIGNES_MAX", 2)
    book = openpyxl.load_workbook(
        io.BytesIO(classeur.classeur([Feuille("Cas", COLUMNS, ({"nom": rank} for rank in range(5)))])),
    )
    assert {sheet.title: sheet.max_row - 1 for sheet in book} == {"Cas": 2, "Cas (2)": 2, "Cas (3)": 1}


def test_another_library_reads_the_same_values() -> None:
    values: list[object] = ["=1+1", "+33 5", "-12", "@nom", "\tjauge", "L'Été ; « A »", "01", "2A", date(1998, 11, 26), 12.5, True]
    book = CalamineWorkbook.from_filelike(io.BytesIO(content(*values)))
    rows = book.get_sheet_by_index(0).to_python()
    assert [row[1] for row in rows[1:]] == [*values[:-1], "oui"]


def test_another_program_reads_the_same_values(tmp_path: Path) -> None:
    office = shutil.which("soffice") or shutil.which("libreoffice") or missing_tool("LibreOffice", optional=True)
    texts = ["=1+1", "@nom", "L'Été ; « A »", "01", 'deux\nlignes "citées"']
    (tmp_path / "cas.xlsx").write_bytes(content(*texts, date(1998, 11, 26)))
    subprocess.run(
        [
            str(office),
            f"-env:UserInstallation={(tmp_path / 'profil').as_uri()}",
            "--headless",
            "--convert-to",
            "csv:Text - txt - csv (StarCalc):44,34,76,1",
            "cas.xlsx",
        ],
        cwd=tmp_path,
        check=True,
        capture_output=True,
        timeout=120,
    )
    with (tmp_path / "cas.csv").open(encoding="utf-8", newline="") as file:
        read = [row[1] for row in csv.reader(file)][1:]
    assert read == [*texts, "26/11/1998"]


@pytest.mark.filterwarnings("error")
def test_rows_that_fail_leave_no_sheet_open() -> None:
    def rows() -> Iterator[dict[str, str]]:
        yield {"nom": "Été"}
        raise OSError("disk gone")

    with pytest.raises(OSError, match="disk gone"):
        classeur.classeur([Feuille("Avant", COLUMNS, [{"nom": "Été"}]), Feuille("Cas", COLUMNS, rows())])
    gc.collect()
