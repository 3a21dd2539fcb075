"""The tables of docs/fiabilite.md, each between two marks: those who fill them write a row as soon as they know it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

PAGE = Path(__file__).parents[2] / "docs" / "fiabilite.md"


@dataclass(frozen=True)
class Table:
    """A table of the page."""

    name: str
    """What its marks call it."""
    head: str
    """Its titles."""

    def rows(self) -> dict[str, str]:
        """Return its rows by their first cell."""
        [table] = re.findall(self._between("(.*)"), PAGE.read_text(encoding="utf-8"), flags=re.DOTALL)
        listed = [row for row in table.splitlines() if row.startswith("| ")]
        return {row.split("|")[1].strip(): row for row in listed[1:]}  # the first is the titles

    def write(self, rows: Iterable[str]) -> None:
        """Write these rows in place of its own."""
        rule = re.sub(r"[^|]+", "---", self.head)
        written = self._between("\n" + "\n".join([self.head, rule, *rows]) + "\n")
        page = PAGE.read_text(encoding="utf-8")
        PAGE.write_text(re.sub(self._between(".*"), lambda _: written, page, flags=re.DOTALL), encoding="utf-8")

    def _between(self, content: str) -> str:
        return f"<!-- {self.name} -->{content}<!-- fin de la {self.name} -->"
