"""Cases of the rules on duplicates."""

from __future__ import annotations

from ingest.demo.cas.cas import Cas

DOUBLONS: tuple[Cas, ...] = ()
