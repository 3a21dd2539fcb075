"""A browser that reports every request it makes, and the application served on a loopback port: fixtures of several folders."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.error import URLError
from urllib.parse import urlsplit

import pytest

from tests.conftest import missing_tool

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, Page

    from data_contracts.layout import Home

APP = Path(__file__).parents[2] / "dashboards" / "app.py"
QUIET = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of a Chromium: the one that PARC_CHROMIUM names, of the PATH, or playwright's own."""
    named = os.environ.get("PARC_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    if named:
        return named
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - most tests open no browser

    with sync_playwright() as playwright:
        bundled = playwright.chromium.executable_path
    if not Path(bundled).exists():
        missing_tool("chromium")
    return bundled


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


@contextmanager
def served(home: Home) -> Iterator[str]:
    """Serve the application on a home while the block runs, and give its address. What it logs is in `streamlit.log` there."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = home.root / "streamlit.log"
    command = [sys.executable, "-m", "streamlit", "run", str(APP), "--server.port", str(port)]
    with log.open("wb") as output:
        server = subprocess.Popen(
            command, cwd=home.root, env={**os.environ, "PARC_HOME": str(home.root)}, stdout=output, stderr=subprocess.STDOUT
        )
    try:
        _wait_untilserved(f"http://127.0.0.1:{port}", server, log)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(timeout=30)


def _wait_untilserved(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(300):
        if server.poll() is not None:
            break
        try:
            with urllib.request.urlopen(f"{address}/_stcore/health", timeout=5):  # noqa: S310 - our own loopback address
                return
        except (URLError, OSError):
            time.sleep(0.2)
    pytest.fail(f"the application did not start: {log.read_text(encoding='utf-8', errors='replace')}")
