"""Cases of the rules on rents."""

from __future__ import annotations

from ingest.demo.cas.cas import Cas

LOYERS: tuple[Cas, ...] = ()
