"""The truth of the rules on dates: one small function a rule, written from what the rule means."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise

from ingest.demo import officiel
from ingest.demo.calendrier import plus_annees, plus_mois
from ingest.demo.faits import Etat, Lot
from ingest.demo.oracle.fin import ILE_DE_FRANCE
from ingest.demo.oracle.vue import DATE_DE_REFERENCE, SECTEURS_A_LA_SIGNATURE, Severite, Vue
from ingest.demo.referentiels import Nature, famille, reconduction

CONVENTIONNEMENT_DEPUIS = date(1977, 1, 4)
GUIDE_D_ILE_DE_FRANCE = date(2025, 1, 1)
PAR_DEFAUT = frozenset({date(1900, 1, 1), date(1970, 1, 1), date(9999, 1, 1)})
ATTENTE_DE_LA_PUBLICATION = timedelta(days=180)
_JOUR = timedelta(days=1)
_TRENTE_JOURS = timedelta(days=30)
_SANS_RECONDUCTION = "3"
_NEUF, _ACQUISITIONS = frozenset({"1", "6"}), frozenset({"2", "3"})


def dat_001(vue: Vue) -> Severite | None:
    """Signed for the State before the owner signed."""
    bailleur = vue.calendrier.signature_bailleur
    trouve = vue.est_vivante and vue.signature and bailleur and vue.signature < bailleur
    return Severite.ANOMALIE if trouve else None


def dat_002(vue: Vue) -> Severite | None:
    """Deposited once signed."""
    trouve = vue.est_vivante and vue.signature and vue.convention.depot > vue.signature
    return Severite.ANOMALIE if trouve else None


def dat_003(vue: Vue) -> Severite | None:
    """Published before it was signed."""
    publication = vue.calendrier.publication
    trouve = vue.est_vivante and vue.signature and publication and publication < vue.signature
    return Severite.ANOMALIE if trouve else None


def dat_004(vue: Vue) -> Severite | None:
    """Sent to be published before it was signed, or once published."""
    envoi, publication = vue.calendrier.envoi_spf, vue.calendrier.publication
    if not vue.est_vivante or envoi is None:
        return None
    trop_tot = vue.signature is not None and envoi < vue.signature
    return Severite.ANOMALIE if trop_tot or (publication is not None and envoi > publication) else None


def dat_005(vue: Vue) -> Severite | None:
    """Something done that is still to come."""
    return Severite.ANOMALIE if vue.est_vivante and any(jour > DATE_DE_REFERENCE for jour in _actes(vue)) else None


def dat_006(vue: Vue) -> Severite | None:
    """Signed before agreements existed, or before its type did."""
    trop_tot = vue.signee_avant(CONVENTIONNEMENT_DEPUIS) or vue.signee_avant(vue.convention.type.debut)
    return Severite.ANOMALIE if vue.est_vivante and trop_tot else None


def dat_007(vue: Vue) -> Severite | None:
    """Signed, at a possible date, more than a month before its type existed."""
    trop_tot = vue.signee_depuis(CONVENTIONNEMENT_DEPUIS) and vue.signee_avant(plus_mois(vue.convention.type.debut, -1))
    return Severite.ANOMALIE if vue.est_vivante and trop_tot else None


def dat_008(vue: Vue) -> Severite | None:
    """Several signatures where no amendment explains them."""
    signatures = {periode.calendrier.signature for periode in vue.convention.periodes if periode.avenant is None}
    return Severite.ANOMALIE if vue.est_vivante and vue.signature and len(signatures - {None}) > 1 else None


def dat_009(vue: Vue) -> Severite | None:
    """Periods that do not follow one another day by day."""
    suite = pairwise(vue.convention.periodes)
    brisee = any(avant.fin is not None and avant.fin + _JOUR != apres.debut for avant, apres in suite)
    return Severite.ANOMALIE if vue.est_vivante and brisee else None


def dat_010(vue: Vue, lot: Lot) -> Severite | None:
    """New dwellings in use more than thirty days before the signature."""
    concerne = vue.est_vivante and not vue.est_anah and not vue.est_foyer and lot.nature_operation in _NEUF
    if not concerne or famille(lot.financement) == "SANS_FINANCEMENT" or not vue.signature or not lot.mise_en_service:
        return None
    return Severite.A_VERIFIER if lot.mise_en_service < vue.signature - _TRENTE_JOURS else None


def dat_011(vue: Vue) -> Severite | None:
    """Published more than six months after the signature, or more than twelve."""
    publication = vue.calendrier.publication
    if not vue.est_vivante or vue.signature is None or publication is None or publication <= plus_mois(vue.signature, 6):
        return None
    return Severite.A_VERIFIER if publication > plus_mois(vue.signature, 12) else Severite.INFORMATION


def dat_012(vue: Vue) -> Severite | None:
    """Signed for the State more than six months after the owner signed."""
    bailleur = vue.calendrier.signature_bailleur
    trouve = vue.est_vivante and vue.signature and bailleur and vue.signature > plus_mois(bailleur, 6)
    return Severite.A_VERIFIER if trouve else None


def dat_013(vue: Vue) -> Severite | None:
    """A date that nobody typed, or a row created at zero."""
    if not vue.est_vivante:
        return None
    a_zero = any(0 in instants for lot in vue.lots for instants in _creations(lot))
    return Severite.ANOMALIE if a_zero or not PAR_DEFAUT.isdisjoint(_dates(vue)) else None


def dat_014(vue: Vue) -> Severite | None:
    """In force for the source, not for the law: nothing published, and an owner that publication binds."""
    principal = vue.convention.bailleur_principal
    proprietaires = {lot.proprietaire.secteur for lot in vue.lots if lot.proprietaire.id == principal}
    libre = vue.secteur in SECTEURS_A_LA_SIGNATURE or not SECTEURS_A_LA_SIGNATURE.isdisjoint(proprietaires)
    if not vue.est_en_vigueur or libre or vue.est_anah or vue.est_outre_mer or vue.signature is None or vue.calendrier.publication:
        return None
    longue = vue.signature < DATE_DE_REFERENCE - ATTENTE_DE_LA_PUBLICATION
    return Severite.NON_REGLEMENTAIRE if longue else Severite.A_VERIFIER


def dat_015(vue: Vue) -> Severite | None:
    """Denounced between two terms, or less than six months after it was asked."""
    if vue.etat is not Etat.DEN:
        return None
    courante = vue.convention.courante
    entre_deux = vue.terme is not None and courante.debut < _echeance(vue, vue.terme, courante.debut - _JOUR)
    demande = courante.demande_denonciation
    sans_preavis = demande is not None and demande > plus_mois(courante.debut, -6)
    return Severite.A_VERIFIER if entre_deux or sans_preavis else None


def dat_016(vue: Vue) -> Severite | None:
    """Terminated without a day, or a day and not terminated."""
    incoherente = (vue.etat is Etat.RES) != (vue.convention.courante.resiliation is not None)
    return Severite.ANOMALIE if vue.est_vivante and incoherente else None


def dat_017(vue: Vue) -> Severite | None:
    """In Île-de-France, deposited less than six months before the dwellings are in use."""
    services = [lot.mise_en_service for lot in vue.lots if lot.mise_en_service]
    principale, depot = vue.convention.code_commune, vue.convention.depot
    if not vue.est_vivante or vue.est_anah or principale is None or not services or depot < GUIDE_D_ILE_DE_FRANCE:
        return None
    if officiel.communes()[principale].departement not in ILE_DE_FRANCE:
        return None
    if not any(lot.nature_operation in _NEUF | _ACQUISITIONS for lot in vue.lots):
        return None
    return Severite.INFORMATION if depot > plus_mois(min(services), -6) else None


def dat_018(vue: Vue) -> Severite | None:
    """In effect and never sent to those who pay."""
    if not vue.est_en_vigueur or vue.convention.est_reprise or vue.effet is None or vue.calendrier.envoi_caf is not None:
        return None
    if vue.est_outre_mer and vue.nature is not Nature.ORDINAIRE:
        return Severite.A_VERIFIER if vue.effet < DATE_DE_REFERENCE - _TRENTE_JOURS else None
    return Severite.INFORMATION if vue.effet < plus_mois(DATE_DE_REFERENCE, -3) else None


def _echeance(vue: Vue, terme: date, jour: date) -> date:
    """Return the first term, first or tacit, that is not before a day; the only one when nothing renews it."""
    if reconduction(vue.convention.type.id) == _SANS_RECONDUCTION:
        return terme
    annees = 0
    while plus_annees(terme, annees) < jour:
        annees += 3
    return plus_annees(terme, annees)


def _actes(vue: Vue) -> Iterator[date]:
    """Yield the days when something was done."""
    calendrier, courante = vue.calendrier, vue.convention.courante
    jours = (
        vue.convention.depot,
        calendrier.signature_bailleur,
        calendrier.envoi_prefet,
        calendrier.signature,
        calendrier.envoi_spf,
        calendrier.refus_spf,
        calendrier.publication,
        calendrier.envoi_caf,
        courante.renouvellement,
        courante.demande_denonciation,
        courante.resiliation,
        courante.annulation,
    )
    return (jour for jour in jours if jour is not None)


def _creations(lot: Lot) -> Iterator[list[int]]:
    """Yield when the rows of a programme were created, by kind."""
    yield [logement.cree_le for logement in lot.logements]
    yield [annexe.cree_le for annexe in lot.annexes]
    yield [adresse.cree_le for adresse in lot.adresses]


def _dates(vue: Vue) -> Iterator[date]:
    """Yield every date of the agreement and of its lots."""
    yield from _actes(vue)
    termes = (vue.initiale, vue.terme)
    lots = (jour for lot in vue.lots for jour in (lot.mise_en_service, lot.mise_en_chantier, lot.date_financement))
    yield from (jour for jour in (*termes, *lots) if jour is not None)


CONVENTION = {
    "DAT-001": dat_001,
    "DAT-002": dat_002,
    "DAT-003": dat_003,
    "DAT-004": dat_004,
    "DAT-005": dat_005,
    "DAT-006": dat_006,
    "DAT-007": dat_007,
    "DAT-008": dat_008,
    "DAT-009": dat_009,
    "DAT-011": dat_011,
    "DAT-012": dat_012,
    "DAT-013": dat_013,
    "DAT-014": dat_014,
    "DAT-015": dat_015,
    "DAT-016": dat_016,
    "DAT-017": dat_017,
    "DAT-018": dat_018,
}
LOT = {"DAT-010": dat_010}
SANS_OBJET = ()
"""Rules that never fire on Ecoloweb: it does not hold what they look at."""
COUVERTES = {"DAT-007": ("DAT-006",)}
"""The rules that each of these makes needless on the same object, or on the agreement that holds it."""
