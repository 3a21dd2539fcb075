"""The yearly revision of ceilings: the index tables, the revised ceilings and the day they were last revised all follow it."""

from __future__ import annotations

from datetime import date

INDICE_PCT = 1.4
"""Yearly revision in percent."""
ACTUALISATION = date(2024, 1, 1)
"""The last day ceilings were revised."""


def reviser(plafond: int, signature: date | None) -> int:
    """Return what a ceiling in cents, signed some day, has become since."""
    annees = max(ACTUALISATION.year - signature.year, 0) if signature else 0
    return round(plafond * (1 + INDICE_PCT / 100) ** annees)
