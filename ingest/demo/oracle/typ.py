"""The truth of the rules on convention types: one small function a rule, written from what the rule means."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

from ingest.demo.faits import Lot
from ingest.demo.oracle.proprietaires import a_mute, sous_nature_principale
from ingest.demo.oracle.vue import Severite, Vue
from ingest.demo.referentiels import Nature, Secteur, famille, secteur_de_la_sous_nature
from ingest.demo.types_de_convention import annexe, nature_du_type, remplacement, secteur_du_type

MODELE_DES_SEM = date(1979, 1, 1)
COLLECTIVITES = frozenset({"312", "333", "334"})
SACI = "140"
PAP_LOCATIF = "20"
_AUTRES = frozenset({Secteur.AUTRE, Secteur.PRIVE})
_PERSONNES = frozenset({Nature.FOYER_PA, Nature.FOYER_PH, Nature.FOYER_INCLUSIF})
_NEUF, _ANCIEN = frozenset({"1", "6"}), frozenset({"3", "4", "5", "80"})
_PLUS_PLAI = frozenset({"PLUS", "PLAI"})


def typ_001(vue: Vue) -> Severite | None:
    """The type of another kind of owner."""
    fait_pour = secteur_du_type(vue.convention.type.id)
    if not vue.est_vivante or vue.signature is None or vue.est_foyer or fait_pour is None:
        return None
    if fait_pour is vue.secteur or {fait_pour, vue.secteur} <= _AUTRES:
        return None
    if fait_pour is not Secteur.HLM:
        return Severite.NON_REGLEMENTAIRE
    if vue.secteur is Secteur.SEM and vue.signee_avant(MODELE_DES_SEM):
        return None
    return Severite.A_VERIFIER if sous_nature_principale(vue.convention) in COLLECTIVITES else Severite.NON_REGLEMENTAIRE


def typ_002(vue: Vue) -> Severite | None:
    """The type of another kind of dwellings."""
    concerne = vue.est_vivante and vue.signature is not None
    autre = _sorte(vue.nature) != _sorte(nature_du_type(vue.convention.type.id))
    return Severite.NON_REGLEMENTAIRE if concerne and autre else None


def typ_003(vue: Vue) -> Severite | None:
    """The annex for new dwellings where they are old, or the other way round."""
    numero = annexe(vue.convention.type)
    operations = {lot.nature_operation for lot in vue.lots if lot.nature_operation}
    if not vue.est_vivante or vue.signature is None or vue.est_foyer or vue.est_anah or numero is None or not operations:
        return None
    if vue.secteur not in _AUTRES or a_mute(vue.convention):
        return None
    collectivite = sous_nature_principale(vue.convention) in COLLECTIVITES
    if numero == "I":
        return Severite.A_VERIFIER if collectivite or operations <= _ANCIEN else None
    pour_le_neuf = operations <= _NEUF and "PLAI" not in vue.familles and not collectivite
    return Severite.A_VERIFIER if pour_le_neuf else None


def typ_004(vue: Vue) -> Severite | None:
    """An owner of another nature than the agreement says, and no change of owner on record."""
    proprietaires = {lot.proprietaire.id: lot.proprietaire for lot in vue.lots}
    if not vue.est_vivante or vue.est_anah or len(proprietaires) != 1 or a_mute(vue.convention):
        return None
    (proprietaire,) = proprietaires.values()
    autre = secteur_de_la_sous_nature(proprietaire.sous_nature) is not vue.secteur
    return Severite.ANOMALIE if autre and proprietaire.sous_nature != SACI else None


def typ_005(vue: Vue, lot: Lot) -> Severite | None:
    """PLUS or PLAI for a private owner."""
    concerne = vue.est_vivante and vue.secteur is Secteur.PRIVE and not vue.est_anah
    trouve = concerne and famille(lot.financement) in _PLUS_PLAI and lot.financement != PAP_LOCATIF
    return Severite.A_VERIFIER if trouve else None


def typ_009(vue: Vue) -> Severite | None:
    """A type that another had replaced six months before the signature."""
    remplace = remplacement(vue.convention.type.id)
    if not vue.est_vivante or remplace is None or not vue.signee_depuis(_six_mois_apres(remplace)):
        return None
    return Severite.INFORMATION if vue.convention.est_reprise else Severite.A_VERIFIER


def _sorte(nature: Nature) -> str:
    if nature is Nature.ORDINAIRE:
        return "ordinaire"
    return "personnes" if nature in _PERSONNES else "résidences"


def _six_mois_apres(jour: date) -> date:
    """Return the same day six months later, the last of the month when there is none."""
    annee, rang = divmod(12 * jour.year + jour.month - 1 + 6, 12)
    return date(annee, rang + 1, min(jour.day, monthrange(annee, rang + 1)[1]))


CONVENTION = {
    "TYP-001": typ_001,
    "TYP-002": typ_002,
    "TYP-003": typ_003,
    "TYP-004": typ_004,
    "TYP-009": typ_009,
}
LOT = {"TYP-005": typ_005}
SANS_OBJET = ("TYP-006", "TYP-007", "TYP-008")
"""Rules that never fire on Ecoloweb: it does not hold what they look at."""
