"""The decisions of analysts, as a run reads them: those recorded when it starts."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import duckdb

    from data_contracts.decision_register import Register

TABLE = "decision"
COLUMNS = """decision_id varchar, anomalie_id varchar, statut varchar, motif varchar, auteur varchar, date_decision timestamp,
    empreinte_preuve varchar"""
"""The date in UTC."""


def load(connection: duckdb.DuckDBPyConnection, register: Register, table: str) -> None:
    """Fill `table`, made of `COLUMNS`, with the decisions of a register."""
    records = [decision.record() for decision in register.decisions]
    names = [column.split()[0] for column in COLUMNS.split(",")]
    selected = ", ".join(f"unnest(?::varchar[]) as {name}" for name in names)
    connection.execute(f"insert into {table} by name select {selected}", [[record[name] for record in records] for name in names])
