"""The application served on a loopback port, and a browser that reports every request it makes."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import sync_playwright

from data_contracts.layout import Home
from data_contracts.publication import PublishedRun, current_run
from tests.conftest import missing_tool
from tests.support.application import QUIET, find_chromium, served
from tests.unit.dashboards import made_run

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, Page


class Demo(NamedTuple):
    """The application on the demo parc: its address, and the run it reads."""

    address: str
    run: PublishedRun


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of a Chromium; its tests are skipped without one."""
    found = find_chromium()
    if found is None:
        missing_tool("chromium")
    return found


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    """One browser for every test; each opens its own page."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(QUIET))
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def address(chromium: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:  # noqa: ARG001 - no server without a browser
    """The address of the application, reading the made run, started from a folder that is not the project's."""
    home = Home(tmp_path_factory.mktemp("parc"))
    made_run.write_run(home)
    with served(home) as address:
        yield address


@pytest.fixture(scope="session")
def demo(chromium: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:  # noqa: ARG001 - no server without a browser
    """The application reading the demo parc, made by the command line as a newcomer does."""
    home = Home(tmp_path_factory.mktemp("demo"))
    parc = Path(sys.executable).parent / "parc"
    subprocess.run([str(parc), "demo"], check=True, env={**os.environ, "PARC_HOME": str(home.root)}, stdout=subprocess.DEVNULL)
    with served(home) as address:
        yield Demo(address, current_run(home))


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
