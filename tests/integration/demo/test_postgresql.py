"""The demo's dump before a real PostgreSQL."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ingest.demo import generate

if TYPE_CHECKING:
    from tests.integration.conftest import Server


def statements(dump: Path) -> list[str]:
    """Return the lines of a dump but comments and settings; PostgreSQL may give rows back in another order."""
    lignes = dump.read_text(encoding="utf-8").splitlines()
    return sorted(ligne for ligne in lignes if ligne and not ligne.startswith(("--", "SET ", "\\restrict", "\\unrestrict")))


def test_postgresql_loads_it_and_dumps_it_back_the_same(postgres: Server, tmp_path: Path) -> None:
    written = generate(400, 5, tmp_path / "demo").dump
    url = postgres.new_database()

    postgres.run("psql", "--quiet", "--set", "ON_ERROR_STOP=1", "--file", str(written), url)

    assert statements(postgres.dump(url, tmp_path / "back.sql", "--no-owner")) == statements(written)
