"""The truth of the rules on financing: one small function a rule, written from what the rule means."""

from __future__ import annotations

from datetime import date

from ingest.demo.faits import Etat, Lot, Periode
from ingest.demo.oracle.vue import Severite, Vue
from ingest.demo.referentiels import CODES_ANAH, Nature, famille, famille_source, fin_de_validite, ligne_ajoutee

MIXTE_INTERDIT_LE = date(2024, 2, 8)
ILE_DE_FRANCE = frozenset({"75", "77", "78", "91", "92", "93", "94", "95"})
_PLUS_PLAI = frozenset({"PLUS", "PLAI"})
_NON_CONVENTIONNABLES = frozenset({"PLI", "LLI", "PSLA", "PSH"})


def fin_001(vue: Vue) -> Severite | None:
    """PLUS and PLAI in one agreement signed since the ban."""
    if not (vue.est_vivante and vue.familles >= _PLUS_PLAI and vue.signee_depuis(MIXTE_INTERDIT_LE)):
        return None
    return Severite.A_VERIFIER if vue.est_foyer else Severite.NON_REGLEMENTAIRE


def fin_002(vue: Vue) -> Severite | None:
    """PLUS and PLAI in one agreement signed before the ban."""
    trouve = vue.est_vivante and vue.familles >= _PLUS_PLAI and vue.signee_avant(MIXTE_INTERDIT_LE)
    return Severite.INFORMATION if trouve else None


def fin_003(vue: Vue) -> Severite | None:
    """Another mix than PLUS with PLAI, but works on what existed already."""
    existant = vue.familles == {"PLUS", "SANS_FINANCEMENT"} and any(lot.financement == "22" for lot in vue.lots)
    if not vue.est_vivante or vue.est_anah or vue.signature is None or existant:
        return None
    if len(vue.familles) <= 1 or vue.familles == _PLUS_PLAI:
        return None
    return Severite.NON_REGLEMENTAIRE if vue.signee_depuis(MIXTE_INTERDIT_LE) else Severite.A_VERIFIER


def fin_005(vue: Vue) -> Severite | None:
    """Several families in an agreement being instructed."""
    trouve = vue.etat is Etat.INS and vue.signature is None and len(vue.familles) > 1
    return Severite.A_VERIFIER if trouve else None


def fin_006(vue: Vue, lot: Lot) -> Severite | None:
    """PLS in a social residence or a hostel of migrant workers."""
    if vue.nature not in {Nature.RESIDENCE_SOCIALE, Nature.FTM} or famille(lot.financement) != "PLS":
        return None
    return Severite.NON_REGLEMENTAIRE if vue.est_outre_mer else Severite.A_VERIFIER


def fin_008(vue: Vue, lot: Lot) -> Severite | None:
    """PLUS or PLAI overseas."""
    return Severite.A_VERIFIER if vue.est_outre_mer and famille(lot.financement) in _PLUS_PLAI else None


def fin_010(vue: Vue, periode: Periode, avant: Periode) -> Severite | None:
    """Families that change without amendment, from what was known."""
    familles, familles_avant = ({famille(lot.financement) for lot in p.contenu} for p in (periode, avant))
    reprise_inconnue = avant.squelette and vue.convention.est_reprise and avant is vue.convention.periodes[0]
    trouve = periode.avenant is None and familles and familles_avant and familles != familles_avant
    return Severite.ANOMALIE if trouve and not reprise_inconnue else None


def fin_011(vue: Vue, lot: Lot) -> Severite | None:
    """A financing that ended before the signature."""
    fin = fin_de_validite(lot.financement)
    return Severite.ANOMALIE if fin and vue.signature and fin < vue.signature else None


def fin_012(_: Vue, lot: Lot) -> Severite | None:
    """A financing that no agreement may have."""
    return Severite.NON_REGLEMENTAIRE if famille(lot.financement) in _NON_CONVENTIONNABLES else None


def fin_013(_: Vue, lot: Lot) -> Severite | None:
    """A financing of ANAH that Ecoloweb files under PLUS."""
    trouve = lot.financement in CODES_ANAH and famille_source(lot.financement) == "PLUS"
    return Severite.INFORMATION if trouve else None


def fin_014(_: Vue, lot: Lot) -> Severite | None:
    """A financing code of no list."""
    return Severite.ANOMALIE if ligne_ajoutee("typefinancement", lot.financement) else None


def fin_016(vue: Vue, lot: Lot) -> Severite | None:
    """PLAI for elderly or disabled people in Île-de-France."""
    trouve = (
        vue.nature in {Nature.FOYER_PA, Nature.FOYER_PH}
        and famille(lot.financement) == "PLAI"
        and lot.commune.departement in ILE_DE_FRANCE
    )
    return Severite.A_VERIFIER if trouve else None


CONVENTION = {"FIN-001": fin_001, "FIN-002": fin_002, "FIN-003": fin_003, "FIN-005": fin_005}
LOT = {
    "FIN-006": fin_006,
    "FIN-008": fin_008,
    "FIN-011": fin_011,
    "FIN-012": fin_012,
    "FIN-013": fin_013,
    "FIN-014": fin_014,
    "FIN-016": fin_016,
}
VERSION = {"FIN-010": fin_010}
SANS_OBJET = ("FIN-004", "FIN-007", "FIN-015")
"""Rules that never fire on Ecoloweb: it does not hold what they look at."""
COUVERTES = {"FIN-001": ("FIN-003",), "FIN-012": ("FIN-014", "CAS-001")}
"""The rules that each of these makes needless on the same object, or on the agreement that holds it."""
