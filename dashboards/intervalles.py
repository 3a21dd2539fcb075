"""How sure a share is, given the answers it rests on. Pure functions, no Streamlit."""

from __future__ import annotations

from math import sqrt
from typing import NamedTuple

MINIMUM = 10
"""Under this number of answers, nothing is said of them (S-07)."""
_QUANTILE = 1.96
"""At 95 %, as the indicator S-01."""


class Part(NamedTuple):
    """A share and its interval, in per cent."""

    valeur: float
    bas: float
    haut: float


def wilson(succes: int, total: int) -> Part | None:
    """Return a share with its Wilson interval at 95 %; None under MINIMUM answers, or for more successes than answers."""
    if total < MINIMUM or not 0 <= succes <= total:
        return None
    carre = _QUANTILE**2
    centre = succes + carre / 2
    ecart = _QUANTILE * sqrt(succes * (total - succes) / total + carre / 4)
    borne_basse, borne_haute = (100 * (centre + signe * ecart) / (total + carre) for signe in (-1, 1))
    return Part(100 * succes / total, max(0.0, borne_basse), min(100.0, borne_haute))
