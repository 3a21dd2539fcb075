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
from typing import Any

from data_contracts import batches
from data_contracts.decision import Decision, Statut
from data_contracts.layout import Home
from data_contracts.lock import PATIENCE, in_turn

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


def state(home: Home) -> str:
    """Return what changes whenever the register does, for who keeps what it read of it."""
    return batches.state(home.decisions)


@dataclass(frozen=True)
class Recorded:
    """What became of one decision."""

    decision: Decision
    """The one that holds now."""
    is_new: bool
    """False when the register said the same already: nothing was added."""
    damaged: tuple[Path, ...]
    """Files of the register that were left out."""


def record(home: Home, asked: Decision, patience: float = PATIENCE) -> Recorded:
    """Record one decision, dated after the one it replaces, unless that one says the same.

    Raises TransientError when the lock is still taken after so many seconds, OSError when the disk refuses.
    """
    with writing(home, patience) as known:
        current = known.current.get(asked.anomalie_id)
        new = following(asked, current)
        if current is not None and is_same(new, current):
            return Recorded(current, is_new=False, damaged=known.damaged)
        add(home, [new], new.date_decision)
    return Recorded(new, is_new=True, damaged=known.damaged)


@contextmanager
def writing(home: Home, patience: float = PATIENCE) -> Iterator[Register]:
    """Hold the lock of the register while the block decides what to add to what it is given, and adds it.

    Raises TransientError when the lock is still taken after so many seconds.
    """
    with in_turn(home.decisions_lock, patience):
        batches.remove_drafts(home.decisions)
        yield read(home)


def add(home: Home, decisions: Sequence[Decision], now: datetime) -> None:
    """Record decisions, all of them or none. The caller holds the lock of the register."""
    if decisions:
        batches.add(home.decisions, (decision.record() for decision in decisions), now)


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


def _decision(fields: dict[str, Any]) -> Decision:
    return Decision(
        anomalie_id=fields["anomalie_id"],
        statut=Statut(fields["statut"]),
        motif=fields["motif"],
        auteur=fields["auteur"],
        date_decision=datetime.fromisoformat(fields["date_decision"]),
        empreinte_preuve=fields["empreinte_preuve"],
    )
