"""Made files of RPLS, with the header of 2025."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from ingest.demo.rpls import ENTETE

USUAL = {"DEPCOM": "33063", "CONV": "1", "NUMCONV": "33 2 1998-11 85-1231 2100", "NOMVOIE": "DES LILAS", "X": "417000.5"}
"""One dwelling of Bordeaux, under an agreement, at an address."""


def write_rpls(path: Path, rows: Iterable[Mapping[str, str]], encoding: str = "utf-8", header: Iterable[str] = ENTETE) -> Path:
    """Write a file whose rows are the usual dwelling, but for the columns given."""
    names = list(header)
    lines = [";".join(names), *(";".join((USUAL | dict(row)).get(name, "") for name in names) for row in rows)]
    path.write_bytes(("\n".join(lines) + "\n").encode(encoding))
    return path
