"""The truth of the rules that compare agreements with one another or with the register of social housing.

It is told once all of them are written.
"""

from __future__ import annotations

from collections.abc import Iterator

from ingest.demo.oracle.bailleurs_doubles import BailleursDoubles
from ingest.demo.oracle.doublons import MemeLogement, MemeNumero, MemeParcelle
from ingest.demo.oracle.plus_resiliee import PlusResiliee
from ingest.demo.oracle.reference_partagee import ReferencePartagee
from ingest.demo.oracle.rpls import PlusAuRpls
from ingest.demo.oracle.vue import Constat, Vue

_COMPARAISONS = (PlusResiliee, MemeNumero, MemeParcelle, MemeLogement, ReferencePartagee, BailleursDoubles, PlusAuRpls)

REGLES = tuple(regle for comparaison in _COMPARAISONS for regle in comparaison.REGLES)
"""The rules that compare agreements."""


class Croises:
    """Keeps of each agreement what every comparison needs."""

    def __init__(self) -> None:
        """Start with no agreement."""
        self._comparaisons = [comparaison() for comparaison in _COMPARAISONS]

    def noter(self, vue: Vue) -> None:
        """Keep what may matter of an agreement."""
        for comparaison in self._comparaisons:
            comparaison.noter(vue)

    def constats(self) -> Iterator[Constat]:
        """Yield the findings of every comparison."""
        for comparaison in self._comparaisons:
            yield from comparaison.constats()
