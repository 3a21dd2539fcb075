"""The real sample, imported and published once by the command line."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from data_contracts.layout import Home
from data_contracts.publication import current_run
from tests.support.command import parc_does


@pytest.fixture(scope="session")
def sample_home(tmp_path_factory: pytest.TempPathFactory, shared_data: Path) -> Home:
    """A home that published the custom dump of the sample."""
    home = Home(tmp_path_factory.mktemp("sample") / "parc")
    parc_does(home, "import", "ecoloweb", shared_data / "ecoloweb_sample.pgsql")
    parc_does(home, "run")
    return home


@pytest.fixture
def marts(sample_home: Home) -> Iterator[duckdb.DuckDBPyConnection]:
    """The published marts of the sample, read-only."""
    connection = current_run(sample_home).connect()
    yield connection
    connection.close()
