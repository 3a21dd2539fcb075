"""The application served on a loopback port, and a browser that reports every request it makes."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.error import URLError

import pytest
from playwright.sync_api import sync_playwright

from data_contracts.layout import Home
from tests.conftest import missing_tool
from tests.unit.dashboards import made_run

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

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
    with sync_playwright() as playwright:
        bundled = playwright.chromium.executable_path
    if not Path(bundled).exists():
        missing_tool("chromium")
    return bundled


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
        _wait_until_served(f"http://127.0.0.1:{port}", server, log)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(timeout=30)


def _wait_until_served(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(300):
        if server.poll() is not None:
            break
        try:
            with urllib.request.urlopen(f"{address}/_stcore/health", timeout=5):  # noqa: S310 - our own loopback address
                return
        except (URLError, OSError):
            time.sleep(0.2)
    pytest.fail(f"the application did not start: {log.read_text(encoding='utf-8', errors='replace')}")
