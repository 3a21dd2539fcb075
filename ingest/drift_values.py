"""What the values of a delivery tell beside those of the delivery before: new codes, and columns that are read less well."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from data_contracts.clauses import literal, quote
from data_contracts.delivery import UNREADABLE_COLUMN, Delivery
from data_contracts.derive import Derive, Gravite, Nature
from data_contracts.source_contract import Column, SourceTable
from data_contracts.words import number
from ingest.completeness import plural
from ingest.masking import masked

if TYPE_CHECKING:
    import duckdb

CODES_SHOWN = 5
"""New codes named at most: many at once are no codes, but the values of another column."""
JUMP_PCT = 1
"""By how many points the share of unreadable values may rise."""


@dataclass(frozen=True)
class Files:
    """A delivery and the folder of its files, which may not have its final name yet."""

    delivery: Delivery
    folder: Path

    def relation(self, table: str) -> str:
        """Return the SQL name of a landed table."""
        return f"read_parquet({literal(str(self.folder / f'{table}.parquet'))})"

    def columns(self, connection: duckdb.DuckDBPyConnection, table: str) -> set[str]:
        """Return the columns of a landed table, which another contract may have decided."""
        return {name for (name, *_) in connection.execute(f"describe select * from {self.relation(table)}").fetchall()}


def codes(connection: duckdb.DuckDBPyConnection, contract: SourceTable, now: Files, before: Files | None) -> Iterator[Derive]:
    """Give the codes that neither the closed list nor the delivery before knows; an open list alone says nothing."""
    followed = [column for column in contract.landed_columns if column.valeurs or (column.suivi_codes and before)]
    if not followed:
        return
    earlier: dict[Column, set[str]] = {}
    if before:
        held = before.columns(connection, contract.table)
        earlier = _distinct(connection, before.relation(contract.table), [column for column in followed if column.nom in held])
    for column, codes in _distinct(connection, now.relation(contract.table), followed).items():
        if column.valeurs is None and not earlier.get(column):
            continue
        new = sorted(codes - set(column.valeurs or ()) - earlier.get(column, set()))
        if new:
            named = f" : {', '.join(map(masked, new))}" if len(new) <= CODES_SHOWN else ""
            against = "que le contrat ne connaît pas" if column.valeurs else "que la livraison précédente n'avait pas"
            yield Derive(
                nature=Nature.CODE_NOUVEAU,
                table=contract.table,
                colonne=column.nom,
                gravite=Gravite.ALERTE,
                observe=len(new),
                attendu=0,
                message=(
                    f"{contract.table}, colonne {column.nom} : {number(len(new))} {plural('code', len(new))} {against}{named}."
                ),
            )


def _distinct(connection: duckdb.DuckDBPyConnection, relation: str, columns: Sequence[Column]) -> dict[Column, set[str]]:
    if not columns:
        return {}
    lists = ", ".join(f"list(distinct {quote(column.nom)}::varchar)" for column in columns)
    [row] = connection.execute(f"select {lists} from {relation}").fetchall()
    return {column: {code for code in codes or () if code is not None} for column, codes in zip(columns, row, strict=True)}


def readings(connection: duckdb.DuckDBPyConnection, contract: SourceTable, now: Files, before: Files) -> Iterator[Derive]:
    """Give the columns of which the share of unreadable values jumped."""
    landed, earlier = now.delivery.table(contract.table), before.delivery.table(contract.table)
    if landed is None or earlier is None or not landed.nb_illisibles:
        return
    previous = _unreadable(connection, before.relation(contract.table)) if earlier.nb_illisibles else {}
    for column, share in _unreadable(connection, now.relation(contract.table)).items():
        usual = previous.get(column, 0.0)
        if (share - usual) * 100 > JUMP_PCT:
            yield Derive(
                nature=Nature.LECTURE_DEGRADEE,
                table=contract.table,
                colonne=column,
                gravite=Gravite.ALERTE,
                observe=percent(share),
                attendu=percent(usual),
                message=(
                    f"{contract.table}, colonne {column} : {percent(share)} de valeurs illisibles, "
                    f"{percent(usual)} dans la livraison précédente ; son type a peut-être changé."
                ),
            )


def _unreadable(connection: duckdb.DuckDBPyConnection, relation: str) -> dict[str, float]:
    """Return the share of unreadable values among those received, of the columns that have some."""
    keys = f"select unnest(json_keys({UNREADABLE_COLUMN})) as nom from {relation} where {UNREADABLE_COLUMN} is not null"
    counts = connection.execute(f"select nom, count(*) from ({keys}) group by nom order by nom").fetchall()
    if not counts:
        return {}
    read = ", ".join(f"count({quote(name)})" for name, _ in counts)
    [row] = connection.execute(f"select {read} from {relation}").fetchall()
    return {name: bad / (bad + good) for (name, bad), good in zip(counts, row, strict=True)}


def percent(share: float) -> str:
    """Write a share in % with one decimal."""
    return f"{share * 100:.1f}".replace(".", ",") + "\u202f%"
