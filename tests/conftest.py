"""Fixtures that every test folder may use."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from data_contracts.layout import Home

ROOT = Path(__file__).resolve().parents[1]
SHARED_DATA = ROOT.parent / "shared" / "data"


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real deliveries, which stands beside the checkout and is never part of it."""
    if not SHARED_DATA.is_dir():
        pytest.skip(f"real deliveries absent: {SHARED_DATA} does not exist")
    return SHARED_DATA


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """An empty home."""
    return Home(tmp_path / "parc")


def missing_tool(name: str) -> None:
    """Skip the test that needs a tool this machine lacks, or fail it where the whole suite is demanded."""
    reason = f"needs {name}, which this machine lacks"
    if os.environ.get("PARC_TESTS_COMPLETS") == "1":
        pytest.fail(reason)
    pytest.skip(reason)
