"""The received tables as SQL views of text, one a table of the contract, whatever the format they came in.

Schema `recu`: every column of the contract as VARCHAR, null when the delivery lacks it, then `_ligne`. A table that was not
delivered is an empty view, so that a condition may name it. Nothing is copied: a view reads the spool or the file.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from data_contracts.clauses import quote
from data_contracts.delivery import LINE_COLUMN
from data_contracts.source_contract import SourceTable
from ingest.readers.copy_text import decoded
from ingest.readers.reception import ReceivedTable

if TYPE_CHECKING:
    import duckdb

SCHEMA = "recu"


def create_views(
    connection: duckdb.DuckDBPyConnection, contract: Mapping[str, SourceTable], tables: Mapping[str, ReceivedTable]
) -> None:
    """Create the views, and make their schema the one where names are looked up."""
    connection.execute(f"create schema {SCHEMA}; set schema = '{SCHEMA}'")
    for name, table in contract.items():
        received = tables.get(name)
        query = _received(table, received) if received else _absent(table)
        connection.execute(f"create view {SCHEMA}.{quote(name)} as {query}")


def _received(contract: SourceTable, received: ReceivedTable) -> str:
    ranks = {name: rank for rank, name in enumerate(received.columns)}
    columns = ", ".join(f"{_text(received, ranks.get(column.nom))} as {quote(column.nom)}" for column in contract.colonnes)
    return f"select {columns}, {received.first_line - 1} + row_number() over () as {LINE_COLUMN} from {received.relation}"


def _absent(contract: SourceTable) -> str:
    columns = ", ".join(f"null::varchar as {quote(column.nom)}" for column in contract.colonnes)
    return f"select {columns}, null::bigint as {LINE_COLUMN} where false"


def _text(received: ReceivedTable, rank: int | None) -> str:
    if rank is None:
        return "null::varchar"
    return decoded(f"c{rank}") if received.has_escapes else f"c{rank}"
