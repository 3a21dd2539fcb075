"""The départements a delivery may be limited to."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path

import data_contracts
from data_contracts.errors import BadInputError

OFFICIAL = Path(data_contracts.__file__).parent / "geographie" / "departement.csv"


def validated(codes: Iterable[str]) -> tuple[str, ...]:
    """Return the codes sorted, each once. Raises BadInputError naming the first that is not a département."""
    with OFFICIAL.open(encoding="utf-8", newline="") as file:
        known = {row["code_departement"] for row in csv.DictReader(file)}
    asked = sorted({code.strip().upper() for code in codes})
    if unknown := [code for code in asked if code not in known]:
        raise BadInputError(f"Le département « {unknown[0]} » n'existe pas : donner un code officiel, par exemple 33, 2A ou 971.")
    return tuple(asked)
