"""Sets apart the landed rows that break a blocking clause of their contract, with the clause, the reason and the text received.

Clauses are read on the Parquet just written. A row refused here may leave another without the row it refers to: tables are
looked at again until no row moves, so that what stays landed respects every blocking clause.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from data_contracts.clauses import Clause, clauses, literal, quote
from data_contracts.delivery import LINE_COLUMN, QUARANTINE_FOLDER, UNREADABLE_COLUMN, LandedTable
from data_contracts.disk import sha256
from data_contracts.errors import RefusedError
from data_contracts.source_contract import Severity, SourceTable
from ingest.completeness import absent_columns, unknown_columns
from ingest.database import PARQUET, single

if TYPE_CHECKING:
    import duckdb

    from ingest.landing import Written

LANDED = "pose"
"""Schema of the landed rows, refused ones left out: what references are checked against."""
REFUSED = "refus"
"""Schema of the refused rows: `_ligne` and the rank of the broken clause."""


@dataclass
class Quarantine:
    """The refused rows of one delivery, while it is being landed."""

    connection: duckdb.DuckDBPyConnection
    folder: Path
    """Where the Parquet files of the delivery are."""
    contract: Mapping[str, SourceTable]
    """Contracts of the delivered tables only."""
    received: date
    """The day of the reception."""
    blocking: dict[str, tuple[Clause, ...]] = field(init=False)
    refused: dict[str, int] = field(init=False)
    """Number of refused rows by table."""

    def __post_init__(self) -> None:
        """Prepare one view and one list of refused rows a table."""
        self.refused = dict.fromkeys(self.contract, 0)
        self.connection.execute(f"create schema {LANDED}; create schema {REFUSED}")
        for name in self.contract:
            self.connection.execute(f"create table {REFUSED}.{quote(name)} ({LINE_COLUMN} bigint, clause bigint)")
            self._expose(name)
        self.blocking = {
            name: tuple(clause for clause in clauses(table, self._reference, self.received) if clause.gravite is Severity.BLOQUANTE)
            for name, table in self.contract.items()
        }

    def fill(self) -> None:
        """Find every refused row of every table."""
        for name in self.contract:
            self._refuse(name, self.blocking[name])
        moved = {name for name, count in self.refused.items() if count}
        while moved:
            moved = {name for name in self.contract if self._refuse(name, self._references(name, moved))}

    def write(self, name: str, received: str, columns: Collection[str]) -> None:
        """Take the refused rows out of the table's file, and write them to its quarantine file.

        `received` is a query of the landed columns as text, personal data treated; `columns` are those that the delivery had.
        """
        if not self.refused[name]:
            return
        self._quarantine(name).parent.mkdir(exist_ok=True)
        key = " || '|' || ".join(f"t.{quote(column)}::varchar" for column in self.contract[name].cle_primaire)
        reasons = ", ".join(
            f"({rank}, {literal(clause.identifiant)}, {literal(clause.message)})" for rank, clause in enumerate(self.blocking[name])
        )
        kept = [column.nom for column in self.contract[name].landed_columns if column.nom in columns]
        raw = ", ".join(f"{literal(column)}: r.{quote(column)}" for column in kept)
        self.connection.execute(
            f"""copy (
                select t.{LINE_COLUMN}, {key} as cle, c.identifiant as clause, c.motif, to_json({{{raw}}})::varchar as brut
                from {REFUSED}.{quote(name)} as x
                join read_parquet({literal(str(self.path(name)))}) as t on t.{LINE_COLUMN} = x.{LINE_COLUMN}
                join ({received}) as r on r.{LINE_COLUMN} = x.{LINE_COLUMN}
                join (values {reasons}) as c (rang, identifiant, motif) on c.rang = x.clause
                order by t.{LINE_COLUMN}
            ) to {literal(str(self._quarantine(name)))} ({PARQUET})"""
        )
        rest = self.path(name).with_suffix(".reste")
        self.connection.execute(f"copy (from {LANDED}.{quote(name)} order by {LINE_COLUMN}) to {literal(str(rest))} ({PARQUET})")
        rest.replace(self.path(name))

    def counted(self, name: str, columns: Sequence[str], written: Written) -> LandedTable:
        """Return what the files of a table hold, counted on the files. `columns` are those that the delivery had.

        Raises RefusedError when one of the rows written is in neither file.
        """
        landed = f"read_parquet({literal(str(self.path(name)))})"
        kept = single(self.connection, f"select count(*) from {landed}")
        refused = 0
        if self.refused[name]:
            refused = single(self.connection, f"select count(*) from read_parquet({literal(str(self._quarantine(name)))})")
        if written.rows != kept + refused:
            raise RefusedError(
                f"{name} : {written.rows} lignes reçues mais {kept} posées et {refused} en quarantaine ; à signaler."
            )
        return LandedTable(
            table=name,
            sha256=sha256(self.path(name)),
            nb_recus=written.rows,
            nb_poses=kept,
            nb_quarantaine=refused,
            nb_hors_perimetre=written.outside,
            nb_illisibles=single(self.connection, f"select coalesce(sum(len(json_keys({UNREADABLE_COLUMN}))), 0) from {landed}"),
            colonnes_absentes=absent_columns(self.contract[name], columns),
            colonnes_inconnues=unknown_columns(self.contract[name], columns),
        )

    def path(self, name: str) -> Path:
        """Return the file of a landed table."""
        return self.folder / f"{name}.parquet"

    def _quarantine(self, name: str) -> Path:
        return self.folder / QUARANTINE_FOLDER / f"{name}.parquet"

    def _reference(self, name: str) -> str | None:
        return f"{LANDED}.{quote(name)}" if name in self.contract else None

    def _references(self, name: str, moved: set[str]) -> tuple[Clause, ...]:
        """Return the blocking references of a table to tables that just lost rows."""
        contract = self.contract[name]
        targets = {f"reference_{column.nom}": column.reference.table for column in contract.landed_columns if column.reference}
        return tuple(clause for clause in self.blocking[name] if targets.get(clause.identifiant) in moved)

    def _refuse(self, name: str, broken: tuple[Clause, ...]) -> int:
        """Refuse the landed rows that break one of these clauses; return how many."""
        watched = [clause for clause in broken if not clause.est_fenetree or self._has_duplicates(name, clause.colonnes)]
        if not watched:
            return 0
        ranks = " ".join(f"when {clause.violation} then {self.blocking[name].index(clause)}" for clause in watched)
        rows = f"select {LINE_COLUMN}, case {ranks} end as clause from {LANDED}.{quote(name)}"
        count = single(self.connection, f"insert into {REFUSED}.{quote(name)} select * from ({rows}) where clause is not null")
        if count:
            self.refused[name] += count
            self._expose(name)
        return count

    def _has_duplicates(self, name: str, key: tuple[str, ...]) -> bool:
        """Return whether two landed rows share a key: counting is far cheaper than ranking."""
        columns = ", ".join(map(quote, key))
        complete = " and ".join(f"{quote(column)} is not null" for column in key)
        keys = f"select {columns} from {LANDED}.{quote(name)} where {complete}"
        return (
            single(
                self.connection,
                f"select (select count(*) from ({keys})) - (select count(*) from (select distinct * from ({keys})))",
            )
            > 0
        )

    def _expose(self, name: str) -> None:
        file = f"read_parquet({literal(str(self.path(name)))})"
        lines = f"select {LINE_COLUMN} from {REFUSED}.{quote(name)}"
        kept = f" where {LINE_COLUMN} not in ({lines})" if self.refused[name] else ""
        self.connection.execute(f"create or replace view {LANDED}.{quote(name)} as select * from {file}{kept}")
