"""Cases of the rules on convention types."""

from __future__ import annotations

from ingest.demo.cas.cas import Cas

TYPES: tuple[Cas, ...] = ()
