"""The truth of the rule on a PLS where a PLUS agreement had been terminated, which compares agreements."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import TypeAlias

from ingest.demo.faits import Etat, Lot
from ingest.demo.oracle.vue import Constat, Severite, Vue
from ingest.demo.referentiels import famille

Sol: TypeAlias = tuple[str, str, int]
"""A parcel: official commune, section, number."""


class PlusResiliee:
    """Keeps the parcels of the agreements in PLS, and of those in PLUS that were terminated; nothing of their dwellings."""

    REGLES = ("FIN-009",)

    def __init__(self) -> None:
        """Start with no agreement."""
        self._pls: list[tuple[int, date, set[Sol]]] = []
        self._resiliees: dict[Sol, list[tuple[int, date]]] = {}

    def noter(self, vue: Vue) -> None:
        """Keep what may matter of an agreement."""
        identifiant, resiliation = vue.convention.id, vue.convention.courante.resiliation
        if vue.etat is Etat.RES and resiliation is not None:
            for sol in sols([lot for lot in vue.lots if famille(lot.financement) == "PLUS"]):
                self._resiliees.setdefault(sol, []).append((identifiant, resiliation))
        if vue.est_vivante and vue.signature is not None and "PLS" in vue.familles:
            self._pls.append((identifiant, vue.signature, sols(vue.lots)))

    def constats(self) -> Iterator[Constat]:
        """Yield a finding for each agreement in PLS on such a parcel."""
        for identifiant, signature, sols in self._pls:
            if any(
                autre != identifiant and resiliation <= signature
                for sol in sols
                for autre, resiliation in self._resiliees.get(sol, ())
            ):
                yield Constat("FIN-009", Severite.A_VERIFIER, "convention", f"ecoloweb:{identifiant}")


def sols(lots: list[Lot]) -> set[Sol]:
    """Return the parcels of some programmes."""
    return {
        (lot.commune.code_officiel, parcelle.section, int(numero))
        for lot in lots
        for parcelle in lot.parcelles
        for numero in re.findall(r"\d+", parcelle.numero)
    }
