"""One full story for each reader, on the demo parc."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

import openpyxl
import pytest
from playwright.sync_api import expect

from data_contracts.acces import journal

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Page

    from tests.browser.conftest import Demo

RULE, NOTICE = "FIN-001", date(2024, 2, 8)
"""Mixed PLUS/PLAI agreements, and the day of the notice that forbids them."""


class Mixed(NamedTuple):
    """The mixed agreements of one département signed since the notice: those that the stories look for."""

    department: str
    name: str
    numbers: list[str]


@pytest.fixture(scope="module")
def mixed(demo: Demo) -> Mixed:
    """Those of the département that has the most of them."""
    with demo.run.connect() as connection:
        found = connection.execute(
            """
            select constat.code_departement, departement.nom_departement, list(convention.numero order by convention.numero)
            from fct_anomalie as constat
            inner join fct_convention as convention using (convention_id)
            inner join dim_departement as departement on constat.code_departement = departement.code_departement
            where constat.regle_id = ? and constat.etat = 'ouverte' and constat.severite = 'non_reglementaire'
                and convention.date_signature >= ?
            group by all
            order by count(*) desc, constat.code_departement
            limit 1
            """,
            (RULE, NOTICE),
        ).fetchone()
    assert found is not None
    return Mixed(*found)


def _choose(page: Page, field: str, typed: str, option: str | re.Pattern[str]) -> None:
    choice = page.get_by_role("combobox", name=re.compile(field))
    choice.fill(typed)
    page.get_by_role("option", name=option).click()
    page.keyboard.press("Escape")


def _type_a_day(page: Page, field: str, day: date) -> None:
    group = page.get_by_test_id("stDateInput").filter(has_text=field)
    group.get_by_role("spinbutton").first.click()
    page.keyboard.type(f"{day:%d%m%Y}")
    page.keyboard.press("Tab")  # to the calendar's button: the day is taken when the field is left
    page.keyboard.press("Tab")


def test_an_analyst_finds_the_mixed_agreements_since_the_notice_reads_the_evidence_decides_and_takes_the_workbook(
    demo: Demo, mixed: Mixed, open_page: Callable[[], Page], tmp_path: Path
) -> None:
    page = open_page()
    page.goto(demo.address)
    page.get_by_role("link", name="Cas non réglementaires").first.click()
    expect(page.get_by_role("heading", name="Ce que les règles constatent")).to_be_visible()
    _choose(page, "Règles", RULE, re.compile(f"^{RULE}"))
    expect(page).to_have_url(re.compile(f"regles={RULE}"))
    _choose(page, "Région ou département", mixed.name, f"{mixed.department} {mixed.name}")
    expect(page).to_have_url(re.compile(rf"territoire={mixed.department}\b"))
    _type_a_day(page, "Convention signée depuis le", NOTICE)
    expect(page).to_have_url(re.compile(f"depuis={NOTICE}"))
    taken = page.get_by_role("button", name=re.compile(rf"Télécharger la liste \(XLSX, {len(mixed.numbers)} lignes?\)"))
    expect(taken).to_be_visible()

    page.get_by_role("button", name=f"{RULE} · {mixed.numbers[0]}").click()
    expect(page.get_by_role("heading", name="Convention mixte PLUS/PLAI après l'avis loyers 2024")).to_be_visible()
    expect(page.get_by_role("table", name="Valeurs qui ont déclenché la règle")).to_contain_text("PLAI, PLUS")
    expect(page.get_by_text("Scinder : une convention par financement")).to_be_visible()
    page.get_by_role("radio", name="Corrigé").check(force=True)
    page.get_by_role("textbox", name="Motif").fill("scindée en deux conventions")
    page.get_by_role("textbox", name="Auteur").fill("A. Essai")
    page.get_by_role("button", name="Enregistrer la décision").click()
    expect(page.get_by_text("Décision enregistrée").first).to_be_visible()

    page.get_by_role("button", name="Retour à la liste").click()
    expect(page.get_by_text("Décidé depuis : corrigé").first).to_be_visible()
    with page.expect_download() as download:
        taken.click()
    download.value.save_as(tmp_path / "cas.xlsx")
    assert [entry["objet"] for entry in journal.lire(demo.run.home.access_journal)][-1] == download.value.suggested_filename
    rows = list(openpyxl.load_workbook(tmp_path / "cas.xlsx")["Cas"].iter_rows(values_only=True))
    column = rows[0].index("N° de convention")
    assert sorted(row[column] for row in rows[1:]) == mixed.numbers


def test_an_agent_receives_the_address_of_a_view_and_lands_on_the_same_one(
    demo: Demo, mixed: Mixed, open_page: Callable[[int], Page]
) -> None:
    sent = f"{demo.address}/cas?regles={RULE}&territoire={mixed.department}&depuis={NOTICE}"
    agent = open_page(390)
    agent.goto(sent)
    expect(agent.get_by_role("button", name=re.compile(rf"\(XLSX, {len(mixed.numbers)} lignes?\)"))).to_be_visible()
    expect(agent.get_by_role("button", name=f"{RULE} · {mixed.numbers[0]}")).to_be_visible()
    expect(agent.get_by_role("button", name=re.compile(f"{mixed.department} {mixed.name}"))).to_be_visible()

    agent.get_by_role("button", name=f"{RULE} · {mixed.numbers[0]}").click()
    agent.get_by_role("link", name="Ouvrir la fiche de la convention").click()
    expect(agent.get_by_role("heading", name=mixed.numbers[0], exact=True)).to_be_visible()
    expect(agent).to_have_url(re.compile(rf"territoire={mixed.department}\b"))
    agent.go_back()
    agent.go_back()
    expect(agent.get_by_role("button", name=f"{RULE} · {mixed.numbers[0]}")).to_be_visible()


def test_a_product_manager_reads_the_median_and_the_satisfaction_of_the_last_year_and_why_the_old_figure_differs(
    demo: Demo, open_page: Callable[[], Page]
) -> None:
    year = demo.run.reference_date.year - 1
    since, until = date(year, 1, 1), date(year + 1, 1, 1) - timedelta(days=1)
    with demo.run.connect() as connection:
        found = connection.execute(
            """
            select
                (select median(duree_jours) from fct_delai
                    where etape_id = 'T-03' and est_suivi and not est_censure and date_fin between $1 and $2),
                (select count(*) from fct_avis where date between $1 and $2)
            """,
            (since, until),
        ).fetchone()
    assert found is not None
    median = f"{found[0]:.1f}".removesuffix(".0").replace(".", ",")

    page = open_page()
    page.goto(demo.address)
    page.get_by_role("link", name="Délais").first.click()
    expect(page.get_by_text(re.compile(rf"fermés en {year}, la moitié ont passé {median} jours"))).to_be_visible()
    expect(page.get_by_role("heading", name="Le chiffre suivi aujourd'hui")).to_be_visible()
    expect(page.get_by_text("Pourquoi ce chiffre et ceux de la page diffèrent")).to_be_visible()

    page.goto(f"{demo.address}/delais?depuis={year}&jusqua={year}")
    expect(page.get_by_text(re.compile(rf"fermés en {year}, la moitié ont passé {median} jours"))).to_be_visible()
    page.get_by_role("link", name="Satisfaction").first.click()
    expect(page).to_have_url(re.compile(f"depuis={year}"))
    figure = page.locator(".chiffre").filter(has_text="Réponses").first
    expect(figure.locator(".valeur")).to_have_text(str(found[1]))
    expect(page.get_by_role("heading", name="Part de satisfaits")).to_be_visible()
