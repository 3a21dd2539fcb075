"""A parc that a run is about to change, for those who read meanwhile."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from data_contracts.layout import Home
from ingest.demo import generate
from tests.support.command import parc_does

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SMALL, LARGER = 120, 200
"""Agreements of the two deliveries."""


@pytest.fixture(scope="session")
def two_deliveries(tmp_path_factory: pytest.TempPathFactory, publish: Callable[[Home], object]) -> Home:
    """A home that published a small parc and received a larger one."""
    folder = tmp_path_factory.mktemp("two")
    home = Home(folder / "parc")
    parc_does(home, "import", "ecoloweb", generate(SMALL, 1, folder / "small").dump)
    publish(home)
    parc_does(home, "import", "ecoloweb", generate(LARGER, 2, folder / "larger").dump)
    return home


@pytest.fixture
def changing(two_deliveries: Home, tmp_path: Path) -> Home:
    """A copy of it for one test."""
    shutil.copytree(two_deliveries.root, tmp_path / "parc", symlinks=True)
    return Home(tmp_path / "parc")
