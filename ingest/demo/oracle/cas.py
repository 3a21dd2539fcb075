"""The truth of the rules on particular cases: one small function a rule, written from what the rule means."""

from __future__ import annotations

from datetime import date

from ingest.demo.faits import Lot
from ingest.demo.oracle.proprietaires import a_mute, sous_nature_principale
from ingest.demo.oracle.vue import DATE_DE_REFERENCE, Severite, Vue
from ingest.demo.referentiels import Nature, famille, fin_de_validite, reconduction
from ingest.demo.types_de_convention import nature_du_type

RESIDENCES_UNIVERSITAIRES_ORDINAIRES = date(2019, 8, 8)
CROUS = "337"
RS_SANS_TRAVAUX = "93"
_SANS_RECONDUCTION = "3"


def cas_001(vue: Vue) -> Severite | None:
    """Called PSLA, and not a PLS that one became."""
    noms = (vue.convention.libelle, *(lot.description for lot in vue.lots))
    trouve = vue.est_vivante and "PLS" not in vue.familles and any("PSLA" in nom.upper() for nom in noms)
    return Severite.A_VERIFIER if trouve else None


def cas_005(vue: Vue) -> Severite | None:
    """An agreement of ANAH that nothing renews, past its term and still in force."""
    passe = vue.est_en_vigueur and vue.terme is not None and vue.terme < DATE_DE_REFERENCE
    return Severite.INFORMATION if passe and reconduction(vue.convention.type.id) == _SANS_RECONDUCTION else None


def cas_007(vue: Vue, lot: Lot) -> Severite | None:
    """Nothing financed in a foyer, but overseas."""
    if not vue.est_vivante or not vue.est_foyer or vue.est_outre_mer or famille(lot.financement) != "SANS_FINANCEMENT":
        return None
    fin = fin_de_validite(lot.financement)
    legal = lot.financement == RS_SANS_TRAVAUX and fin is not None and vue.signature is not None and vue.signature <= fin
    return Severite.INFORMATION if legal else Severite.A_VERIFIER


def cas_010(vue: Vue) -> Severite | None:
    """A residence of a CROUS in France itself on a type made for foyers, since those of students are ordinary dwellings."""
    concerne = vue.est_vivante and not vue.est_outre_mer and vue.signee_depuis(RESIDENCES_UNIVERSITAIRES_ORDINAIRES)
    if not concerne or sous_nature_principale(vue.convention) != CROUS or a_mute(vue.convention):
        return None
    return None if nature_du_type(vue.convention.type.id) is Nature.ORDINAIRE else Severite.ANOMALIE


CONVENTION = {"CAS-001": cas_001, "CAS-005": cas_005, "CAS-010": cas_010}
LOT = {"CAS-007": cas_007}
SANS_OBJET = (
    "CAS-002",
    "CAS-003",
    "CAS-004",
    "CAS-006",
    "CAS-008",
    "CAS-009",
    "CAS-011",
    "CAS-012",
    "CAS-013",
)
"""Rules that never fire on Ecoloweb: it does not hold what they look at."""
