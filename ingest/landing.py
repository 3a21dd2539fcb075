"""Writes one received table as typed Parquet, personal data treated, rows in the order received."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

import duckdb

from data_contracts.clauses import literal, quote
from data_contracts.delivery import LINE_COLUMN, UNREADABLE_COLUMN
from data_contracts.errors import BadInputError
from ingest.casts import is_foreign, typed
from ingest.completeness import plural
from ingest.database import PARQUET, single
from ingest.personal_data import looks_elsewhere, treated
from ingest.raw import SCHEMA

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from data_contracts.source_contract import Column, SourceTable
    from ingest.readers.reception import ReceivedTable


class Written(NamedTuple):
    """Rows of a table once its file is written, before any is refused."""

    rows: int
    outside: int
    """Rows left out of the départements asked."""


@dataclass(frozen=True)
class Landing:
    """Lands the tables of one delivery in a folder."""

    connection: duckdb.DuckDBPyConnection
    folder: Path
    conditions: Mapping[str, str] = field(default_factory=dict)
    """By table, what a received row must satisfy to be in the départements asked."""

    def land(self, contract: SourceTable, received: ReceivedTable) -> Written:
        """Write the table; return the count of its rows.

        Raises BadInputError when the table can't be read, or when a column is of the wrong type.
        """
        path = self.folder / f"{contract.table}.parquet"
        query = typed(contract.landed_columns, f"({self.kept(contract)})")
        is_sorted = contract.table not in self.conditions and not looks_elsewhere(contract.landed_columns)
        order = "" if is_sorted else f" order by {LINE_COLUMN}"
        written = single(self.connection, f"copy ({query}{order}) to {literal(str(path))} ({PARQUET})")
        total = written
        if contract.table in self.conditions:
            total = single(self.connection, f"select count(*) from {SCHEMA}.{quote(contract.table)}")
        if received.row_count not in {None, total}:
            raise BadInputError(f"{received.place} : {received.row_count} lignes reçues mais {total} lues ; refaire la livraison.")
        self._refuse_wrong_types(contract, received, path)
        return Written(written, total - written)

    def kept(self, contract: SourceTable) -> str:
        """Return the query of the rows kept, as text, personal data treated."""
        name = quote(contract.table)
        condition = self.conditions.get(contract.table)
        relation = f"(select * from {SCHEMA}.{name} where {condition}) as {name}" if condition else f"{SCHEMA}.{name}"
        return treated(contract.landed_columns, relation)

    def _refuse_wrong_types(self, contract: SourceTable, received: ReceivedTable, path: Path) -> None:
        """Refuse the table when most values of a column could not come from a column of its type."""
        keys = f"select unnest(json_keys({UNREADABLE_COLUMN})) as nom from read_parquet({literal(str(path))})"
        suspects = {name for (name,) in self.connection.execute(f"select distinct nom from ({keys})").fetchall()}
        for column in contract.landed_columns:
            if column.nom in suspects:
                self._refuse_wrong_type(contract, column, received)

    def _refuse_wrong_type(self, contract: SourceTable, column: Column, received: ReceivedTable) -> None:
        name, foreign = quote(column.nom), is_foreign(column)
        query = (
            f"select count({name}), count(*) filter (where {foreign}), min({LINE_COLUMN}) filter (where {foreign}) "
            f"from ({self.kept(contract)})"
        )
        [(values, wrong, line)] = self.connection.execute(query).fetchall()
        if wrong * 2 > values:
            seen = plural("valeur illisible", wrong)
            # The text itself is not quoted: where columns are shifted, it may be somebody's name.
            raise BadInputError(
                f"{received.place} : la colonne {column.nom} n'est pas de type {column.type} "
                f"({wrong} {seen} sur {values}, ligne {line}) ; refaire la livraison avec le bon type."
            )
