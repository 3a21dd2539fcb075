"""What an alert says, in one form for every problem and every channel: what, where, since when, who, what to do.

It holds the French sentences that a person would read in a terminal: names of files, tables and columns, keys, never a row.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from dagster_project import french

FORMAT = 1
"""Version of the webhook's JSON: a name may be added; it changes when one does or goes."""
URL_VARIABLE = "PARC_DAGSTER_URL"
"""Address of Dagster's interface, which `parc dagster` gives unless it was given: it may not be the one it listens on."""
SUBJECT_LENGTH = 120


@dataclass(frozen=True)
class Alerte:
    """A problem that somebody has to look at."""

    quoi: str
    ou: str
    depuis: datetime
    """The first failure since the last success."""
    qui: str
    """Whose turn it is."""
    que_faire: str
    run_id: str
    """Its run in Dagster's history."""
    lien: str | None = None
    """Address of this run, when it is known."""

    @property
    def objet(self) -> str:
        """The subject of a message: one short line."""
        first = self.quoi.split("\n", 1)[0]
        return f"[parc] {first if len(first) <= SUBJECT_LENGTH else first[: SUBJECT_LENGTH - 1] + '…'}"

    @property
    def texte(self) -> str:
        """The whole message."""
        lines = {
            "Quoi": self.quoi,
            "Où": self.ou,
            "Depuis": french.local_moment(self.depuis),
            "Qui": self.qui,
            "Que faire": self.que_faire,
            "Run": f"{self.run_id} ({self.lien})" if self.lien else self.run_id,
        }
        return "\n".join(f"{label} : {value}" for label, value in lines.items()) + "\n"

    def json(self) -> dict[str, str | int | None]:
        """Return what the webhook receives. `text` is the name under which chat servers read a message."""
        return {
            "format": FORMAT,
            "quoi": self.quoi,
            "ou": self.ou,
            "depuis": self.depuis.astimezone(UTC).isoformat(timespec="seconds"),
            "qui": self.qui,
            "que_faire": self.que_faire,
            "run_id": self.run_id,
            "lien": self.lien,
            "text": self.texte,
        }
