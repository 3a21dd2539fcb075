"""Cases of the rules on numbers of agrément."""

from __future__ import annotations

from ingest.demo.cas.cas import Cas

AGREMENTS: tuple[Cas, ...] = ()
