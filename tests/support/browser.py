"""A browser that reports every request it makes: fixtures of several folders, and when a page is drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.conftest import missing_tool
from tests.support.application import QUIET, find_chromium

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, Page

expect.set_options(timeout=30_000)  # milliseconds; how long a page takes says how busy the machine is
DRAWN = """
document.querySelector('[data-testid=stApp]')?.dataset.testScriptState === 'notRunning'
&& !document.querySelector('[data-testid=stSkeleton], [data-stale=true]')
"""


def wait_until_drawn(page: Page) -> None:
    """Wait until the page has its title, and nothing in it is being computed, loaded or replaced."""
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.wait_for_function(DRAWN)


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of a Chromium, which a machine may lack."""
    found = find_chromium()
    if found is None:
        missing_tool("chromium")
    return found


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    """One browser for every test; each opens its own page."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - most tests open no browser

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(QUIET))
        yield browser
        browser.close()


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Callable[[int], Page]]:
    """Open a page of a given width; nothing it asks for may leave this machine."""
    contexts, asked = [], set()

    def opened(width: int = 1280) -> Page:
        context = browser.new_context(viewport={"width": width, "height": 900}, locale="fr-FR")
        contexts.append(context)
        page = context.new_page()
        page.on("request", lambda request: asked.add(urlsplit(request.url)))
        page.on("websocket", lambda socket: asked.add(urlsplit(socket.url)))
        return page

    yield opened
    for context in contexts:
        context.close()
    abroad = sorted({url.geturl() for url in asked if url.scheme not in {"data", "blob", "file"} and url.hostname != "127.0.0.1"})
    assert abroad == []
