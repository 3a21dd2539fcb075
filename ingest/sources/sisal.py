"""What is particular to SISAL, the infocentre of the agréments before SIAP: one exported report, and the département of a row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from data_contracts.clauses import literal
from ingest.formats import detect_report
from ingest.sources.system import System

if TYPE_CHECKING:
    import duckdb

REPORT = "rapport_1"
DEPARTEMENT = "(9[78][0-9]|[0-9][0-9]|2[AB])"
PARCEL = f"^{DEPARTEMENT}[0-9]+ "
"""A parcel reference starts with the code of its commune: 13097 000 AW 0144."""
MANAGER = f"^[0-9]{{4}}(D[DR]0?)?{DEPARTEMENT}"
"""A number of operation holds, after its year, who manages it: the seat of an EPCI (2015 13055 0003) or a service of the State
(2015 DD013 0021)."""


def perimeter(_connection: duckdb.DuckDBPyConnection, departements: Sequence[str]) -> Mapping[str, str]:
    """Return the condition under which a row is in these départements: that of its parcel, else that of whoever manages it."""
    parcel = f"nullif(regexp_extract(ref_parcelle_cadastrale, {literal(PARCEL)}, 1), '')"
    manager = f"regexp_extract(n_operation_galion, {literal(MANAGER)}, 2)"
    return {REPORT: f"coalesce(coalesce({parcel}, {manager}) in ({', '.join(map(literal, departements))}), false)"}


SISAL = System(name="sisal", label="SISAL", preferred_schema="", perimeter=perimeter, detect=detect_report)
