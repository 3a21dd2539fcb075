"""Cases of the rules on dates."""

from __future__ import annotations

from ingest.demo.cas.cas import Cas

DATES: tuple[Cas, ...] = ()
