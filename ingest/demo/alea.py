"""Reproducible draws: each agreement has its own stream, so that changing one never changes the others."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from statistics import NormalDist
from typing import Generic, TypeVar

import numpy as np

T = TypeVar("T")

_RESERVE = 256
"""Draws taken from numpy at once: one at a time would cost ten times more."""
_NORMALE = NormalDist()


@dataclass(frozen=True)
class Poids(Generic[T]):
    """Values and how often each comes out."""

    valeurs: tuple[T, ...]
    cumuls: tuple[float, ...]

    @classmethod
    def de(cls, poids: Mapping[T, float]) -> Poids[T]:
        """Build from weights, which need not sum to one."""
        return cls(tuple(poids), tuple(accumulate(poids.values())))


class Alea:
    """The draws of one stream, named by numbers: the seed, then what the stream is for."""

    def __init__(self, *flux: int) -> None:
        """Open the stream; the same numbers always give the same draws."""
        self._source = np.random.default_rng(flux)
        self._reserve: list[float] = []

    def reel(self) -> float:
        """Return a number in [0, 1)."""
        if not self._reserve:
            self._reserve = self._source.random(_RESERVE).tolist()
        return self._reserve.pop()

    def entier(self, bas: int, haut: int) -> int:
        """Return an integer between the two bounds, both included."""
        return bas + int(self.reel() * (haut - bas + 1))

    def chance(self, proportion: float) -> bool:
        """Return true that often."""
        return self.reel() < proportion

    def choix(self, valeurs: Sequence[T]) -> T:
        """Return one of the values, all as likely."""
        return valeurs[int(self.reel() * len(valeurs))]

    def pondere(self, poids: Poids[T]) -> T:
        """Return one of the values, as often as its weight says."""
        rang = bisect_right(poids.cumuls, self.reel() * poids.cumuls[-1])
        return poids.valeurs[min(rang, len(poids.valeurs) - 1)]

    def normal(self, moyenne: float, ecart_type: float) -> float:
        """Return a number of the normal distribution, cut at three standard deviations."""
        quantile = min(max(self.reel(), 0.0013), 0.9987)
        return moyenne + ecart_type * _NORMALE.inv_cdf(quantile)
