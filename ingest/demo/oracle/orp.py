"""The truth of the rules on what lacks what it hangs on: one small function a rule, written from what the rule means."""

from __future__ import annotations

from ingest.demo.faits import Orpheline
from ingest.demo.oracle.vue import Severite, Vue


def orp_001(_: Vue, __: Orpheline) -> Severite | None:
    """A row whose parent was deleted."""
    return Severite.ANOMALIE


def orp_002(vue: Vue) -> Severite | None:
    """Signed, and about nothing: no programme, or no dwelling once it is over."""
    if not vue.est_vivante or vue.signature is None:
        return None
    sans_logement = not any(lot.nb_logements for lot in vue.lots)
    return Severite.ANOMALIE if not vue.lots or (sans_logement and not vue.est_en_vigueur) else None


def orp_003(vue: Vue) -> Severite | None:
    """An instruction that is nobody's, or another's."""
    perdue = vue.convention.rang_instruite is None or vue.convention.instruite_ailleurs is not None
    return Severite.ANOMALIE if vue.est_vivante and perdue else None


def orp_006(vue: Vue) -> Severite | None:
    """In force, and not scanned."""
    return Severite.A_VERIFIER if vue.est_en_vigueur and not vue.convention.est_numerisee else None


CONVENTION = {"ORP-002": orp_002, "ORP-003": orp_003, "ORP-006": orp_006}
LIGNE = {"ORP-001": orp_001}
SANS_OBJET = ("ORP-004", "ORP-005", "ORP-007")
"""Rules that never fire on Ecoloweb: it does not hold what they look at."""
