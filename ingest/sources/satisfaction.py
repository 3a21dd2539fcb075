"""What is particular to satisfaction surveys: an export of « Je donne mon avis » or a folder, and the département of an answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import duckdb

from data_contracts.clauses import literal
from ingest.formats import detect_surveys
from ingest.satisfaction.reception import ANSWER, SURVEY
from ingest.sources.system import System


def perimeter(_connection: duckdb.DuckDBPyConnection, departements: Sequence[str]) -> Mapping[str, str]:
    """Return the condition under which an answer is in these départements: it says so. « Je donne mon avis » never does."""
    return {ANSWER: f"coalesce(departement in ({', '.join(map(literal, departements))}), false)"}


def about_replaced(replaced: Path, landed: Path) -> list[str]:
    """Tell the surveys of the delivery replaced that the one just landed does not bring again: runs read them no more."""
    before, after = (literal(str(folder / f"{SURVEY}.parquet")) for folder in (replaced, landed))
    with duckdb.connect() as connection:
        lost = connection.execute(
            f"select titre from read_parquet({before}) where cle not in (select cle from read_parquet({after})) order by cle"
        ).fetchall()
    if not lost:
        return []
    titles = ", ".join(f"« {title} »" for (title,) in lost)
    return [f"Absent de cette livraison, qui remplace la précédente : {titles} ; les réunir dans un même dossier pour les garder."]


SATISFACTION = System(
    name="satisfaction",
    label="de satisfaction",
    preferred_schema="",
    perimeter=perimeter,
    detect=detect_surveys,
    about_replaced=about_replaced,
)
