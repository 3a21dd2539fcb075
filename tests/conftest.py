"""Fixtures that every test folder may use."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from data_contracts.layout import Home
from tests.support.command import REFERENCE_DATE

if TYPE_CHECKING:
    from dagster_project.run import RunOutcome

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


@pytest.fixture(scope="session")
def publish(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., RunOutcome]:
    """Run a home in this process, which has loaded what a run needs and has read the dbt project once."""
    warm = tmp_path_factory.mktemp("cache") / "cache"

    def run(home: Home, **options: object) -> RunOutcome:
        from dagster_project.run import execute  # noqa: PLC0415 - seconds of import, for the tests that run

        if warm.exists() and not home.cache.exists():
            shutil.copytree(warm, home.cache)
        outcome = execute(home, date.fromisoformat(REFERENCE_DATE), **options)  # type: ignore[arg-type]
        if not warm.exists():
            shutil.copytree(home.cache, warm)
        return outcome

    return run


def missing_tool(name: str) -> None:
    """Skip the test that needs a tool this machine lacks, or fail it where the whole suite is demanded."""
    reason = f"needs {name}, which this machine lacks"
    if os.environ.get("PARC_TESTS_COMPLETS") == "1":
        pytest.fail(reason)
    pytest.skip(reason)
