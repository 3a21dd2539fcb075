"""A plain dump of Ecoloweb that a test edits row by row: the delivery after, of which one knows all that distinguishes it."""

from __future__ import annotations

import re
from collections.abc import Collection
from pathlib import Path

Row = dict[str, str]

NULL = r"\N"
_COPY = re.compile(r"^COPY ecolo\.ecolo_(\w+) \((.+)\) FROM stdin;$")
_END = "\\."
_HOLDERS = ("conventionapl", "conventiondonneesgenerales", "avenant", "programmelogement")
"""Tables that others hang from, each after the one it hangs from."""


class EditedDump:
    """The rows of a dump by table, named without their prefix; their values are COPY text."""

    def __init__(self, path: Path) -> None:
        """Read a whole dump."""
        self._parts: list[str] = []
        self._columns: dict[str, list[str]] = {}
        self.rows: dict[str, list[Row]] = {}
        table = ""
        for line in path.read_text(encoding="utf-8").split("\n"):
            if table and line != _END:
                self.rows[table].append(dict(zip(self._columns[table], line.split("\t"), strict=True)))
                continue
            table = ""
            self._parts.append(line)
            if found := _COPY.match(line):
                table = found[1]
                self._columns[table] = found[2].split(", ")
                self.rows[table] = []

    def write(self, path: Path) -> Path:
        """Write the dump as it is now; return its path."""
        lines: list[str] = []
        for part in self._parts:
            lines.append(part)
            if found := _COPY.match(part):
                lines += ["\t".join(row.values()) for row in self.rows[found[1]]]
        path.write_text("\n".join(lines), encoding="utf-8")
        return path

    def remove_agreements(self, ids: Collection[str]) -> None:
        """Remove agreements with all that hangs from them."""
        gone = {"conventionapl": set(ids)}
        self.rows["conventionapl"] = [row for row in self.rows["conventionapl"] if row["id"] not in gone["conventionapl"]]
        for holder in _HOLDERS:
            for table, rows in self.rows.items():
                hanging = [row for row in rows if row.get(f"{holder}_id") in gone.get(holder, ())]
                if table in _HOLDERS:
                    gone.setdefault(table, set()).update(row["id"] for row in hanging)
                self.rows[table] = [row for row in rows if row.get(f"{holder}_id") not in gone.get(holder, ())]
