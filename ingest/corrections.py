"""The register of corrections: what people wrote in the place of values that had a row refused.

A correction follows the row, not the delivery: it names its source, its table and the fingerprint of the row as received, and holds
for any delivery that brings the same row again. On each row the last one holds; one without any value withdraws those before it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from data_contracts import batches
from data_contracts.layout import Home

ID_DIGITS = 24


class RowKey(NamedTuple):
    """What tells a refused row, whichever delivery brings it."""

    source: str
    table: str
    empreinte: str


@dataclass(frozen=True)
class Correction:
    """One correction, never changed once recorded."""

    source: str
    table: str
    empreinte: str
    ligne: int
    """Where the row was when it was corrected: for people, another delivery may have it elsewhere."""
    valeurs: Mapping[str, str | None]
    """The new text of the columns that change; none withdraws the corrections of the row."""
    auteur: str
    date_correction: datetime
    """With its zone."""
    motif: str

    @property
    def row(self) -> RowKey:
        """The row it corrects."""
        return RowKey(self.source, self.table, self.empreinte)

    @cached_property
    def correction_id(self) -> str:
        """Identifier made of the whole content."""
        return hashlib.sha256(json.dumps(self.record(), ensure_ascii=False).encode()).hexdigest()[:ID_DIGITS]

    @property
    def is_withdrawal(self) -> bool:
        """Whether it only undoes those before it."""
        return not self.valeurs

    def record(self) -> dict[str, Any]:
        """Return the fields by name, as JSON holds them."""
        return {
            "source": self.source,
            "table": self.table,
            "empreinte": self.empreinte,
            "ligne": self.ligne,
            "valeurs": dict(sorted(self.valeurs.items())),
            "auteur": self.auteur,
            "date_correction": self.date_correction.astimezone(UTC).isoformat(timespec="microseconds"),
            "motif": self.motif,
        }


def correction(fields: Mapping[str, Any]) -> Correction:
    """Return the correction that `record` wrote. Raises ValueError, KeyError or TypeError for anything else."""
    return Correction(
        source=fields["source"],
        table=fields["table"],
        empreinte=fields["empreinte"],
        ligne=int(fields["ligne"]),
        valeurs=dict(fields["valeurs"]),
        auteur=fields["auteur"],
        date_correction=datetime.fromisoformat(fields["date_correction"]),
        motif=fields["motif"],
    )


@dataclass(frozen=True)
class Register:
    """The corrections read at one instant."""

    current: Mapping[RowKey, Correction]
    """The last correction of each row."""
    damaged: tuple[Path, ...] = ()
    """Files that are not what was written, left out."""


def read(home: Home) -> Register:
    """Return the register of a home. Takes no lock: a batch appears whole or not at all."""
    recorded, damaged = batches.read(home.corrections, correction)
    # Batches come in the order they were written, under the lock of the home.
    return Register({found.row: found for found in recorded}, damaged)


def add(home: Home, corrections: Sequence[Correction], now: datetime) -> None:
    """Record corrections, all of them or none. The caller holds the lock of the home."""
    batches.remove_drafts(home.corrections)
    if corrections:
        batches.add(home.corrections, (found.record() for found in corrections), now)


def sentences(damaged: Iterable[Path]) -> list[str]:
    """Say which files of the register are damaged, and what to do."""
    return [
        f"Le fichier de corrections {path} est abîmé ou ne se lit pas, ses corrections sont laissées de côté : "
        "le remettre depuis une sauvegarde, ou le retirer et refaire ses corrections."
        for path in damaged
    ]
