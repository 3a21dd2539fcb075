"""Reproducible draws: each agreement has its own stream, so that changing one never changes the others."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, count
from statistics import NormalDist
from typing import Generic, TypeVar

import numpy as np

T = TypeVar("T")

_RESERVE = 256
"""Draws taken from numpy at once: one at a time would cost ten times more."""
_ENSEMBLE = 256
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


def aleas(*flux: int) -> Iterator[Alea]:
    """Yield the streams 0, 1, 2… of a family: opened together by hundreds, since opening one takes longer than using it."""
    for debut in count(step=_ENSEMBLE):
        reserves = np.random.default_rng((*flux, 0, debut)).random((_ENSEMBLE, _RESERVE))
        for rang in range(_ENSEMBLE):
            alea = Alea(*flux, 1, debut + rang)
            alea.remplir(reserves[rang].tolist())
            yield alea


class Alea:
    """The draws of one stream, named by numbers: the seed, then what the stream is for."""

    def __init__(self, *flux: int) -> None:
        """Open the stream; the same numbers always give the same draws."""
        self._flux = flux
        self._source: np.random.Generator | None = None
        self._reserve: list[float] = []

    def remplir(self, reserve: list[float]) -> None:
        """Give the first draws, last one first."""
        self._reserve = reserve

    def reel(self) -> float:
        """Return a number in [0, 1)."""
        try:
            return self._reserve.pop()
        except IndexError:
            self._approvisionner(1)
            return self._reserve.pop()

    def reels(self, combien: int) -> list[float]:
        """Return that many numbers in [0, 1)."""
        self._approvisionner(combien)
        pris = self._reserve[-combien:] if combien else []
        del self._reserve[len(self._reserve) - combien :]
        return pris

    def _approvisionner(self, combien: int) -> None:
        while len(self._reserve) < combien:
            if self._source is None:
                self._source = np.random.default_rng(self._flux)
            self._reserve = self._source.random(_RESERVE).tolist() + self._reserve

    def entier(self, bas: int, haut: int) -> int:
        """Return an integer between the two bounds, both included."""
        return bas + int(self.reel() * (haut - bas + 1))

    def chance(self, proportion: float) -> bool:
        """Return true that often."""
        return self.reel() < proportion

    def choix(self, valeurs: Sequence[T]) -> T:
        """Return one of the values, all as likely."""
        return valeurs[int(self.reel() * len(valeurs))]

    def choix_repetes(self, valeurs: Sequence[T], fois: int) -> list[T]:
        """Return that many of the values, each of them as likely every time."""
        combien = len(valeurs)
        return [valeurs[int(tirage * combien)] for tirage in self.reels(fois)]

    def pondere(self, poids: Poids[T]) -> T:
        """Return one of the values, as often as its weight says."""
        rang = bisect_right(poids.cumuls, self.reel() * poids.cumuls[-1])
        return poids.valeurs[min(rang, len(poids.valeurs) - 1)]

    def normal(self, moyenne: float, ecart_type: float) -> float:
        """Return a number of the normal distribution, cut at three standard deviations."""
        quantile = min(max(self.reel(), 0.0013), 0.9987)
        return moyenne + ecart_type * _NORMALE.inv_cdf(quantile)
