"""Cases of the rules on charges of foyers."""

from __future__ import annotations

from ingest.demo.cas.cas import Cas

REDEVANCES: tuple[Cas, ...] = ()
