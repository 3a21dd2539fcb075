"""The truth of the rules on social mix and reservations: one small function a rule, written from what the rule means."""

from __future__ import annotations

from ingest.demo.faits import Lot
from ingest.demo.oracle.vue import Severite, Vue
from ingest.demo.referentiels import Secteur, famille

_AGENTS_PUBLICS = 5
"""Percentage kept for civil servants wherever the prefect keeps dwellings."""
_TOUT = 100
_ASSEZ_GRAND = 4
"""Dwellings from which thirty percent make one."""
_CONCERNEES = frozenset({"PLUS", "PLAI"})


def mix_004(vue: Vue, lot: Lot) -> Severite | None:
    """A number of dwellings kept for the prefect that the percentage denies, or more than all of them."""
    if not vue.est_vivante or not lot.reservation:
        return None
    ecart = 0 if lot.reserves is None else abs(lot.reserves * 100 - lot.reservation * lot.nb_logements)
    return Severite.ANOMALIE if ecart > _TOUT or lot.reservation + _AGENTS_PUBLICS > _TOUT else None


def mix_005(vue: Vue, lot: Lot) -> Severite | None:
    """Nothing kept for the prefect where something could."""
    concerne = (
        vue.est_vivante
        and not vue.est_anah
        and vue.secteur is Secteur.HLM
        and famille(lot.financement) in _CONCERNEES
        and lot.nb_logements >= _ASSEZ_GRAND
    )
    return Severite.A_VERIFIER if concerne and not lot.reservation and not lot.reserves else None


LOT = {"MIX-004": mix_004, "MIX-005": mix_005}
SANS_OBJET = ("MIX-001", "MIX-002", "MIX-003")
"""Rules that never fire on Ecoloweb: it does not hold what they look at."""
