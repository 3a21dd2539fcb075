from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from tests.browser.conftest import Demo

SURVEY = "Satisfaction des bailleurs"


@pytest.mark.parametrize("width", [1280, 390])
def test_satisfaction_is_read_with_its_interval_and_a_theme_leads_to_its_comments(
    demo: Demo, open_page: Callable[[int], Page], width: int
) -> None:
    page = open_page(width)
    page.goto(f"{demo.address}/satisfaction")
    expect(page.get_by_role("heading", name=SURVEY).first).to_be_visible()
    expect(page.get_by_text(re.compile(rf"«\s{SURVEY}\s»\s: [\d,]+\s% de satisfaits \(de [\d,]+ à [\d,]+\s%\)"))).to_be_visible()
    expect(page.get_by_label(re.compile("^Part de satisfaits et intervalle"))).to_be_visible()
    theme = page.get_by_role("combobox", name=re.compile("Thème"))
    theme.click()
    theme.press_sequentially("Loyer")
    theme.press("Enter")
    expect(page).to_have_url(re.compile("theme=LOYER"))
    comments = page.get_by_role("article")
    expect(comments.first).to_contain_text("loyer")
    expect(page.get_by_role("article").filter(has_text="SPF prend des mois")).to_have_count(0)
