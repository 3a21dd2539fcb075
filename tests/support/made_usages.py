"""The model that judges the uses, run on made counts."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import duckdb
import jinja2

from dagster_project.indicateurs import DEMAND_COLUMNS
from dagster_project.project import Project
from data_contracts.clauses import quote
from data_contracts.loader import products
from data_contracts.usage_loader import COLUMNS

Row = dict[str, Any]


def demand(usage: str = "loyers", rang: int = 1, **changes: object) -> Row:
    """Make a demand: usable from 95 %, with care from 80 %."""
    return {
        "usage": usage,
        "rang_usage": 1,
        "titre": "Connaître les loyers",
        "question": "Quels sont les loyers ?",
        "rang": rang,
        "libelle": f"Exigence {rang}",
        "utilisable_pct": 95,
        "precaution_pct": 80,
        **changes,
    }


def count(renseignes: int, applicables: int, departement: str | None = "33", **changes: object) -> Row:
    """Make what a demand counts in a département of Ecoloweb; of the whole source for None."""
    return {
        "usage": "loyers",
        "rang": 1,
        "source": "ecoloweb",
        "code_departement": departement,
        "nb_applicables": applicables,
        "nb_renseignes": renseignes,
        **changes,
    }


def judged(demands: Iterable[Row], counts: Iterable[Row]) -> dict[tuple[str, str, str], Row]:
    """Return the rows of agg_usage, by use, source and département."""
    with duckdb.connect() as connection:
        connection.execute(f"create table exigence ({DEMAND_COLUMNS}); create table compte_lu ({COLUMNS})")
        for table, rows in (("exigence", demands), ("compte_lu", counts)):
            for row in rows:
                marks = ", ".join("?" * len(row))
                connection.execute(f"insert into {table} ({', '.join(map(quote, row))}) values ({marks})", list(row.values()))
        result = connection.execute(_model())
        names = [column[0] for column in result.description or ()]
        found = [dict(zip(names, row, strict=True)) for row in result.fetchall()]
    return {(row["usage"], row["source"], row["code_departement"]): row for row in found}


def _model() -> str:
    columns = products()["agg_usage"].colonnes
    text = (Project().dbt / "models" / "marts" / "agg_usage.sql").read_text(encoding="utf-8")
    template = jinja2.Environment(autoescape=False).from_string(text)  # noqa: S701 - it is SQL
    return template.render(
        marts_par_leur_nom=lambda _: "parametre as (select 1)",
        marts_des_usages=list,
        requetes_unies=lambda *_: "select * from compte_lu",
        aucun_compte=str,
        source=lambda _, table: table,
        published_columns=lambda: ", ".join(f"cast({column.nom} as {column.type}) as {column.nom}" for column in columns),
    )
