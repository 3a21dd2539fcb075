"""The made run, published in a home that the application reads."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from streamlit.testing.v1 import AppTest

from tests.unit.dashboards import made_run

if TYPE_CHECKING:
    from data_contracts.layout import Home
    from data_contracts.publication import PublishedRun

APP = Path(__file__).parents[3] / "dashboards" / "app.py"


@pytest.fixture
def empty_home(home: Home, monkeypatch: pytest.MonkeyPatch) -> Home:
    """A home where nothing is published, the one that the application reads."""
    monkeypatch.setenv("PARC_HOME", str(home.root))
    return home


@pytest.fixture
def run(empty_home: Home) -> PublishedRun:
    """The made run, current."""
    return made_run.write_run(empty_home)


@pytest.fixture
def app() -> AppTest:
    """The application, not started yet."""
    return AppTest.from_file(str(APP), default_timeout=30)
