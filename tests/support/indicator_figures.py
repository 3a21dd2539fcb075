"""What an indicator of the checkout tells of a published run, whether the run was made by dbt or by hand."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import duckdb

from data_contracts.indicator_loader import measures

if TYPE_CHECKING:
    from data_contracts.publication import PublishedRun


def told(run: PublishedRun, measure: str, axis: str = "ensemble") -> dict[tuple[str, str | None], Decimal | None]:
    """Return the figures of a measure (A-08.part_couverte) by value of the axis and period, rounded as they are published."""
    kpi, name = measure.split(".")
    made = measures()
    with duckdb.connect() as connection:
        connection.execute(f"attach '{run.database}' as parc (read_only); use parc.marts")
        connection.execute("create temp table parametre as select $1::date as date_reference", [run.reference_date])
        found = connection.execute(
            f"""
            select modalite, periode, valeur::decimal(18, 4)
            from ({made.query(made.indicators[kpi])})
            where mesure = ? and axe = ?
            """,
            [name, axis],
        ).fetchall()
    return {(value, None if period is None else str(period)): figure for value, period, figure in found}
