"""The state of an agreement of APiLos, and that of all those that one agreement of Ecoloweb became."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ingest.demo.apilos.faits import SIGNES, Acte
from ingest.demo.faits import STATIONNEMENTS, Lot


@dataclass(frozen=True, slots=True)
class Racine:
    """An agreement of APiLos with its amendments, in the order they were signed."""

    acte: Acte
    avenants: tuple[Acte, ...]

    @property
    def courant(self) -> Acte:
        """The act whose content holds today: the last amendment signed, else the agreement."""
        signes = [avenant for avenant in self.avenants if avenant.statut in SIGNES and avenant.signature is not None]
        return max(signes, key=lambda avenant: (avenant.signature, avenant.id), default=self.acte)


def racines(actes: Iterable[Acte]) -> list[Racine]:
    """Return the agreements among acts, with their amendments, however they are chained."""
    par_racine: dict[int, list[Acte]] = {}
    tetes: dict[int, Acte] = {}
    for acte in actes:
        tete = acte
        while tete.parent is not None:
            tete = tete.parent
        tetes[tete.id] = tete
        par_racine.setdefault(tete.id, [])
        if acte is not tete:
            par_racine[tete.id].append(acte)
    return [Racine(tetes[identifiant], tuple(avenants)) for identifiant, avenants in par_racine.items()]


def principale(toutes: Sequence[Racine]) -> Racine:
    """Return the agreement of most dwellings, the first of equals."""
    return max(toutes, key=lambda racine: (racine.courant.nb_logements, -racine.acte.id))


def nb_stationnements(lots: Iterable[Lot]) -> int:
    """Return the parking places of programmes."""
    return sum(annexe.nombre for lot in lots for annexe in lot.annexes if annexe.genre in STATIONNEMENTS)
