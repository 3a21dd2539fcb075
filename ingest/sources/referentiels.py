"""What is particular to dated reference data, files of zones that people download: they are kept whole."""

from __future__ import annotations

from pathlib import Path

import duckdb

from data_contracts.clauses import literal
from ingest.formats import detect_zonings
from ingest.referentiels.reception import ZONING
from ingest.sources.system import System


def about_replaced(replaced: Path, landed: Path) -> list[str]:
    """Tell the zonings of the delivery replaced that the one just landed does not bring again: runs read them no more."""
    before, after = (
        f"select distinct type_zonage, date_debut from read_parquet({literal(str(folder / f'{ZONING}.parquet'))})"
        for folder in (replaced, landed)
    )
    with duckdb.connect() as connection:
        lost = connection.execute(f"({before}) except ({after}) order by 1, 2").fetchall()
    if not lost:
        return []
    names = ", ".join(f"{kind} du {since:%d/%m/%Y}" for kind, since in lost)
    return [f"Absent de cette livraison, qui remplace la précédente : {names} ; les réunir dans un même dossier pour les garder."]


REFERENTIELS = System(
    name="referentiels",
    label="de référentiels",
    preferred_schema="",
    perimeter=lambda _connection, _departements: {},
    detect=detect_zonings,
    about_replaced=about_replaced,
)
