"""The application served on the made run and on the demo parc."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

from data_contracts.layout import Home
from data_contracts.publication import PublishedRun, current_run
from tests.support.application import served
from tests.unit.dashboards import made_run

if TYPE_CHECKING:
    from collections.abc import Iterator


class Demo(NamedTuple):
    """The application on the demo parc: its address, and the run it reads."""

    address: str
    run: PublishedRun


@pytest.fixture(scope="session")
def address(chromium: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:  # noqa: ARG001 - no server without a browser
    """The address of the application, reading the made run, started from a folder that is not the project's."""
    home = Home(tmp_path_factory.mktemp("parc"))
    made_run.write_run(home)
    with served(home) as here:
        yield here


@pytest.fixture(scope="session")
def demo(chromium: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:  # noqa: ARG001 - no server without a browser
    """The application reading the demo parc, made by the command line as a newcomer does."""
    home = Home(tmp_path_factory.mktemp("demo"))
    parc = Path(sys.executable).parent / "parc"
    subprocess.run([str(parc), "demo"], check=True, env={**os.environ, "PARC_HOME": str(home.root)}, stdout=subprocess.DEVNULL)
    with served(home) as here:
        yield Demo(here, current_run(home))
