from __future__ import annotations

import io
from datetime import date, datetime
from decimal import Decimal

import openpyxl
import pytest

from data_contracts.extraits import classeur
from data_contracts.extraits.classeur import ColonneFichier, Feuille

COLUMNS = (ColonneFichier("nom", "Nom", 20), ColonneFichier("valeur", "Valeur", 10))


def _written(*values: object, to_read: bool = False) -> list[openpyxl.cell.Cell]:
    rows = [{"nom": "Été", "valeur": value} for value in values]
    content = classeur.classeur([Feuille("Cas", COLUMNS, rows, est_a_lire=to_read)])
    sheet = openpyxl.load_workbook(io.BytesIO(content))["Cas"]
    return [row[1] for row in sheet.iter_rows(min_row=2)]


@pytest.mark.parametrize("to_read", [False, True])
def test_a_date_is_a_date_and_a_number_a_number(to_read: bool) -> None:  # noqa: FBT001 - a case of the test
    day, number, count = _written(date(1998, 11, 26), Decimal("12.5"), 7, to_read=to_read)
    assert (day.value, day.number_format) == (datetime(1998, 11, 26), "dd/mm/yyyy")  # noqa: DTZ001 - a cell has no zone
    assert [(number.value, number.data_type), (count.value, count.data_type)] == [(12.5, "n"), (7, "n")]


@pytest.mark.parametrize("text", ["=1+1", "+33 1", "-2", "@nom", "\t=1", '=HYPERLINK("x")'])
@pytest.mark.parametrize("to_read", [False, True])
def test_a_text_never_becomes_a_formula(text: str, to_read: bool) -> None:  # noqa: FBT001 - a case of the test
    (cell,) = _written(text, to_read=to_read)
    assert (cell.value, cell.data_type, cell.quotePrefix) == (text, "s", True)


def test_what_excel_cannot_hold_is_cut_or_taken_out() -> None:
    odd, long = _written("a\x0bb", "x" * 40_000)
    assert odd.value == "ab"
    assert len(long.value) == 32_767


def test_a_truth_value_is_written_in_french_and_a_missing_one_is_empty() -> None:
    values = (True, None)
    assert [cell.value for cell in _written(*values)] == ["oui", None]


def test_titles_stay_in_sight_and_columns_can_be_filtered() -> None:
    content = classeur.classeur([Feuille("Cas", COLUMNS, [{"nom": "a"}, {"nom": "b"}])])
    sheet = openpyxl.load_workbook(io.BytesIO(content))["Cas"]
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", "A1:B3")


def test_more_rows_than_a_sheet_holds_go_on_the_next_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(classeur, "LIGNES_MAX", 2)
    content = classeur.classeur([Feuille("Cas", COLUMNS, ({"nom": rank} for rank in range(5)))])
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert {sheet.title: sheet.max_row - 1 for sheet in book} == {"Cas": 2, "Cas (2)": 2, "Cas (3)": 1}
