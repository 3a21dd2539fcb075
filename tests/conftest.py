"""Fixtures that every test folder may use."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import hypothesis
import pytest

from data_contracts.layout import Home
from tests.support.command import REFERENCE_DATE

if TYPE_CHECKING:
    from dagster_project.run import RunOutcome

pytest_plugins = ["tests.support.browser", "tests.support.postgresql"]
ROOT = Path(__file__).resolve().parents[1]
SHARED_DATA = ROOT.parent / "shared" / "data"

# how long an example takes says how busy the machine is
hypothesis.settings.register_profile("parc", deadline=None)
hypothesis.settings.load_profile("parc")


@pytest.hookimpl(tryfirst=True)  # before the tests are shared out, which is done by this mark
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep on one process the tests that share what is long to make: a published parc, a server, a browser."""
    for item in items:
        folders = item.path.relative_to(ROOT / "tests").parts[:-1]
        if folders[:1] in {("browser",), ("concurrency",), ("integration",)} or folders == ("unit", "demo"):
            item.add_marker(pytest.mark.xdist_group("/".join(folders)))


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
def publish(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., RunOutcome]]:
    """Run homes in this process, which loads once what a run needs and reads the dbt project once."""
    from dagster_project.checks.worker import CheckWorker  # noqa: PLC0415 - for the tests that run
    from dagster_project.run import execute  # noqa: PLC0415 - same reason

    warm = tmp_path_factory.mktemp("cache") / "cache"
    with CheckWorker() as worker:

        def run(home: Home, date_reference: str = REFERENCE_DATE, **options: Any) -> RunOutcome:  # noqa: ANN401 - those of execute
            if warm.exists() and not home.cache.exists():
                shutil.copytree(warm, home.cache)
            outcome = execute(home, date.fromisoformat(date_reference), worker=worker, **options)
            if not warm.exists():
                shutil.copytree(home.cache, warm)
            return outcome

        yield run


def missing_tool(name: str, *, optional: bool = False) -> None:
    """Skip the test that needs a tool this machine lacks, or fail it where the whole suite is demanded.

    An optional tool is a second opinion on what other tests hold already: its absence is never a failure.
    """
    reason = f"needs {name}, which this machine lacks"
    if not optional and os.environ.get("PARC_TESTS_COMPLETS") == "1":
        pytest.fail(reason)
    pytest.skip(reason)
