"""The application served on a loopback port, and the browser that reads it: for browser tests and for the bench alike."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError

from dagster_project.commands.interfaces import APP, dashboard_command
from data_contracts.layout import Home

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


def find_chromium() -> str | None:
    """Return the path of a Chromium: the one that PARC_CHROMIUM names, of the PATH, or playwright's own; None without any."""
    named = os.environ.get("PARC_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    if named:
        return named
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - most tests open no browser

    with sync_playwright() as playwright:
        bundled = playwright.chromium.executable_path
    return bundled if Path(bundled).exists() else None


@contextmanager
def served(home: Home, script: Path = APP) -> Iterator[str]:
    """Serve the application, or another script, on a home while the block runs, and give its address.

    What it logs is in `streamlit.log` there.

    Raises RuntimeError, with what the server wrote, when it does not start.
    """
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = home.root / "streamlit.log"
    command = dashboard_command(port, "127.0.0.1", home.sign_in if home.sign_in.is_file() else None)
    command[command.index(str(APP))] = str(script)
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
    raise RuntimeError(f"the application did not start: {log.read_text(encoding='utf-8', errors='replace')}")
