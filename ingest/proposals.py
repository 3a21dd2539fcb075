"""Judges what people propose in the place of the values of a refused row, before it is recorded.

Only what the row tells alone is judged here: the types, and the clauses that read nothing but the row. What depends on others (a
key already taken, a row that refers to another) is for the replay, which has them all.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

import duckdb

from data_contracts.clauses import Clause, clauses, literal, quote
from data_contracts.delivery import LINE_COLUMN, UNREADABLE_COLUMN
from data_contracts.source_contract import Severity, SourceTable
from ingest.casts import typed

if TYPE_CHECKING:
    from ingest.refused import RefusedRow

Values = Mapping[str, str | None]


def locked_columns(contract: Mapping[str, SourceTable], table: str) -> frozenset[str]:
    """Return the columns of a table that nobody may correct: the personal ones, and those that decide which values are.

    Personal data were treated when the delivery was received; a correction could only make them wrong, or tell too late that a
    value is one.
    """
    names = {column.nom for column in contract[table].colonnes}
    personal = {column.nom for column in contract[table].colonnes if column.personnel}
    deciding = {
        name
        for other in contract.values()
        for column in other.colonnes
        if column.personnel and column.personnel.si
        for name in _read_by(column.personnel.si, table, is_own=other.table == table)
    }
    return frozenset(personal | deciding & names)


def texts_query(contract: SourceTable, rows: str) -> str:
    """Return the SQL of the landed columns as text and `_ligne`, from `rows`: `_ligne` and `brut`, a JSON object column → text."""
    values = ", ".join(f"brut->>{literal(_path(column.nom))} as {quote(column.nom)}" for column in contract.landed_columns)
    return f"select {values}, {LINE_COLUMN} from ({rows})"


def faults(contract: SourceTable, received: date, proposed: Sequence[tuple[RefusedRow, Values]]) -> dict[int, str]:
    """Return, by line, what is wrong with the new values of the rows of one table: what does not read, else what stays broken.

    `received` is the day of their delivery.
    """
    alone = tuple(
        clause
        for clause in clauses(contract, lambda _: None, received)
        if clause.gravite is Severity.BLOQUANTE and not clause.est_fenetree
    )
    judged = _judged(contract, proposed, alone)
    found = {}
    for row, values in proposed:
        unreadable, broken = judged[row.ligne]
        if bad := [name for name in values if name in unreadable]:
            column = contract.column(bad[0])
            found[row.ligne] = f"« {values[column.nom]} » ne se lit pas comme une valeur de {column.nom} (type {column.type})"
        elif broken is not None:
            found[row.ligne] = f"la ligne resterait refusée : {alone[broken].message}"
    return found


def _judged(
    contract: SourceTable, proposed: Sequence[tuple[RefusedRow, Values]], alone: Sequence[Clause]
) -> dict[int, tuple[Mapping[str, Any], int | None]]:
    """Return, by line, the values that do not read, and the rank of the first clause broken."""
    ranks = " ".join(f"when {clause.violation} then {rank}" for rank, clause in enumerate(alone))
    with duckdb.connect() as connection:
        connection.execute(f"create table propose ({LINE_COLUMN} bigint, brut varchar)")
        lines = [row.ligne for row, _ in proposed]
        texts = [json.dumps({**row.recu, **values}, ensure_ascii=False) for row, values in proposed]
        connection.execute("insert into propose select unnest(?::bigint[]), unnest(?::varchar[])", [lines, texts])
        rows = typed(contract.landed_columns, f"({texts_query(contract, 'from propose')})")
        query = f"select {LINE_COLUMN}, coalesce({UNREADABLE_COLUMN}, '{{}}'), case {ranks} else null end from ({rows})"
        return {line: (json.loads(unreadable), broken) for line, unreadable, broken in connection.execute(query).fetchall()}


@cache
def _read_by(condition: str, table: str, *, is_own: bool) -> frozenset[str]:
    """Return the names that a condition may read of a table: its own without a prefix, another under the name it is given."""
    aliases = {table} | set(re.findall(rf"\b{re.escape(table)} as (\w+)", condition))
    prefixed = {name for alias in aliases for name in re.findall(rf"\b{alias}\.(\w+)", condition)}
    return frozenset(prefixed | (set(re.findall(r"(?<![.\w])\w+", condition)) if is_own else set()))


def _path(name: str) -> str:
    return f'$."{name}"'
