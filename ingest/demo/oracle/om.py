"""The truth of the rules on overseas foyers: one small function a rule, written from what the rule means."""

from __future__ import annotations

from ingest.demo.oracle.vue import Severite, Vue

CROUS = "337"


def om_001(vue: Vue) -> Severite | None:
    """Ordinary dwellings overseas."""
    return Severite.NON_REGLEMENTAIRE if vue.est_vivante and vue.est_outre_mer and not vue.est_foyer else None


def om_002(vue: Vue) -> Severite | None:
    """Residences of a CROUS overseas: Ecoloweb knows no other kind that is left out."""
    principal = vue.convention.bailleur_principal
    crous = any(lot.proprietaire.sous_nature == CROUS for lot in vue.lots if lot.proprietaire.id == principal)
    return Severite.NON_REGLEMENTAIRE if vue.est_vivante and vue.est_outre_mer and crous else None


CONVENTION = {"OM-001": om_001, "OM-002": om_002}
SANS_OBJET = ("OM-003", "OM-004", "OM-005", "OM-006", "OM-007", "OM-008", "OM-009", "OM-010")
"""Rules that never fire on Ecoloweb: it does not hold what they look at."""
