"""The truth of the rules on duration and term: one small function a rule, written from what the rule means."""

from __future__ import annotations

from datetime import date, timedelta

from ingest.demo.calendrier import plus_annees
from ingest.demo.faits import Avenant, Lot
from ingest.demo.oracle.vue import DATE_DE_REFERENCE, Severite, Vue
from ingest.demo.referentiels import famille, reconduction

PLS_DEPUIS = date(2002, 5, 3)
FONCIERE_LOGEMENT = "328"
_PLUS_PLAI = frozenset({"PLUS", "PLAI"})
_JOUR = timedelta(days=1)
_SANS_RECONDUCTION = "3"
_JOURS_PAR_AN = 365.25


def dur_001(vue: Vue) -> Severite | None:
    """Less than nine years."""
    if not vue.est_vivante or vue.signature is None or reconduction(vue.convention.type.id) == _SANS_RECONDUCTION:
        return None
    return Severite.NON_REGLEMENTAIRE if _moins_de(vue, 9) else None


def dur_002(vue: Vue, lot: Lot) -> Severite | None:
    """An end before that of the loan."""
    fin = _fin_du_pret(lot, 0)
    return Severite.A_VERIFIER if fin and vue.terme and vue.terme < fin else None


def dur_003(vue: Vue, lot: Lot) -> Severite | None:
    """PLS for less than fifteen years."""
    return Severite.NON_REGLEMENTAIRE if _pls_recent(vue, lot) and _moins_de(vue, 15) else None


def dur_004(vue: Vue, lot: Lot) -> Severite | None:
    """PLS for more than forty years."""
    limite = vue.effet_plus(40)
    if not _pls_recent(vue, lot) or limite is None or vue.initiale is None or vue.initiale <= limite:
        return None
    toleree = vue.est_foyer or vue.initiale <= limite + timedelta(days=366)
    return Severite.A_VERIFIER if toleree else Severite.NON_REGLEMENTAIRE


def dur_005(vue: Vue, lot: Lot) -> Severite | None:
    """Nothing financed and less than nine years."""
    concerne = famille(lot.financement) == "SANS_FINANCEMENT" and not vue.est_anah and vue.signature is not None
    return Severite.NON_REGLEMENTAIRE if concerne and _moins_de(vue, 9) else None


def dur_006(vue: Vue) -> Severite | None:
    """Foncière Logement, and another term than twenty years."""
    principal = vue.convention.bailleur_principal
    sous_natures = {lot.proprietaire.sous_nature for lot in vue.lots if lot.proprietaire.id == principal}
    bas, haut = vue.effet_plus(19), vue.effet_plus(21)
    if not vue.est_vivante or sous_natures != {FONCIERE_LOGEMENT} or not (bas and haut and vue.initiale):
        return None
    return None if bas <= vue.initiale <= haut else Severite.NON_REGLEMENTAIRE


def dur_007(vue: Vue) -> Severite | None:
    """Nine years, three of them gone, and nothing that tells the duration of a loan."""
    bas, haut = vue.effet_plus(9), vue.effet_plus(10)
    if not (vue.est_en_vigueur and vue.est_sociale) or vue.est_anah or not vue.signee_avant(plus_annees(DATE_DE_REFERENCE, -3)):
        return None
    if not _PLUS_PLAI & vue.familles or any(lot.financement == "85" or lot.pret is not None for lot in vue.lots):
        return None
    if any(not avenant.annulation and ("5" in avenant.types or avenant.nouvelle_expiration) for avenant in vue.convention.avenants):
        return None
    trouve = bas and haut and vue.initiale and bas - 36 * _JOUR <= vue.initiale <= haut
    return Severite.A_VERIFIER if trouve else None


def dur_008(vue: Vue) -> Severite | None:
    """A duration in years that the dates contradict."""
    duree = vue.calendrier.duree
    if not vue.est_vivante or duree is None or vue.initiale is None or vue.signature is None:
        return None
    return Severite.ANOMALIE if abs(duree - (vue.initiale - vue.signature).days / _JOURS_PAR_AN) > 1 else None


def dur_009(vue: Vue) -> Severite | None:
    """An initial term after the term, and no amendment."""
    if not vue.est_vivante or vue.convention.avenants or vue.initiale is None or vue.terme is None:
        return None
    return Severite.ANOMALIE if vue.initiale > vue.terme + 366 * _JOUR else None


def dur_010(vue: Vue) -> Severite | None:
    """An end at another day than 30 June, 31 December for foyers."""
    concerne = vue.est_vivante and not vue.est_anah and vue.signee_depuis(date(1990, 1, 1)) and (vue.est_sociale or vue.est_foyer)
    if not concerne or (vue.est_foyer and vue.est_outre_mer) or vue.initiale is None:
        return None
    jour = (12, 31) if vue.est_foyer else (6, 30)
    return None if (vue.initiale.month, vue.initiale.day) == jour else Severite.A_VERIFIER


def dur_011(vue: Vue) -> Severite | None:
    """A term that has passed and no renewal on record."""
    courante = vue.convention.courante
    passe = vue.est_en_vigueur and vue.terme is not None and vue.terme < DATE_DE_REFERENCE
    if not passe or vue.terme is None or courante.demande_denonciation is not None:
        return None
    if courante.renouvellement is not None and courante.renouvellement >= vue.terme:
        return None
    sans_reconduction = reconduction(vue.convention.type.id) == _SANS_RECONDUCTION
    return Severite.ANOMALIE if sans_reconduction else Severite.INFORMATION


def dur_012(vue: Vue) -> Severite | None:
    """In force without a term."""
    return Severite.ANOMALIE if vue.est_en_vigueur and vue.terme is None else None


def dur_013(vue: Vue) -> Severite | None:
    """A term nobody can have meant."""
    if not vue.est_vivante or vue.terme is None:
        return None
    trop_loin = vue.signature is not None and vue.terme > plus_annees(vue.signature, 65)
    return Severite.ANOMALIE if trop_loin or not 1986 <= vue.terme.year <= 2100 else None  # noqa: PLR2004 - the bounds are the rule


def dur_017(vue: Vue, avenant: Avenant) -> Severite | None:
    """An amendment that brings the term nearer."""
    if avenant.annulation or not avenant.signature or avenant.nouvelle_expiration is None:
        return None
    precedents = [
        autre
        for autre in vue.convention.avenants
        if autre.signature and not autre.annulation and autre.nouvelle_expiration and autre.signature < avenant.signature
    ]
    dernier = max(precedents, key=lambda autre: autre.signature or date.min, default=None)
    terme = dernier.nouvelle_expiration if dernier else vue.initiale
    return Severite.A_VERIFIER if terme and avenant.nouvelle_expiration < terme else None


def dur_018(vue: Vue, lot: Lot) -> Severite | None:
    """An end more than a year after that of the loan."""
    limite = _fin_du_pret(lot, 1)
    return Severite.A_VERIFIER if limite and vue.terme and vue.terme > limite else None


def _fin_du_pret(lot: Lot, annees_de_plus: int) -> date | None:
    """Return the end of the loan of a lot in PLUS or PLAI, or some years later, when it is known."""
    if famille(lot.financement) not in _PLUS_PLAI or lot.pret is None or lot.date_financement is None:
        return None
    return plus_annees(lot.date_financement, lot.pret + annees_de_plus)


def _pls_recent(vue: Vue, lot: Lot) -> bool:
    return famille(lot.financement) == "PLS" and not vue.est_anah and vue.signee_depuis(PLS_DEPUIS)


def _moins_de(vue: Vue, annees: int) -> bool:
    """Whether the initial term comes before the eve of that many years."""
    limite = vue.effet_plus(annees)
    return limite is not None and vue.initiale is not None and vue.initiale < limite - _JOUR


CONVENTION = {
    "DUR-001": dur_001,
    "DUR-006": dur_006,
    "DUR-007": dur_007,
    "DUR-008": dur_008,
    "DUR-009": dur_009,
    "DUR-010": dur_010,
    "DUR-011": dur_011,
    "DUR-012": dur_012,
    "DUR-013": dur_013,
}
LOT = {"DUR-002": dur_002, "DUR-003": dur_003, "DUR-004": dur_004, "DUR-005": dur_005, "DUR-018": dur_018}
AVENANT = {"DUR-017": dur_017}
SANS_OBJET = ("DUR-014", "DUR-015", "DUR-016")
"""Rules that never fire on Ecoloweb: it does not hold what they look at."""
COUVERTES = {"DUR-003": ("DUR-001",), "DUR-005": ("DUR-001",), "DUR-011": ("CAS-005",)}
"""The rules that each of these makes needless on the same object, or on the agreement that holds it."""
