"""Cases of the rules on what lacks what it hangs on."""

from __future__ import annotations

from ingest.demo.cas.cas import Cas

ORPHELINES: tuple[Cas, ...] = ()
