"""What a run reads of the refused rows of its deliveries, and of the corrections that they hold."""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING

from data_contracts.clauses import literal
from data_contracts.delivery import LINE_COLUMN, Delivery, quarantine_path
from ingest.refused import State, applied, refused_rows

if TYPE_CHECKING:
    import duckdb

    from data_contracts.layout import Home
    from ingest.corrections import Register

QUARANTINE, CORRECTION = "quarantaine", "correction"
QUARANTINE_COLUMNS = """livraison_id varchar, source varchar, table_source varchar, ligne bigint, cle varchar, clause varchar,
    motif varchar, brut varchar, etat varchar"""
CORRECTION_COLUMNS = """livraison_id varchar, source varchar, table_source varchar, ligne bigint, colonne varchar,
    est_liberee boolean, auteur varchar, date_correction timestamp, motif varchar"""
"""One column of one row; the values stay in the landing. The date in UTC."""


def load(connection: duckdb.DuckDBPyConnection, schema: str, home: Home, delivery: Delivery, register: Register) -> None:
    """Add the refused rows of a delivery to `schema`.quarantaine, and the corrections that it holds to `schema`.correction."""
    for table in delivery.tables:
        refused = quarantine_path(home, delivery, table.table)
        if refused.exists():
            connection.execute(
                f"insert into {schema}.{QUARANTINE} select ?, ?, ?, {LINE_COLUMN}, cle, clause, motif, brut, ? "
                f"from read_parquet({literal(str(refused))}) order by {LINE_COLUMN}, clause",
                [delivery.livraison_id, delivery.source, table.table, State.REFUSEE.value],
            )
    if delivery.corrige is None and not any(key.source == delivery.source for key in register.current):
        return
    rows = {(row.table, row.ligne): row for row in refused_rows(home, delivery, register)}
    for (table_name, line), row in rows.items():
        if row.etat is not State.REFUSEE and not row.est_liberee:
            connection.execute(
                f"update {schema}.{QUARANTINE} set etat = ? where livraison_id = ? and table_source = ? and ligne = ?",
                [row.etat.value, delivery.livraison_id, table_name, line],
            )
    for (table_name, line), found in sorted(applied(home, delivery).items()):
        moment = found.date_correction.astimezone(UTC).replace(tzinfo=None)
        for column in sorted(found.valeurs):
            connection.execute(
                f"insert into {schema}.{CORRECTION} values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                [
                    delivery.livraison_id,
                    delivery.source,
                    table_name,
                    line,
                    column,
                    rows[table_name, line].est_liberee,
                    found.auteur,
                    moment,
                    found.motif,
                ],
            )
