"""The rows that a delivery had refused, as they were received, and what became of each since.

A row is told by the fingerprint of what was received, wherever it stands in its delivery. A replayed delivery has them all as well:
those still refused in its quarantine, those freed beside.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from data_contracts.clauses import literal
from data_contracts.delivery import LINE_COLUMN, Delivery, corrections_path, freed_path, quarantine_path
from ingest.corrections import Correction, Register, RowKey, correction

if TYPE_CHECKING:
    from data_contracts.layout import Home

FINGERPRINT_DIGITS = 16


class State(StrEnum):
    """What became of a row that was refused."""

    REFUSEE = "refusee"
    CORRIGEE = "corrigee"
    """A correction, or its withdrawal, is recorded and no replay has applied it."""
    REFUSEE_CORRIGEE = "refusee_corrigee"
    """Replayed with its correction, and refused all the same."""
    LIBEREE = "liberee"


@dataclass(frozen=True)
class RefusedRow:
    """One row as received, personal data treated."""

    source: str
    jour: date
    """The day its delivery was received."""
    table: str
    ligne: int
    cle: str | None
    clause: str
    motif: str
    recu: Mapping[str, str | None]
    """The text received in each landed column that the delivery has."""
    empreinte: str
    est_liberee: bool
    """Whether a replay freed it."""
    etat: State
    event: Correction | None
    """The last correction recorded of it, or its withdrawal."""

    @property
    def key(self) -> RowKey:
        """What tells it in any delivery."""
        return RowKey(self.source, self.table, self.empreinte)

    @property
    def correction(self) -> Correction | None:
        """The correction that holds."""
        return None if self.event is None or self.event.is_withdrawal else self.event

    @property
    def corrige(self) -> dict[str, str | None]:
        """The row with its correction."""
        return {**self.recu, **(self.correction.valeurs if self.correction else {})}


def refused_rows(home: Home, delivery: Delivery, register: Register) -> list[RefusedRow]:
    """Return the rows that a delivery had refused, freed ones included, by table and by line."""
    done = applied(home, delivery)
    return [row for table in delivery.tables for row in _of_table(home, delivery, table.table, register, done)]


def waiting(home: Home, delivery: Delivery, register: Register) -> list[RefusedRow]:
    """Return the rows whose recorded correction, or its withdrawal, no replay has applied. Reads nothing without corrections."""
    if not any(key.source == delivery.source for key in register.current):
        return []
    return [row for row in refused_rows(home, delivery, register) if row.etat is State.CORRIGEE]


def applied(home: Home, delivery: Delivery) -> dict[tuple[str, int], Correction]:
    """Return the corrections that a replayed delivery holds, by table and line; none for one landed as received."""
    path = corrections_path(home, delivery)
    if delivery.corrige is None:
        return {}
    entries = json.loads(path.read_text(encoding="utf-8"))
    return {(entry["table"], entry["ligne_livraison"]): correction(entry) for entry in entries}


def write_applied(path: Path, corrections: Mapping[tuple[str, int], Correction]) -> None:
    """Write what `applied` reads."""
    entries = [{**found.record(), "ligne_livraison": line} for (_, line), found in sorted(corrections.items())]
    path.write_text(json.dumps(entries, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def fingerprints(received: Iterable[Mapping[str, str | None]]) -> list[str]:
    """Return the fingerprint of each row of a table, given in the order of their lines.

    It is made of the values that are there: a column that a later delivery has, empty, changes nothing. Identical rows are told
    apart by their order.
    """
    seen: Counter[str] = Counter()
    found = []
    for row in received:
        text = json.dumps({name: value for name, value in row.items() if value is not None}, ensure_ascii=False, sort_keys=True)
        seen[text] += 1
        rank = f"#{seen[text]}" if seen[text] > 1 else ""
        found.append(hashlib.sha256(f"{text}{rank}".encode()).hexdigest()[:FINGERPRINT_DIGITS])
    return found


def received_query(home: Home, delivery: Delivery, table: str) -> str | None:
    """Return the SQL of a table's refused rows, freed ones included; None without any. Columns: the quarantine's, and `liberee`."""
    files = ((quarantine_path(home, delivery, table), False), (freed_path(home, delivery, table), True))
    found = [
        f"select {LINE_COLUMN}, cle, clause, motif, brut, {is_freed} as liberee from read_parquet({literal(str(path))})"
        for path, is_freed in files
        if path.exists()
    ]
    return " union all ".join(found) or None


def _of_table(
    home: Home, delivery: Delivery, table: str, register: Register, done: Mapping[tuple[str, int], Correction]
) -> list[RefusedRow]:
    query = received_query(home, delivery, table)
    if query is None:
        return []
    with duckdb.connect() as connection:
        read = connection.execute(f"from ({query}) order by {LINE_COLUMN}").fetchall()
    received = [json.loads(text) for *_, text, _ in read]
    rows = []
    for (line, key, clause, reason, _, is_freed), texts, fingerprint in zip(read, received, fingerprints(received), strict=True):
        held = done.get((table, line))
        # What a delivery holds stands until it is replaced or withdrawn, even where the register has lost it.
        event = register.current.get(RowKey(delivery.source, table, fingerprint), held)
        rows.append(
            RefusedRow(
                source=delivery.source,
                jour=delivery.jour_de_reception,
                table=table,
                ligne=line,
                cle=key,
                clause=clause,
                motif=reason,
                recu=texts,
                empreinte=fingerprint,
                est_liberee=is_freed,
                etat=_state(event, held, is_freed=is_freed),
                event=event,
            )
        )
    return rows


def _state(event: Correction | None, held: Correction | None, *, is_freed: bool) -> State:
    asked = None if event is None or event.is_withdrawal else event
    if asked != held:
        return State.CORRIGEE
    if is_freed:
        return State.LIBEREE
    return State.REFUSEE_CORRIGEE if held else State.REFUSEE
