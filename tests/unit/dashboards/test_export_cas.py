from __future__ import annotations

import csv
import io
from datetime import datetime
from typing import TYPE_CHECKING

import openpyxl
import pytest

from dashboards import export_cas
from dashboards.filtres.cas import Filtres
from data_contracts.extraits import constats
from tests.unit.dashboards import made_rows, made_run

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook

    from data_contracts.publication import PublishedRun

EVERYTHING = Filtres(severite="tous", etat="tous")


@pytest.fixture(scope="module")
def book(run: PublishedRun) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(export_cas.en_classeur(run, EVERYTHING)))


@pytest.fixture(scope="module")
def rows(book: Workbook) -> dict[str, dict[str, openpyxl.cell.Cell]]:
    """Cells by title, row by row, under the identifier of the finding."""
    titles, *lines = book["Cas"].iter_rows()
    named = [dict(zip([title.value for title in titles], line, strict=True)) for line in lines]
    return {line["Identifiant du constat"].value: line for line in named}


@pytest.fixture(scope="module")
def said(book: Workbook) -> list[tuple[str, str, str]]:
    """The rows of the second sheet."""
    return [tuple(line[:3]) for line in book["Définitions et provenance"].iter_rows(min_row=2, values_only=True)]


def test_every_row_is_there_not_those_of_one_page(rows: dict[str, object]) -> None:
    assert len(rows) == 27


def test_a_row_reads_in_french_with_real_dates_and_numbers(rows: dict[str, dict[str, openpyxl.cell.Cell]]) -> None:
    row = rows[made_rows.COURTE]
    assert row["Sévérité"].value == "Non réglementaire"
    assert row["Date de signature"].value == datetime(1993, 7, 1)  # noqa: DTZ001 - a cell has no zone
    assert row["Logements"].value == 25
    assert row["Département"].value == "Gironde"
    assert row["État"].value == "Ouvert"
    assert "Prise d'effet : 01/07/1993" in row["Preuve"].value
    assert "Durée minimale d'une convention PLS : 15\u00a0ans" in row["Preuve"].value


def test_a_message_that_looks_like_a_formula_stays_a_text(rows: dict[str, dict[str, openpyxl.cell.Cell]]) -> None:
    cell = rows[made_rows.RESOLUE]["Constat"]
    assert (cell.value, cell.data_type) == (made_rows.FORMULE, "s")


def test_the_second_sheet_says_the_run_and_the_filters(said: list[tuple[str, str, str]]) -> None:
    names = {(subject, name): value for subject, name, value in said}
    assert names["Publication", "Publication"] == made_run.FIRST
    assert names["Publication", "Date de référence"] == datetime(2026, 11, 1)  # noqa: DTZ001 - a cell has no zone
    assert names["Filtres appliqués", "Sévérité"] == "Tous les cas, à vérifier compris"


def test_every_column_is_defined(said: list[tuple[str, str, str]]) -> None:
    defined = {name: value for subject, name, value in said if subject == "Colonnes"}
    assert list(defined) == [column.titre for column in constats.COLONNES]
    assert all(defined.values())


def test_the_law_of_the_rules_that_are_there_and_of_no_other_is_cited(said: list[tuple[str, str, str]]) -> None:
    cited = [(name, value) for subject, name, value in said if subject == "Sources juridiques"]
    assert cited == [("DUR-003", "CCH R. 353-61"), ("DUR-003", "FAQ réglementaire d'APiLos, « Date fin de convention »")]
    assert [name for subject, name, _ in said if subject == "Règles"] == ["DUR-003", "DUR-008", "GEO-001"]


def test_the_csv_holds_the_same_rows_and_disarms_a_formula(run: PublishedRun) -> None:
    content = export_cas.en_csv(run, EVERYTHING).decode("utf-8-sig")
    lines = list(csv.DictReader(io.StringIO(content), delimiter=";"))
    assert len(lines) == 27
    assert [line["Constat"] for line in lines if line["Identifiant du constat"] == made_rows.RESOLUE] == [f"'{made_rows.FORMULE}"]


def test_a_file_of_informations_does_not_call_them_cases(run: PublishedRun) -> None:
    filters = Filtres(severite="information")
    assert export_cas.nom_fichier(run, filters) == "informations_2026-11-01"
    assert openpyxl.load_workbook(io.BytesIO(export_cas.en_classeur(run, filters))).sheetnames[0] == "Informations"
