"""The truth of the rules on areas and numbers of dwellings: one small function a rule, written from what the rule means.

Areas are in 1/100 of m².
"""

from __future__ import annotations

from collections import Counter
from datetime import date

from ingest.demo.faits import Logement, Lot
from ingest.demo.oracle.vue import Severite, Vue

SURFACE_UTILE_DEPUIS = date(1996, 7, 1)
_SORTIS = frozenset({"AB", "CH", "DE", "VP"})
_SORTIES = frozenset({"2", "3", "9"})
_ARRONDI, _ARRONDI_DU_TOTAL = 5, 100
_T1_AU_PLUS, _T5_AU_MOINS = 8000, 4000
_T1 = frozenset({"ST1", "T1"})


def sur_001(vue: Vue, lot: Lot, logement: Logement) -> Severite | None:
    """A useful area that is not the living area with annexes, halved or not."""
    modele = logement.modele
    connues = modele.utile and modele.habitable and modele.annexe
    if lot.regime != "SU" or vue.est_foyer or not vue.signee_depuis(SURFACE_UTILE_DEPUIS) or not connues:
        return None
    plus = modele.utile - modele.habitable
    moitie, entiere = abs(2 * plus - modele.annexe) > 2 * _ARRONDI, abs(plus - modele.annexe) > _ARRONDI
    return Severite.ANOMALIE if moitie and entiere else None


def sur_002(_: Vue, __: Lot, logement: Logement) -> Severite | None:
    """A useful area smaller than the living area."""
    modele = logement.modele
    return Severite.ANOMALIE if modele.utile and modele.habitable and modele.utile < modele.habitable - _ARRONDI else None


def sur_003(vue: Vue, lot: Lot) -> Severite | None:
    """Less than 9 m² or more than 250 m² a dwelling."""
    if vue.est_foyer or lot.regime != "SU" or not lot.nb_logements or vue.convention.courante.squelette:
        return None
    utile = _somme(lot, "utile") + lot.ecart_de_surface
    return None if 900 * lot.nb_logements <= utile <= 25_000 * lot.nb_logements else Severite.A_VERIFIER


def sur_004(vue: Vue, lot: Lot) -> Severite | None:
    """A total that is not what the dwellings add up to; in a foyer the whole building may be larger."""
    if _inconnu(vue) or _lignes(lot) != lot.nb_logements or not lot.logements:
        return None
    if vue.est_foyer:
        return Severite.ANOMALIE if -lot.ecart_de_surface > _ARRONDI_DU_TOTAL else None
    return Severite.ANOMALIE if lot.regime == "SU" and abs(lot.ecart_de_surface) > _ARRONDI_DU_TOTAL else None


def sur_005(vue: Vue, lot: Lot) -> Severite | None:
    """Another number of dwellings than the rows', those gone counted or not."""
    if _inconnu(vue) or vue.est_foyer or not lot.nb_logements or not lot.logements:
        return None
    return None if lot.nb_logements in {_lignes(lot), _lignes(lot) - _sortis(lot)} else Severite.ANOMALIE


def sur_006(vue: Vue, lot: Lot) -> Severite | None:
    """No dwelling at all in an agreement in force."""
    vide = lot.nb_logements == 0 or vue.convention.courante.squelette
    return Severite.ANOMALIE if vue.est_en_vigueur and vide and not lot.logements else None


def sur_007(_: Vue, lot: Lot) -> Severite | None:
    """Two rows for the same place."""
    places = Counter(logement.place[:4] for logement in lot.logements)
    return Severite.ANOMALIE if any(fois > 1 for fois in places.values()) else None


def sur_009(_: Vue, __: Lot, logement: Logement) -> Severite | None:
    """A type 1 far too large, or a type 5 far too small."""
    typologie, habitable = logement.modele.typologie, logement.modele.habitable
    trop_grand = typologie in _T1 and habitable > _T1_AU_PLUS
    trop_petit = typologie == "T5" and 0 < habitable < _T5_AU_MOINS
    return Severite.A_VERIFIER if trop_grand or trop_petit else None


def sur_011(vue: Vue, lot: Lot) -> Severite | None:
    """Annexes in a foyer."""
    return Severite.A_VERIFIER if vue.est_foyer and any(annexe.nombre for annexe in lot.annexes) else None


def sur_012(vue: Vue, lot: Lot) -> Severite | None:
    """Dwellings gone that still count, and no amendment for it."""
    explique = any(avenant.annulation is None and _SORTIES.intersection(avenant.types) for avenant in vue.convention.avenants)
    comptes = lot.nb_logements >= _lignes(lot) > 0
    return Severite.ANOMALIE if _sortis(lot) and comptes and not explique else None


def _inconnu(vue: Vue) -> bool:
    """Whether the figures of the current period, or its dwellings, are not written."""
    courante = vue.convention.courante
    return courante.squelette or not courante.avec_logements


def _lignes(lot: Lot) -> int:
    return sum(logement.nombre for logement in lot.logements)


def _sortis(lot: Lot) -> int:
    return sum(logement.nombre for logement in lot.logements if logement.statut in _SORTIS)


def _somme(lot: Lot, surface: str) -> int:
    return sum(logement.nombre * getattr(logement.modele, surface) for logement in lot.logements)


LOT = {
    "SUR-003": sur_003,
    "SUR-004": sur_004,
    "SUR-005": sur_005,
    "SUR-006": sur_006,
    "SUR-007": sur_007,
    "SUR-011": sur_011,
    "SUR-012": sur_012,
}
LOGEMENT = {"SUR-001": sur_001, "SUR-002": sur_002, "SUR-009": sur_009}
SANS_OBJET = ("SUR-008", "SUR-010")
"""Rules that never fire on Ecoloweb: it does not hold what they look at."""
