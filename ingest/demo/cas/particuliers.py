"""Cases of the rules on particular cases."""

from __future__ import annotations

from ingest.demo.cas.cas import Cas

PARTICULIERS: tuple[Cas, ...] = ()
