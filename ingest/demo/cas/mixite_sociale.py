"""Cases of the rules on social mix and reservations."""

from __future__ import annotations

from ingest.demo.cas.cas import Cas

RESERVATIONS: tuple[Cas, ...] = ()
