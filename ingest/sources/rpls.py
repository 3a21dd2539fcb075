"""What is particular to RPLS: one file, and the département of a dwelling, which its commune tells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import duckdb

from data_contracts.clauses import literal
from ingest.formats import detect_rpls
from ingest.rpls.reception import DWELLING
from ingest.sources.system import System


def perimeter(_connection: duckdb.DuckDBPyConnection, departements: Sequence[str]) -> Mapping[str, str]:
    """Return the condition under which a dwelling is in these départements."""
    code = "upper(trim(depcom))"
    departement = f"left({code}, case when {code} similar to '9[78].*' then 3 else 2 end)"
    return {DWELLING: f"coalesce({departement} in ({', '.join(map(literal, departements))}), false)"}


RPLS = System(name="rpls", label="RPLS", preferred_schema="", perimeter=perimeter, detect=detect_rpls)
