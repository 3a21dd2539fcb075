from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from dashboards import pages
from tests.support.browser import wait_until_drawn
from tests.unit.dashboards import made_rows

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Page

ODD_SPELLING = "33 2-061993.851231/1 033012_1333"
VIEWS = (
    *(page.adresse for group in pages.GROUPES.values() for page in group),
    "fiche_convention?recherche=armor",
    "fiche_convention?convention=ecoloweb:423085",
    "fiche_convention?convention=ecoloweb:1",
    "cas?severite=tous&etat=tous",
    f"cas?constat={made_rows.COURTE}",
    "regles?regle=DUR-003",
    "dictionnaire?table=fct_lot",
    "lignes?ensemble=mixtes",
    "qualite?vue=completude",
    "qualite?vue=usages",
    "qualite?vue=reconciliation",
    "qualite?vue=controles",
    "qualite?vue=livraisons",
)
"""Address of each view."""


def _body_overflow(page: Page) -> int:
    """Pixels that the page body holds beyond its width."""
    return int(
        page.evaluate(
            """() => Math.max(...[document.documentElement, document.querySelector('[data-testid="stMain"]')]
                .map(element => element.scrollWidth - element.clientWidth))"""
        )
    )


def test_an_agreement_is_walked_to_from_the_first_page_and_its_address_opens_the_same_view(
    address: str, open_page: Callable[[], Page]
) -> None:
    page = open_page()
    page.goto(address)
    expect(page.get_by_role("heading", name="Le parc conventionné")).to_be_visible()
    page.get_by_role("link", name="Fiche convention").first.click()

    field = page.get_by_label("Numéro, identifiant, bailleur ou commune")
    field.fill(ODD_SPELLING)
    field.press("Enter")
    page.get_by_role("button", name="33/2/061993/851231/1/033012/1333").click()

    expect(page.get_by_role("heading", name="33/2/061993/851231/1/033012/1333")).to_be_visible()
    expect(page.get_by_role("heading", name="Histoire de la convention")).to_be_visible()
    expect(page.get_by_label(re.compile("^Frise de la convention"))).to_be_visible()
    expect(page.get_by_role("table", name=re.compile("1 ligne de ecolo_conventionapl"))).to_contain_text("423085")
    page.get_by_text("Programmes (ecolo_programmelogement)").click()
    expect(page.get_by_role("table", name=re.compile("6 lignes de ecolo_programmelogement"))).to_be_visible()
    expect(page).to_have_url(re.compile("convention=ecoloweb%3A423085"))

    shared = open_page()
    shared.goto(page.url)
    page.go_back()
    expect(page.get_by_role("heading", name="Trouver une convention")).to_be_visible()
    expect(shared.get_by_role("heading", name="33/2/061993/851231/1/033012/1333")).to_be_visible()
    shared.get_by_role("button", name="Retour aux résultats").click()
    expect(shared.get_by_label("Numéro, identifiant, bailleur ou commune")).to_have_value(ODD_SPELLING)


@pytest.mark.parametrize("width", [1280, 390])
def test_no_view_is_wider_than_its_screen(address: str, open_page: Callable[[int], Page], tmp_path: Path, width: int) -> None:
    page = open_page(width)
    overflow = {}
    for view in VIEWS:
        page.goto(f"{address}/{view}")
        wait_until_drawn(page)
        page.screenshot(path=tmp_path / f"{len(overflow)}.png")
        overflow[view] = _body_overflow(page)
    assert overflow == dict.fromkeys(VIEWS, 0)


def test_the_page_is_declared_french_and_reachable_by_keyboard(address: str, open_page: Callable[[], Page]) -> None:
    page = open_page()
    page.goto(f"{address}/fiche_convention?convention=ecoloweb:423085")
    lots = page.get_by_role("region", name="Lots : logements, surfaces et loyers plafonds initiaux")
    lots.focus()
    expect(lots).to_be_focused()
    assert page.evaluate("document.documentElement.lang") == "fr"


def test_a_table_is_downloaded_for_a_french_excel(address: str, open_page: Callable[[], Page]) -> None:
    page = open_page()
    page.goto(f"{address}/fiche_convention?convention=ecoloweb:423085")
    with page.expect_download() as download:
        page.get_by_role("button", name=re.compile("^CSV « Avenants")).click()
    assert download.value.suggested_filename == "ecoloweb-423085_avenants.csv"
    content = download.value.path().read_text(encoding="utf-8-sig")
    assert content.splitlines()[1].startswith("1;Prorogation de la durée;")
