"""The quality report in a browser: readable at any width, whole without a network."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from data_contracts.layout import REPORT_FILE, Home
from tests.unit.rapport.made import publish, rows

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The page of a small run that follows another."""
    home = Home(tmp_path_factory.mktemp("rapport") / "parc")
    publish(home, rows())
    run = publish(home, rows(), "20261102T120000Z-bbbbbb")
    return (run.path / Path(REPORT_FILE)).read_text(encoding="utf-8")


@pytest.mark.parametrize("width", [1280, 390])
def test_the_page_never_scrolls_sideways(open_page: Callable[[int], Page], report: str, width: int) -> None:
    page = open_page(width)
    page.set_content(report)

    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("width", [1280, 390])
def test_the_first_screen_says_whether_to_trust_it(open_page: Callable[[int], Page], report: str, width: int) -> None:
    page = open_page(width)
    page.set_content(report)

    box = page.locator("section.verdict").bounding_box()
    assert box is not None
    assert box["y"] + box["height"] < 900


def test_printed_the_page_keeps_the_words_of_every_state(open_page: Callable[[int], Page], report: str) -> None:
    page = open_page(1280)
    page.set_content(report)
    page.emulate_media(media="print")

    assert page.locator(".verdict .etat").inner_text().strip() == "✔ Oui"
    assert not page.locator("nav").is_visible()
