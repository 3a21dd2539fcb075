from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from tests.browser.conftest import Demo


def _last_year(demo: Demo) -> tuple[float, int]:
    """The median that the indicator gives to the last whole year, and how many files it rests on."""
    with demo.run.connect() as connection:
        found = connection.execute(
            """
            select valeur, effectif from kpi_valeur
            where kpi_id = 'T-03' and mesure = 'mediane' and axe = 'ensemble' and periode = ?
            """,
            (str(demo.run.reference_date.year - 1),),
        ).fetchone()
    assert found is not None
    return float(found[0]), int(found[1])


@pytest.mark.parametrize("width", [1280, 390])
def test_the_median_of_last_year_is_read_and_why_the_figure_of_today_differs(
    demo: Demo, open_page: Callable[[int], Page], width: int
) -> None:
    median, number = _last_year(demo)
    page = open_page(width)
    page.goto(f"{demo.address}/delais")
    expect(page.get_by_role("heading", name=re.compile("^T-03"))).to_be_visible()
    written = f"{median:.1f}".removesuffix(".0").replace(".", ",")
    said = f"Sur {number} dossiers fermés en {demo.run.reference_date.year - 1}, la moitié ont passé {written} jours ou moins"
    expect(page.get_by_text(said)).to_be_visible()
    expect(page.get_by_text("ce chiffre ne garde que ceux qui attendent encore leur signature")).to_be_visible()
    page.get_by_text("Définition, population, source et date de T-03").click()
    expect(page.get_by_text("Dossiers nés dans APiLos, hors ANAH et bailleurs privés")).to_be_visible()


def test_the_stage_and_its_territory_stay_in_the_address_for_a_colleague(demo: Demo, open_page: Callable[[], Page]) -> None:
    page = open_page()
    page.goto(f"{demo.address}/delais")
    stage = page.get_by_role("combobox", name=re.compile("Étape"))
    stage.fill("T-10")
    page.get_by_role("option", name=re.compile("^T-10")).click()
    expect(page).to_have_url(re.compile("etape=T-10"))
    nature = page.get_by_role("combobox", name=re.compile("Nature du bailleur"))
    nature.fill("HLM")
    page.get_by_role("option", name="Organisme d'HLM").click()
    page.keyboard.press("Escape")
    expect(page).to_have_url(re.compile("nature=HLM"))

    shared = open_page()
    shared.goto(page.url)
    expect(shared.get_by_role("heading", name=re.compile("^T-10"))).to_be_visible()
    shared.get_by_text("Voir le tableau").nth(2).click()
    expect(shared.get_by_role("table", name="Dossiers par année d'ouverture, médiane de Kaplan–Meier")).to_be_visible()
    expect(shared.get_by_label(re.compile("^Part des dossiers encore dans l'étape"))).to_be_visible()
