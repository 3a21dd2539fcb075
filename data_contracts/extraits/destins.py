"""What became of the agreements received, as pages and the quality report count it."""

from __future__ import annotations

MOTIF = "if(motif like 'regroupée avec %', 'regroupée avec une convention déjà connue', motif)"
"""The reason of a row of `rec_convention` without the agreement that it names: a reason that many rows share."""
