"""A made database of APiLos in a real PostgreSQL, and what it becomes in every format."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg
import pytest

from data_contracts.layout import Home
from ingest.importer import ImportReport, import_delivery
from ingest.personal_data import KEY_VARIABLE
from tests.support import made_apilos

if TYPE_CHECKING:
    from tests.support.postgresql import Server

NOW = datetime(2026, 11, 1, tzinfo=UTC)


@pytest.fixture(autouse=True)
def pseudonyms(monkeypatch: pytest.MonkeyPatch) -> None:
    """Give the same pseudonyms to every home that a test imports in."""
    monkeypatch.setenv(KEY_VARIABLE, "cle-de-test")


@pytest.fixture(scope="session")
def database(postgres: Server) -> str:
    """The URL of the made database, whose server speaks the time of Paris, not that of Greenwich."""
    url = postgres.new_database()
    with psycopg.connect(url) as connection:
        made_apilos.create(connection)
        connection.execute(f"alter database {connection.info.dbname} set timezone = 'Europe/Paris'")  # type: ignore[arg-type]
    return url


@pytest.fixture(scope="session")
def origins(database: str, postgres: Server, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str | Path]:
    """The same database in every format."""
    return postgres.every_format(database, tmp_path_factory.mktemp("apilos"), "public")


@pytest.fixture(scope="session")
def imported(
    origins: dict[str, str | Path], tmp_path_factory: pytest.TempPathFactory
) -> Callable[[str], tuple[Home, ImportReport]]:
    """Import the database in a format, in a home of its own, once."""
    done: dict[str, tuple[Home, ImportReport]] = {}

    def run(name: str) -> tuple[Home, ImportReport]:
        if name not in done:
            home = Home(tmp_path_factory.mktemp(name) / "parc")
            done[name] = (home, import_delivery(home, "apilos", origins[name], now=NOW))
        return done[name]

    return run
