"""Marts of a few made rows, and what an indicator of the checkout tells of them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import duckdb

from data_contracts.clauses import quote
from data_contracts.indicator_loader import measures
from data_contracts.loader import products

Row = dict[str, Any]
CONVENTION: Row = {
    "source": "ecoloweb",
    "est_en_vigueur": True,
    "est_anah": False,
    "est_foyer": False,
    "est_mixte": False,
    "est_outre_mer": False,
    "est_reprise": False,
    "statut": "OPPOSABLE",
    "nature_bailleur": "HLM",
    "code_region": "75",
    "code_departement": "33",
    "code_commune": "33063",
}
LOT: Row = {"famille_financement": "PLUS", "financement": "PLUS", "code_commune": "33063"}
"""What an ordinary agreement and an ordinary lot hold."""
COMMUNES = {"33063": ("33", "75"), "33281": ("33", "75"), "24037": ("24", "75")}


class Marts:
    """Published tables, empty until a test fills them."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self.connection = connection
        for product in products().values():
            columns = ", ".join(f"{quote(column.nom)} {column.type}" for column in product.colonnes)
            connection.execute(f"create table {quote(product.mart)} ({columns})")
        connection.execute("create table parametre as select date '2026-11-15' as date_reference")
        for commune, (departement, region) in COMMUNES.items():
            self.add("dim_commune", code_commune=commune, code_departement=departement, code_region=region)

    def add(self, mart: str, **row: object) -> None:
        """Add a row to a mart."""
        marks = ", ".join("?" * len(row))
        self.connection.execute(f"insert into {mart} ({', '.join(row)}) values ({marks})", list(row.values()))

    def convention(self, name: str, *lots: Row, **row: object) -> None:
        """Add an agreement and its lots."""
        self.add("fct_convention", **{**CONVENTION, "convention_id": name, **row})
        for rank, lot in enumerate(lots):
            self.add("fct_lot", **{**LOT, "convention_id": name, "lot_id": f"{name}-{rank}", **lot})

    def told(self, measure: str, axis: str = "ensemble") -> dict[Any, float | None]:
        """Return the figures of a measure (P-02.nb_logements) along an axis, before any is hidden: by value, and by period where
        there is one."""
        kpi, name = measure.split(".")
        made = measures()
        found = self.connection.execute(
            f"select modalite, periode, valeur from ({made.query(made.indicators[kpi])}) where mesure = ? and axe = ?", [name, axis]
        ).fetchall()
        figures = {}
        for value, period, figure in found:
            key = value if period is None else period if axis == "ensemble" else (value, period)
            figures[key] = None if figure is None else float(figure)
        return figures


@contextmanager
def marts() -> Iterator[Marts]:
    """Give empty marts on 15 November 2026."""
    with duckdb.connect() as connection:
        yield Marts(connection)


def day(text: str) -> date:
    """Return the date that a text writes."""
    return date.fromisoformat(text)
