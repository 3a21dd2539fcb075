from __future__ import annotations

import re
from typing import TYPE_CHECKING

from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from tests.browser.conftest import Demo


def test_a_rule_is_walked_to_by_its_family_and_its_address_opens_it_for_a_colleague(
    demo: Demo, open_page: Callable[[], Page]
) -> None:
    page = open_page()
    page.goto(f"{demo.address}/regles")
    page.get_by_role("button", name="DUR · Durée et date de fin").click()
    expect(page).to_have_url(re.compile("famille=DUR"))
    page.get_by_role("button", name=re.compile("^DUR-003 · ")).click()
    expect(page.get_by_role("table", name="Seuils et dates que la règle lit")).to_contain_text("15\u00a0ans")

    shared = open_page()
    shared.goto(page.url)
    shared.get_by_text("Lire la condition exacte (SQL)").click()
    expect(shared.get_by_text("date_effet + to_years($pls_min)")).to_be_visible()
    shared.get_by_role("button", name="Retour au catalogue").click()
    expect(shared.get_by_role("heading", name="Durée et date de fin")).to_be_visible()


def test_a_rule_is_found_by_a_parameter_that_it_reads(demo: Demo, open_page: Callable[[], Page]) -> None:
    page = open_page()
    page.goto(f"{demo.address}/regles")
    field = page.get_by_label("Chercher une règle")
    field.fill("pls_min")
    field.press("Enter")
    expect(page.get_by_role("button", name=re.compile("^DUR-003 · "))).to_be_visible()
    expect(page.get_by_role("button", name=re.compile("^DUR-001 · "))).not_to_be_visible()
    expect(page).to_have_url(re.compile("recherche=pls_min"))
