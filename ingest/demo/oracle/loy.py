"""The truth of the rules on rents: one small function a rule, written from what the rule means."""

from __future__ import annotations

from datetime import date

from ingest.demo.faits import Logement, Lot, Periode
from ingest.demo.oracle.vue import Severite, Vue
from ingest.demo.referentiels import famille
from ingest.demo.revision import reviser

SURFACE_UTILE_LE = date(1996, 7, 1)
UN_SEUL_LOYER_LE = date(2024, 1, 1)
PREMIER_JOUR_SANS_FRANCS = date(2002, 1, 1)
_ANNUEL_MIN, _MENSUEL_MAX, _FRANCS_MIN, _LOYER_MAX = 15_00, 20_00, 25_00, 3_000_00
"""In cents."""
_FRANCS_PAR_EURO = 6.55957
_NEUF = frozenset({"1", "6"})
_AVENANTS_DE_LOYER = frozenset({"7", "8", "10", "R01", "R03", "R04"})
_TRAVAUX = {"7": "PALULOS", "8": "PAM"}
_MILLION = 1_000_000


def prix(lot: Lot) -> tuple[int, int]:
    """Return the ceilings of a square metre as written, of houses and of flats, in cents; 0 where there is none."""
    individuel = lot.loyer if lot.loyer_individuel is None else lot.loyer_individuel
    return individuel if lot.individuels else 0, lot.loyer if lot.collectifs else 0


def prix_du_lot(lot: Lot) -> int:
    """Return the ceiling of most dwellings of a programme, the other when it has none."""
    individuel, collectif = prix(lot)
    return (individuel or collectif) if lot.individuels > lot.collectifs else (collectif or individuel)


def coefficient(logement: Logement) -> int:
    """Return the coefficient of a dwelling in millionths; 0 when unknown."""
    return logement.coefficient * 100 + logement.millioniemes


def loy_002(vue: Vue, lot: Lot) -> Severite | None:
    """Two ceilings in a programme."""
    individuel, collectif = prix(lot)
    if not (_en_surface_utile(vue, lot) and individuel and collectif) or abs(individuel - collectif) <= 1:
        return None
    return Severite.NON_REGLEMENTAIRE if vue.signee_depuis(UN_SEUL_LOYER_LE) else Severite.A_VERIFIER


def loy_003(vue: Vue, lot: Lot, logement: Logement) -> Severite | None:
    """A rent more than one euro away from area by ceiling by coefficient."""
    if not logement.loyer or not logement.modele.utile or not _en_surface_utile(vue, lot):
        return None
    individuel, collectif = prix(lot)
    plafond = (individuel or collectif) if logement.individuel else (collectif or individuel)
    produit = logement.modele.utile * plafond * (coefficient(logement) or _MILLION)
    return Severite.ANOMALIE if plafond and abs(logement.loyer * 100 * _MILLION - produit) > 100 * 100 * _MILLION else None


def loy_004(vue: Vue, lot: Lot) -> Severite | None:
    """Coefficients that raise the rents of a programme by more than one euro a dwelling."""
    surfaces = [logement.nombre * logement.modele.utile for logement in lot.logements]
    plafond = prix_du_lot(lot)
    if not (_en_surface_utile(vue, lot) and plafond and surfaces and all(surfaces)):
        return None
    ponderee = sum(surface * (coefficient(logement) or _MILLION) for surface, logement in zip(surfaces, lot.logements, strict=True))
    excedent = (ponderee - sum(surfaces) * _MILLION) * plafond
    if excedent <= sum(logement.nombre for logement in lot.logements) * 100 * 100 * _MILLION:
        return None
    plusieurs = [autre for autre in vue.lots if _financement(autre.financement) == _financement(lot.financement)]
    return Severite.A_VERIFIER if len(plusieurs) > 1 else Severite.NON_REGLEMENTAIRE


def loy_005(vue: Vue, _: Lot, logement: Logement) -> Severite | None:
    """A coefficient of more than four decimals."""
    return Severite.ANOMALIE if logement.millioniemes % 100 and _est_module(vue) else None


def loy_006(vue: Vue, _: Lot, logement: Logement) -> Severite | None:
    """A coefficient that nobody uses."""
    valeur = coefficient(logement)
    if valeur == 0 or 0.8 * _MILLION <= valeur <= 1.25 * _MILLION or not _est_module(vue):
        return None
    return Severite.ANOMALIE if valeur < 0 or valeur > 2 * _MILLION else Severite.INFORMATION


def loy_007(vue: Vue, lot: Lot) -> Severite | None:
    """In force without a ceiling."""
    trouve = vue.est_en_vigueur and not vue.est_foyer and not any(prix(lot))
    return Severite.ANOMALIE if trouve else None


def loy_008(vue: Vue, lot: Lot) -> Severite | None:
    """A yearly ceiling that looks monthly, or the other way round."""
    plafond = prix_du_lot(lot)
    if not vue.est_vivante or vue.est_foyer or not plafond:
        return None
    trop_bas = lot.regime == "SC" and plafond < _ANNUEL_MIN
    trop_haut = lot.regime == "SU" and plafond > _MENSUEL_MAX and famille(lot.financement) != "PLS"
    return Severite.ANOMALIE if trop_bas or trop_haut else None


def loy_009(vue: Vue, lot: Lot) -> Severite | None:
    """A monthly ceiling that would be a likely one in francs."""
    concerne = vue.est_vivante and not vue.est_foyer and lot.regime == "SU" and vue.signee_avant(PREMIER_JOUR_SANS_FRANCS)
    return Severite.A_VERIFIER if concerne and _FRANCS_MIN < prix_du_lot(lot) <= _MENSUEL_MAX * _FRANCS_PAR_EURO else None


def loy_013(vue: Vue, periode: Periode, avant: Periode) -> Severite | None:
    """A ceiling that an amendment on something else changes."""
    avenant = periode.avenant
    if avenant is None or avenant.annulation or not avenant.types or _AVENANTS_DE_LOYER & {*avenant.types}:
        return None
    if not vue.est_vivante or vue.est_anah or vue.est_foyer:
        return None
    apres, precedents = _plus_forts(periode), _plus_forts(avant)
    for nom in apres.keys() & precedents.keys():
        haut = max(precedents[nom], reviser(precedents[nom], vue.signature))
        if apres[nom] * 100 < precedents[nom] * 98 or apres[nom] * 100 > haut * 102:
            return Severite.A_VERIFIER
    return None


def loy_014(vue: Vue, lot: Lot) -> Severite | None:
    """A rent that departs from the ceiling where nobody lived before."""
    concerne = vue.est_vivante and not vue.est_anah and not vue.est_foyer and not vue.convention.avenants
    return Severite.A_VERIFIER if concerne and lot.derogation_loyer and lot.nature_operation in _NEUF else None


def loy_017(vue: Vue, _: Lot, logement: Logement) -> Severite | None:
    """A monthly payment that nobody can ask."""
    return Severite.ANOMALIE if not 0 <= logement.loyer <= _LOYER_MAX and vue.est_vivante else None


def _est_module(vue: Vue) -> bool:
    """Whether coefficients are judged at all."""
    return vue.est_vivante and not vue.est_anah and not vue.est_foyer


def _en_surface_utile(vue: Vue, lot: Lot) -> bool:
    return _est_module(vue) and lot.regime == "SU" and vue.signee_depuis(SURFACE_UTILE_LE)


def _plus_forts(periode: Periode) -> dict[str, int]:
    """Return the highest monthly ceiling of each family."""
    plus_forts: dict[str, int] = {}
    for lot in periode.contenu:
        if lot.regime == "SU" and (plafond := prix_du_lot(lot)):
            nom = famille(lot.financement)
            plus_forts[nom] = max(plafond, plus_forts.get(nom, 0))
    return plus_forts


def _financement(code: str) -> str:
    return _TRAVAUX.get(code) or famille(code)


LOT = {
    "LOY-002": loy_002,
    "LOY-004": loy_004,
    "LOY-007": loy_007,
    "LOY-008": loy_008,
    "LOY-009": loy_009,
    "LOY-014": loy_014,
}
LOGEMENT = {"LOY-003": loy_003, "LOY-005": loy_005, "LOY-006": loy_006, "LOY-017": loy_017}
VERSION = {"LOY-013": loy_013}
SANS_OBJET = ("LOY-001", "LOY-010", "LOY-011", "LOY-012", "LOY-015", "LOY-016", "LOY-018")
"""Rules that never fire on Ecoloweb: it does not hold what they look at."""
