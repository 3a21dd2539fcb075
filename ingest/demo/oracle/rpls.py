"""The truth of the rule that compares an agreement with the register of social housing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TypeAlias

from ingest.demo.oracle.doublons import numero_compare
from ingest.demo.oracle.vue import Constat, Severite, Vue

Numero: TypeAlias = tuple[str, str]
"""A département, and a number as it is compared."""


class PlusAuRpls:
    """Keeps the agreements of which the register has more dwellings, and who bears each number: two of them would tell nothing."""

    REGLES = ("SUR-013",)

    def __init__(self) -> None:
        """Start with no agreement."""
        self._porteurs: Counter[Numero] = Counter()
        self._depassees: list[tuple[int, Numero]] = []

    def noter(self, vue: Vue) -> None:
        """Keep what may matter of an agreement."""
        numero = numero_compare(vue)
        if numero is None:
            return
        self._porteurs[numero] += 1
        convention = vue.convention
        connus = 0 if convention.courante.squelette else convention.nb_logements
        if vue.est_en_vigueur and not vue.est_foyer and 0 < connus < (convention.au_rpls or 0):
            self._depassees.append((convention.id, numero))

    def constats(self) -> Iterator[Constat]:
        """Yield a finding for each agreement of which the register has too many dwellings, when its number is its own."""
        for identifiant, numero in self._depassees:
            if self._porteurs[numero] == 1:
                yield Constat("SUR-013", Severite.A_VERIFIER, "convention", f"ecoloweb:{identifiant}")
