"""Texts that a spreadsheet would run or that a page would: each way out shows them as they are, and nothing happens."""

from __future__ import annotations

import csv
import io

import openpyxl
import pytest

from dashboards.components.tableau import Colonne, sans_markdown, tableau_html
from dashboards.fichiers import Html, Table, en_csv
from data_contracts.extraits.classeur import ColonneFichier, Feuille, classeur
from data_contracts.extraits.csv_excel import csv_excel
from tests.support.raw_workbook import raw_sheets

FORMULAS = [f"{mark}cmd|' /C calc'!A0" for mark in ("=", "+", "-", "@", "\t=", "\r=")]
SCRIPTS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "\"><svg onload='x'>",
    "<a href='javascript:x'>",
    "{{ 7*7 }}",
    "</td></table>",
]
COLUMN = ColonneFichier("texte", "Texte", 20)


@pytest.mark.parametrize("text", FORMULAS)
def test_a_formula_is_a_text_in_csv(text: str) -> None:
    [_, [cell]] = csv.reader(io.StringIO(csv_excel([{"texte": text}], [COLUMN]).decode("utf-8-sig"), newline=""), delimiter=";")
    assert cell.startswith("'")


@pytest.mark.parametrize("text", FORMULAS)
@pytest.mark.parametrize("est_texte", [False, True])
def test_a_formula_is_a_text_in_a_workbook(text: str, est_texte: bool) -> None:  # noqa: FBT001 - a parameter of the test
    column = ColonneFichier("texte", "Texte", 20, est_texte=est_texte)
    content = classeur([Feuille("Feuille", [column], [{"texte": text}])])
    [[_, row]] = raw_sheets(content).values()
    assert not row["A"].has_formula
    assert openpyxl.load_workbook(io.BytesIO(content)).active["A2"].data_type == "s"  # type: ignore[index]


@pytest.mark.parametrize("text", SCRIPTS)
def test_html_is_a_text_in_a_table(text: str) -> None:
    shown = tableau_html([{"texte": text}], [Colonne("texte", "Texte", aide=text)], text)
    assert "<script" not in shown
    assert "<img" not in shown
    assert "<svg" not in shown
    assert "<a " not in shown
    assert shown.count("</table>") == 1


@pytest.mark.parametrize("text", [*SCRIPTS, "loyer < 5 et surface > 30"])
def test_what_looks_like_html_is_kept_whole_in_a_download(text: str) -> None:
    table = Table(None, "Tableau", [Colonne("texte", "Texte")], [{"texte": text}])  # type: ignore[arg-type]
    [_, [cell]] = csv.reader(io.StringIO(en_csv(table).decode("utf-8-sig"), newline=""), delimiter=";")
    assert cell == text


def test_what_a_page_writes_in_html_is_read_again_in_a_download() -> None:
    column = Colonne("texte", "Texte", lambda valeur: Html(f"<b>{valeur}</b> &amp; Cie"))
    table = Table(None, "Tableau", [column], [{"texte": "Habitat"}])  # type: ignore[arg-type]
    assert "Habitat & Cie" in en_csv(table).decode("utf-8-sig")


def test_markdown_is_a_text_where_streamlit_would_read_it() -> None:
    assert sans_markdown("![x](http://exemple.test/x.png)") == r"\!\[x\]\(http\://exemple\.test/x\.png\)"
