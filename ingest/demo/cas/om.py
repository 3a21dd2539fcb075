"""Cases of the rules on overseas foyers."""

from __future__ import annotations

from ingest.demo.cas.cas import Cas

OUTRE_MER: tuple[Cas, ...] = ()
