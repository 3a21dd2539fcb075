"""Cases of the rules on states."""

from __future__ import annotations

from ingest.demo.cas.cas import Cas

ETATS: tuple[Cas, ...] = ()
