"""The truth of the rules on charges of foyers: one small function a rule, written from what the rule means."""

from __future__ import annotations

from ingest.demo.faits import Lot
from ingest.demo.oracle.vue import Severite, Vue

_LOYERS = frozenset({"SC", "SU"})
"""Regimes of areas that a rent is counted on."""


def red_001(vue: Vue, lot: Lot) -> Severite | None:
    """A rent by area in a foyer."""
    trouve = vue.est_vivante and vue.est_foyer and (lot.loyer or lot.regime in _LOYERS)
    return Severite.ANOMALIE if trouve else None


def red_003(vue: Vue, lot: Lot) -> Severite | None:
    """A foyer in force that asks nothing."""
    redevances = (lot.redevance, *(logement.loyer for logement in lot.logements))
    return Severite.A_VERIFIER if vue.est_en_vigueur and vue.est_foyer and not any(redevances) else None


def red_006(vue: Vue, lot: Lot) -> Severite | None:
    """A foyer that nobody manages, but its owner perhaps."""
    if not (vue.est_vivante and vue.est_foyer and vue.signature) or lot.gestionnaire is not None:
        return None
    return Severite.A_VERIFIER if lot.proprietaire.est_gestionnaire else Severite.ANOMALIE


LOT = {"RED-001": red_001, "RED-003": red_003, "RED-006": red_006}
SANS_OBJET = ("RED-002", "RED-004", "RED-005", "RED-007")
"""Rules that never fire on Ecoloweb: it does not hold what they look at."""
