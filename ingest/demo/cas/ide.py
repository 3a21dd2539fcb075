"""Cases of the rules on identity of owners."""

from __future__ import annotations

from ingest.demo.cas.cas import Cas

IDENTITES: tuple[Cas, ...] = ()
