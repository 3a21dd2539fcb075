"""Cases of the rules on amendments."""

from __future__ import annotations

from ingest.demo.cas.cas import Cas

SUITES_D_AVENANTS: tuple[Cas, ...] = ()
