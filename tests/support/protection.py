"""The macro that chooses the cells to hide, run on made cells."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import duckdb
import jinja2

from dagster_project.project import Project

Cell = dict[str, Any]
COLUMNS = {
    "kpi_id": "varchar",
    "volet": "integer",
    "periode": "varchar",
    "axe": "varchar",
    "modalite": "varchar",
    "axe_parent": "varchar",
    "modalite_parent": "varchar",
    "niveau": "integer",
    "nb": "bigint",
    "seuil": "integer",
    "est_primaire": "boolean",
}


def hidden(cells: Iterable[Cell]) -> set[tuple[str, str]]:
    """Return the axis and the value of each cell that must not be published."""
    source = (Project().dbt / "macros" / "protection.sql").read_text(encoding="utf-8")
    macro = jinja2.Environment(autoescape=False).from_string(source).module.cellules_protegees  # type: ignore[attr-defined] # noqa: S701 - it is SQL
    with duckdb.connect() as connection:
        connection.execute(f"create table cellule ({', '.join(f'{name} {kind}' for name, kind in COLUMNS.items())})")
        for cell in cells:
            row = {"kpi_id": "E-01", "volet": 1, "periode": "2026", **cell}
            connection.execute(f"insert into cellule values ({', '.join('?' * len(COLUMNS))})", [row.get(name) for name in COLUMNS])
        return set(connection.execute(f"with {macro()} select axe, modalite from cellule_protegee").fetchall())
