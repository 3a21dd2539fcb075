"""Cases of the rules on publication."""

from __future__ import annotations

from ingest.demo.cas.cas import Cas

PUBLICATIONS: tuple[Cas, ...] = ()
