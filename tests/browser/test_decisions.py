from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Locator, Page

CASES = {1280: f"{1000:024x}", 390: f"{1001:024x}"}
"""A finding for each width."""
TABS = 60
"""More than any page holds before its last field."""


def _walk_to(page: Page, place: Locator) -> None:
    """Move the keyboard forward to a place, as a person does."""
    for _ in range(TABS):
        page.keyboard.press("Tab")
        if place.evaluate("element => element === document.activeElement"):
            return
    pytest.fail("the keyboard does not lead there")


@pytest.mark.parametrize("width", CASES)
def test_a_case_is_decided_of_with_the_keyboard_alone_and_the_decision_is_found_again(
    address: str, open_page: Callable[[int], Page], width: int
) -> None:
    case = CASES[width]
    page = open_page(width)
    page.goto(f"{address}/cas?constat={case}")
    # this may be the first page that the server draws
    expect(page.get_by_text("Personne n'a encore décidé de ce constat.")).to_be_visible(timeout=30_000)

    _walk_to(page, page.get_by_role("radio", name="À traiter"))
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("radio", name="Justifié")).to_be_checked()
    _walk_to(page, page.get_by_role("textbox", name="Motif"))
    page.keyboard.type("prêt de neuf ans")
    _walk_to(page, page.get_by_role("textbox", name="Auteur"))
    page.keyboard.type("A. Essai")
    _walk_to(page, page.get_by_role("button", name="Enregistrer la décision"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").filter(has_text="Décision enregistrée")).to_be_visible()

    page.reload()
    history = page.get_by_role("table", name="Décisions prises sur ce constat")
    expect(history.get_by_role("row").nth(1)).to_contain_text("prêt de neuf ans")
    expect(history.get_by_role("row")).to_have_count(2)
    expect(page.get_by_role("radio", name="Justifié")).not_to_be_checked()

    _walk_to(page, page.get_by_role("button", name="Retour à la liste"))
    page.keyboard.press("Enter")
    expect(page.locator(f".st-key-bloc_{case}")).to_contain_text("Décidé depuis : justifié")
