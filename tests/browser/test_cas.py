from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

import openpyxl
import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from openpyxl.worksheet.worksheet import Worksheet
    from playwright.sync_api import Page

    from tests.browser.conftest import Demo

RULE = "DUR-003"
REAL_CASES = "etat = 'ouverte' and severite in ('non_reglementaire', 'anomalie')"


class Case(NamedTuple):
    """A finding of the demo parc, and what its département holds."""

    number: str
    department: str
    name: str
    nb_cases: int


@pytest.fixture(scope="module")
def case(demo: Demo) -> Case:
    """One planted case of a rule, in whatever département the demo planted it."""
    with demo.run.connect() as connection:
        found = connection.execute(
            f"""
            select convention.numero, constat.code_departement, departement.nom_departement,
                (select count(*) from fct_anomalie where {REAL_CASES} and code_departement = constat.code_departement)
            from fct_anomalie as constat
            inner join fct_convention as convention using (convention_id)
            inner join dim_departement as departement on constat.code_departement = departement.code_departement
            where constat.regle_id = ? and constat.etat = 'ouverte'
            order by constat.anomalie_id limit 1
            """,
            (RULE,),
        ).fetchone()
    assert found is not None
    return Case(*found)


def _cells(sheet: Worksheet, title: str) -> list[object]:
    titles = [cell.value for cell in sheet[1]]
    return [row[titles.index(title)].value for row in sheet.iter_rows(min_row=2)]


def test_a_case_is_walked_to_by_its_departement_read_with_its_evidence_and_downloaded(
    demo: Demo, case: Case, open_page: Callable[[], Page], tmp_path: Path
) -> None:
    page = open_page()
    page.goto(demo.address)
    page.get_by_role("link", name="Voir les cas non réglementaires").click()
    territory = page.get_by_role("combobox", name=re.compile("Région ou département"))
    territory.fill(case.name)
    page.get_by_role("option", name=f"{case.department} {case.name}").click()
    page.keyboard.press("Escape")
    expect(page).to_have_url(re.compile(rf"territoire={case.department}\b"))
    downloading = page.get_by_role("button", name=re.compile(rf"Télécharger la liste \(XLSX, {case.nb_cases} ligne"))

    with page.expect_download() as download:
        downloading.click()
    download.value.save_as(tmp_path / "cas.xlsx")
    book = openpyxl.load_workbook(tmp_path / "cas.xlsx")
    assert book.sheetnames == ["Cas", "Définitions et provenance"]
    assert set(_cells(book["Cas"], "Département")) == {case.name}
    assert set(_cells(book["Cas"], "Sévérité")) <= {"Non réglementaire", "Anomalie"}
    assert {type(day) for day in _cells(book["Cas"], "Date de signature")} <= {datetime, type(None)}
    assert case.number in _cells(book["Cas"], "N° de convention")

    page.get_by_role("button", name=f"{RULE} · {case.number}").click()
    expect(page.get_by_role("heading", name="Durée d'une convention PLS inférieure à 15 ans")).to_be_visible()
    evidence = page.get_by_role("table", name="Valeurs qui ont déclenché la règle")
    expect(evidence).to_contain_text(re.compile(r"Prise d'effet\s*\d{2}/\d{2}/\d{4}"))
    expect(page.get_by_role("table", name="Seuils du droit auxquels elles sont comparées")).to_contain_text("15\u00a0ans")

    page.go_back()
    expect(downloading).to_be_visible()
    expect(page.get_by_role("button", name=re.compile(f"{case.department} {case.name}"))).to_be_visible()


def test_the_address_of_a_case_opens_it_for_a_colleague_who_reaches_its_rule_and_its_agreement(
    demo: Demo, case: Case, open_page: Callable[[], Page]
) -> None:
    page = open_page()
    page.goto(f"{demo.address}/cas?regles={RULE}&territoire={case.department}")
    page.get_by_role("button", name=f"{RULE} · {case.number}").click()
    expect(page).to_have_url(re.compile("constat="))

    shared = open_page()
    shared.goto(page.url)
    shared.get_by_role("link", name=f"Lire la règle {RULE}").click()
    expect(shared.get_by_role("heading", name="Exemples")).to_be_visible()
    shared.get_by_role("link", name=re.compile(f"cas ouverts? de {RULE}")).click()
    shared.get_by_role("button", name=f"{RULE} · {case.number}").click()
    shared.get_by_role("link", name="Ouvrir la fiche de la convention").click()
    expect(shared.get_by_role("heading", name=case.number)).to_be_visible()
    expect(shared.get_by_role("link", name=f"Voir le constat {RULE} et ses preuves")).to_be_visible()
