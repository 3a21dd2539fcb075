"""Cases of the rules on areas and numbers of dwellings."""

from __future__ import annotations

from ingest.demo.cas.cas import Cas

SURFACES: tuple[Cas, ...] = ()
