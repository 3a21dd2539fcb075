"""How many threads DuckDB and dbt may use."""

from __future__ import annotations

import os

from data_contracts.errors import BadInputError

VARIABLE = "PARC_THREADS"


def threads() -> int:
    """Return `PARC_THREADS`, or the number of cores this process may use. Raises BadInputError when it isn't a whole number ≥ 1."""
    asked = os.environ.get(VARIABLE, "").strip()
    if not asked:
        return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    if not asked.isdecimal() or int(asked) < 1:
        raise BadInputError(f"{VARIABLE} vaut « {asked} » : donner un nombre entier, 1 ou plus.")
    return int(asked)
