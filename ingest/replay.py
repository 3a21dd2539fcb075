"""Replays a delivery with the corrections recorded of its refused rows: a new delivery beside it, which holds as many rows.

Every row that was refused goes again through typing and every blocking clause, together with the landed ones, as if the delivery
had come with the corrected texts. A row that only waited for another is freed with it. Nothing already landed may be refused.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from data_contracts.clauses import Clause, literal, quote
from data_contracts.delivery import (
    CORRECTIONS_FILE,
    FREED_FOLDER,
    LINE_COLUMN,
    Delivery,
    LandedTable,
    current_deliveries,
    freed_path,
    landing_instant,
    table_path,
)
from data_contracts.disk import link
from data_contracts.errors import BadInputError
from data_contracts.loader import SOURCES, fingerprint, source_tables
from ingest import corrections
from ingest.casts import typed
from ingest.database import PARQUET, connect
from ingest.landing import Written
from ingest.proposals import texts_query
from ingest.quarantine import REFUSED, Quarantine
from ingest.refused import RefusedRow, State, received_query, refused_rows, write_applied
from ingest.workshop import Workshop, workshop

if TYPE_CHECKING:
    from datetime import datetime

    import duckdb

    from data_contracts.layout import Home
    from data_contracts.source_contract import SourceTable

ID_DIGITS = 8
"""Hexadecimal digits of the corrections' hash that name a replayed delivery."""


@dataclass(frozen=True)
class Replayed:
    """What a replay did."""

    delivery: Delivery
    nb_corrections: int
    """Corrections that it holds."""
    nb_liberees: int
    """Rows landed now that the delivery before it refused. Negative when withdrawals have rows refused again."""


def replay(home: Home, source: str, *, now: datetime, contracts: Path = SOURCES) -> Replayed | None:
    """Replay the current delivery of a source; None when no correction waits. The caller holds the lock of the home.

    Raises BadInputError, in one French sentence and changing nothing: no delivery, contracts that changed since, a damaged file of
    corrections, a correction that would have a landed row refused.
    """
    current = current_deliveries(home).get(source)
    if current is None:
        raise BadInputError(f"Aucune livraison de « {source} » dans {home.landing} : vérifier le nom de la source.")
    register = corrections.read(home)
    if register.damaged:
        raise BadInputError(corrections.sentences(register.damaged)[0])
    rows = refused_rows(home, current, register)
    if not any(row.etat is State.CORRIGEE for row in rows):
        return None
    if current.contrat_sha256 != fingerprint(source, contracts):
        raise BadInputError(
            f"Le contrat de « {source} » a changé depuis la livraison {current.livraison_id} : "
            f"réimporter {current.origine}, puis rejouer."
        )
    contract = source_tables(source, contracts)
    with workshop(home, source) as shop:
        delivered = {table.table: contract[table.table] for table in current.tables}
        tables = _Replay(home, current, rows, shop, delivered).tables()
        delivery = current.model_copy(
            update={
                "livraison_id": _identifier(current, rows),
                "tables": tables,
                "corrige": current.corrige or current.livraison_id,
                "rejouee_le": landing_instant(home, source, now),
            }
        )
        held = {(row.table, row.ligne): row.correction for row in rows if row.correction}
        write_applied(shop.delivery / CORRECTIONS_FILE, held)
        shop.seal(delivery)
        shop.commit(delivery)
    return Replayed(delivery, len(held), delivery.nb_poses - current.nb_poses)


@dataclass(frozen=True)
class _Replay:
    """One replay, in its private folder."""

    home: Home
    current: Delivery
    rows: Sequence[RefusedRow]
    shop: Workshop
    contract: Mapping[str, SourceTable]
    """Contracts of the delivered tables."""

    def tables(self) -> tuple[LandedTable, ...]:
        """Write every file of the new delivery; return what they hold."""
        touched = {row.table for row in self.rows}
        with connect(self.shop.scratch) as connection:
            for name in self.contract:
                if name in touched:
                    self._gather(connection, name)
                else:
                    link(table_path(self.home, self.current, name), self.shop.delivery / f"{name}.parquet")
            quarantine = Quarantine(connection, self.shop.delivery, self.contract, self.current.jour_de_reception)
            quarantine.fill()
            self._spare_landed(quarantine)
            return tuple(self._separate(quarantine, table) if table.table in touched else table for table in self.current.tables)

    def _gather(self, connection: duckdb.DuckDBPyConnection, name: str) -> None:
        """Write together the rows landed as received and those that were refused, corrected and typed."""
        changed = {row.ligne: row for row in self.rows if row.table == name and row.correction}
        connection.execute(f"create or replace temp table corrige ({LINE_COLUMN} bigint, brut varchar)")
        texts = [json.dumps(row.corrige, ensure_ascii=False) for row in changed.values()]
        connection.execute("insert into corrige select unnest(?::bigint[]), unnest(?::varchar[])", [list(changed), texts])
        received = (
            f"select r.{LINE_COLUMN}, coalesce(c.brut, r.brut) as brut from ({self._received(name)}) as r "
            f"left join corrige as c on c.{LINE_COLUMN} = r.{LINE_COLUMN}"
        )
        again = typed(self.contract[name].landed_columns, f"({texts_query(self.contract[name], received)})")
        freed = freed_path(self.home, self.current, name)
        kept = (
            f" where {LINE_COLUMN} not in (select {LINE_COLUMN} from read_parquet({literal(str(freed))}))" if freed.exists() else ""
        )
        landed = f"select * from read_parquet({literal(str(table_path(self.home, self.current, name)))}){kept}"
        path = self.shop.delivery / f"{name}.parquet"
        connection.execute(
            f"copy (from ({landed} union all by name {again}) order by {LINE_COLUMN}) to {literal(str(path))} ({PARQUET})"
        )

    def _spare_landed(self, quarantine: Quarantine) -> None:
        """Raise BadInputError when a row landed as received would be refused: the first that loses its key, else the first."""
        found = []
        for name in self.contract:
            lines = {row.ligne for row in self.rows if row.table == name}
            query = f"select {LINE_COLUMN}, clause from {REFUSED}.{quote(name)} order by {LINE_COLUMN}"
            for line, rank in quarantine.connection.execute(query).fetchall():
                if line not in lines:
                    found.append((name, line, quarantine.blocking[name][rank]))
        if not found:
            return
        name, line, clause = min(found, key=lambda displaced: not displaced[2].est_fenetree)
        said = self._taken_by(quarantine, name, line, clause) if clause.est_fenetree else clause.message
        raise BadInputError(
            f"{name} : la ligne {line}, déjà posée, serait refusée ({said}) ; rien n'est rejoué : "
            "corriger l'autre ligne autrement, ou retirer sa correction par « parc quarantaine retirer »."
        )

    def _taken_by(self, quarantine: Quarantine, name: str, line: int, clause: Clause) -> str:
        """Say which corrected line takes the key of a landed one."""
        file = f"read_parquet({literal(str(quarantine.path(name)))})"
        same = " and ".join(f"o.{quote(column)} = t.{quote(column)}" for column in clause.colonnes)
        [(other,)] = quarantine.connection.execute(
            f"select min(o.{LINE_COLUMN}) from {file} as t join {file} as o on {same} where t.{LINE_COLUMN} = {line}"
        ).fetchall()
        row = next((row for row in self.rows if (row.table, row.ligne) == (name, other)), None)
        return f"{', '.join(clause.colonnes)} déjà pris par la ligne {other}" + (f", d'empreinte {row.empreinte}" if row else "")

    def _separate(self, quarantine: Quarantine, table: LandedTable) -> LandedTable:
        """Write apart the rows still refused and those that are freed; return what the files of the table hold."""
        name = table.table
        columns = [column.nom for column in self.contract[name].landed_columns if column.nom not in table.colonnes_absentes]
        quarantine.write(name, texts_query(self.contract[name], self._received(name)), columns)
        path = self.shop.delivery / FREED_FOLDER / f"{name}.parquet"
        path.parent.mkdir(exist_ok=True)
        quarantine.connection.execute(
            f"copy (select * exclude (liberee) from ({self._received(name)}) "
            f"where {LINE_COLUMN} not in (select {LINE_COLUMN} from {REFUSED}.{quote(name)}) order by {LINE_COLUMN}) "
            f"to {literal(str(path))} ({PARQUET})"
        )
        counted = quarantine.counted(name, columns, Written(table.nb_recus, table.nb_hors_perimetre))
        told = {"colonnes_absentes": table.colonnes_absentes, "colonnes_inconnues": table.colonnes_inconnues}
        return counted.model_copy(update=told)

    def _received(self, name: str) -> str:
        query = received_query(self.home, self.current, name)
        assert query is not None  # noqa: S101 - asked for tables that have refused rows only
        return query


def _identifier(current: Delivery, rows: Sequence[RefusedRow]) -> str:
    """Name a replay after its delivery and every correction that it took into account, withdrawals too: no two share a name."""
    events = sorted(row.event.correction_id for row in rows if row.event)
    digest = hashlib.sha256("\n".join(events).encode()).hexdigest()
    return f"{current.corrige or current.livraison_id}-r{digest[:ID_DIGITS]}"
