"""What a planted case is: a rule, what it must find, which agreements suit, and the edit that makes the case of one of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from ingest.demo.cas.atelier import Atelier
from ingest.demo.faits import Convention
from ingest.demo.oracle import Severite
from ingest.demo.referentiels import region_du_departement

Choix: TypeAlias = Callable[[Convention], bool]
Geste: TypeAlias = Callable[[Convention, Atelier], None]
Objet: TypeAlias = Callable[[Convention], str]

NR, AN, AV, IN = Severite.NON_REGLEMENTAIRE, Severite.ANOMALIE, Severite.A_VERIFIER, Severite.INFORMATION


def convention(convention: Convention) -> str:
    """Return the id of the agreement."""
    return f"ecoloweb:{convention.id}"


def lot(convention: Convention) -> str:
    """Return the id of the last programme of the current period: a new one comes last."""
    return f"ecoloweb:{convention.courante.ids_lots[-1]}"


def logement(convention: Convention) -> str:
    """Return the id of the last dwelling row of the last programme of the current period."""
    courante = convention.courante
    return f"ecoloweb:{courante.ids_logements[courante.ids_lots[-1]][-1]}"


def parcelle(convention: Convention) -> str:
    """Return the id of the last parcel of the last programme of the current period."""
    courante = convention.courante
    return f"ecoloweb:{courante.ids_parcelles[courante.ids_lots[-1]][-1]}"


def bailleur(convention: Convention) -> str:
    """Return the id of the owner of the last programme of the current period."""
    return f"ecoloweb:{convention.courante.contenu[-1].proprietaire.id}"


def version(convention: Convention) -> str:
    """Return the id of the current period."""
    return f"ecoloweb:{convention.courante.id}"


def avenant(convention: Convention) -> str:
    """Return the id of the last amendment."""
    return f"ecoloweb:{convention.avenants[-1].id}"


def commune(convention: Convention) -> str:
    """Return the id of the commune of the last programme."""
    return f"ecoloweb:{convention.courante.contenu[-1].commune.id}"


def region(convention: Convention) -> str:
    """Return the id of the region of the last programme."""
    return f"ecoloweb:{region_du_departement(convention.courante.contenu[-1].commune.departement_lu)[0]}"


def laisser(_: Convention, __: Atelier) -> None:
    """Change nothing: the agreement as drawn is the case."""


@dataclass(frozen=True, slots=True)
class Suite:
    """What another agreement, drawn later, must become to complete a case: chosen and edited knowing the first one."""

    convient: Callable[[Convention, Convention], bool]
    planter: Callable[[Convention, Convention], None]


@dataclass(frozen=True, slots=True)
class Cas:
    """A case. The sentence is French: people read it in the truth file."""

    regle: str
    severite: Severite | None
    """What the rule must say, None for a near miss, which it must not find."""
    phrase: str
    convient: Choix
    planter: Geste = laisser
    objet: Objet = convention
    avec: frozenset[str] = frozenset()
    """Other rules that find something wrong in the same facts."""
    suite: Suite | None = None
    rare: bool = False
    """Whether few agreements suit: it comes due before the others."""

    @property
    def attendu(self) -> bool:
        """Whether the rule must find it."""
        return self.severite is not None


def tous(*choix: Choix) -> Choix:
    """Return the choice of the agreements that suit all of these."""
    return lambda candidate: all(choisit(candidate) for choisit in choix)


def puis(*gestes: Geste) -> Geste:
    """Return these edits, one after the other."""

    def enchainer(choisie: Convention, atelier: Atelier) -> None:
        for geste in gestes:
            geste(choisie, atelier)

    return enchainer
