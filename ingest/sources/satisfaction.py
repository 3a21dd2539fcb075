"""What is particular to satisfaction surveys: an export of « Je donne mon avis » or a folder, and the département of an answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from data_contracts.clauses import literal
from ingest.formats import detect_surveys
from ingest.satisfaction.reception import ANSWER
from ingest.sources.system import System

if TYPE_CHECKING:
    import duckdb


def perimeter(_connection: duckdb.DuckDBPyConnection, departements: Sequence[str]) -> Mapping[str, str]:
    """Return the condition under which an answer is in these départements: it says so. « Je donne mon avis » never does."""
    return {ANSWER: f"coalesce(departement in ({', '.join(map(literal, departements))}), false)"}


SATISFACTION = System(name="satisfaction", label="de satisfaction", preferred_schema="", perimeter=perimeter, detect=detect_surveys)
