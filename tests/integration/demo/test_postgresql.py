"""The demo's dumps before a real PostgreSQL."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from ingest.demo import generate

if TYPE_CHECKING:
    from tests.support.postgresql import Server


NOM_DONNE = r" CONSTRAINT \w+ NOT NULL"
"""What recent servers write of a column whose own name is too long for the name of its constraint."""


def statements(dump: Path) -> list[str]:
    """Return the lines of a dump but comments and settings; PostgreSQL may give rows back in another order."""
    lignes = re.sub(NOM_DONNE, " NOT NULL", dump.read_text(encoding="utf-8")).splitlines()
    return sorted(ligne for ligne in lignes if ligne and not ligne.startswith(("--", "SET ", "\\restrict", "\\unrestrict")))


@pytest.mark.parametrize("source", ["dump", "apilos"])
def test_postgresql_loads_it_and_dumps_it_back_the_same(source: str, postgres: Server, tmp_path: Path) -> None:
    written: Path = getattr(generate(400, 5, tmp_path / "demo"), source)
    url = postgres.new_database()

    postgres.run("psql", "--quiet", "--set", "ON_ERROR_STOP=1", "--file", str(written), url)

    assert statements(postgres.dump(url, tmp_path / "back.sql", "--no-owner")) == statements(written)
