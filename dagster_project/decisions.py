"""The register of decisions: everything analysts ever decided of findings, one file a batch, none of them ever changed.

It lives outside the runs (`registre/decisions/`), so that rebuilding the warehouse keeps it. On each finding the last decision
holds.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from data_contracts import batches
from data_contracts.decision import Decision, Statut
from data_contracts.layout import Home
from data_contracts.lock import in_turn

if TYPE_CHECKING:
    import duckdb

TABLE = "decision"
COLUMNS = """decision_id varchar, anomalie_id varchar, statut varchar, motif varchar, auteur varchar, date_decision timestamp,
    empreinte_preuve varchar"""
"""The decisions as a run reads them; the date in UTC."""
_INSTANT = timedelta(microseconds=1)


@dataclass(frozen=True)
class Register:
    """The decisions read at one instant."""

    decisions: tuple[Decision, ...] = ()
    """Each once, the oldest first."""
    damaged: tuple[Path, ...] = ()
    """Files that are not what was written, left out."""

    @cached_property
    def current(self) -> dict[str, Decision]:
        """The last decision of each finding, by its identifier."""
        return {decision.anomalie_id: decision for decision in self.decisions}

    @cached_property
    def ids(self) -> frozenset[str]:
        """The identifiers of the decisions."""
        return frozenset(decision.decision_id for decision in self.decisions)

    @cached_property
    def _by_finding(self) -> dict[str, list[Decision]]:
        found: dict[str, list[Decision]] = {}
        for decision in self.decisions:
            found.setdefault(decision.anomalie_id, []).append(decision)
        return found

    def of(self, anomalie_id: str) -> Sequence[Decision]:
        """Return the decisions on a finding, the oldest first."""
        return self._by_finding.get(anomalie_id, ())

    @property
    def fingerprint(self) -> str:
        """The sha256 of the decisions, whatever the files that hold them."""
        return hashlib.sha256("\n".join(sorted(self.ids)).encode()).hexdigest()


def read(home: Home) -> Register:
    """Return the register of a home. Takes no lock: a batch appears whole or not at all."""
    recorded, damaged = batches.read(home.decisions, _decision)
    found = {decision.decision_id: decision for decision in recorded}
    return Register(tuple(sorted(found.values(), key=_order)), damaged)


def load(connection: duckdb.DuckDBPyConnection, register: Register, table: str) -> None:
    """Fill `table`, made of `COLUMNS`, with the decisions of a register."""
    records = [_record(decision) for decision in register.decisions]
    names = [column.split()[0] for column in COLUMNS.split(",")]
    selected = ", ".join(f"unnest(?::varchar[]) as {name}" for name in names)
    connection.execute(f"insert into {table} by name select {selected}", [[record[name] for record in records] for name in names])


@contextmanager
def writing(home: Home) -> Iterator[Register]:
    """Hold the lock of the register while the block decides what to add to what it is given, and adds it.

    Raises BadInputError when the lock stays taken.
    """
    with in_turn(home.decisions_lock):
        batches.remove_drafts(home.decisions)
        yield read(home)


def add(home: Home, decisions: Sequence[Decision], now: datetime) -> None:
    """Record decisions, all of them or none. The caller holds the lock of the register."""
    if decisions:
        batches.add(home.decisions, map(_record, decisions), now)


def following(decision: Decision, current: Decision | None) -> Decision:
    """Return a new decision, dated after the one it replaces even where the clock went back."""
    if current is None or decision.date_decision > current.date_decision:
        return decision
    return replace(decision, date_decision=current.date_decision + _INSTANT)


def is_same(one: Decision, other: Decision) -> bool:
    """Tell whether two decisions say the same, whenever they were taken."""
    return replace(one, date_decision=other.date_decision) == other


def sentences(damaged: Iterable[Path]) -> list[str]:
    """Say which files of the register are damaged, and what to do."""
    return [
        f"Le fichier de décisions {path} est abîmé ou ne se lit pas, ses décisions sont laissées de côté : "
        "le remettre depuis une sauvegarde, ou le retirer et reprendre ses décisions."
        for path in damaged
    ]


def _order(decision: Decision) -> tuple[datetime, str]:
    return decision.date_decision, decision.decision_id


def _record(decision: Decision) -> dict[str, str | None]:
    return {"decision_id": decision.decision_id, **decision.content()}


def _decision(fields: dict[str, Any]) -> Decision:
    return Decision(
        anomalie_id=fields["anomalie_id"],
        statut=Statut(fields["statut"]),
        motif=fields["motif"],
        auteur=fields["auteur"],
        date_decision=datetime.fromisoformat(fields["date_decision"]),
        empreinte_preuve=fields["empreinte_preuve"],
    )
