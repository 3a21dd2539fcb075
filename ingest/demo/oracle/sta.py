"""The truth of the rules on states: one small function a rule, written from what the rule means."""

from __future__ import annotations

from datetime import date

from ingest.demo.calendrier import plus_mois
from ingest.demo.faits import Etat
from ingest.demo.oracle.vue import DATE_DE_REFERENCE, Severite, Vue

DEPOT_OUBLIE = plus_mois(DATE_DE_REFERENCE, -24)
ACHEVEMENT_OUBLIE = date(2013, 1, 1)
_NEUF = frozenset({"1", "6"})
_EN_COURS = "ENC"


def sta_001(vue: Vue) -> Severite | None:
    """Being instructed, and signed for the State, without an amendment being instructed."""
    trouve = vue.etat is Etat.INS and vue.signature is not None and not _amende(vue)
    return Severite.ANOMALIE if trouve else None


def sta_002(vue: Vue) -> Severite | None:
    """In force, and nobody signed."""
    if vue.etat is not Etat.OPP or vue.signature or vue.calendrier.signature_bailleur:
        return None
    return Severite.A_VERIFIER if vue.convention.est_reprise else Severite.ANOMALIE


def sta_003(vue: Vue) -> Severite | None:
    """Being instructed for two years, or for dwellings built long ago."""
    if vue.etat is not Etat.INS or vue.signature is not None:
        return None
    services = [lot.mise_en_service for lot in vue.lots if lot.mise_en_service]
    neuve = any(lot.nature_operation in _NEUF for lot in vue.lots) and not (vue.est_outre_mer and vue.est_foyer)
    achevee = neuve and bool(services) and min(services) < ACHEVEMENT_OUBLIE
    return Severite.A_VERIFIER if vue.convention.depot < DEPOT_OUBLIE or achevee else None


def sta_005(vue: Vue) -> Severite | None:
    """Published or denounced while being instructed, or denounced without anybody asking."""
    demande = vue.convention.courante.demande_denonciation
    if vue.etat is Etat.DEN:
        return Severite.ANOMALIE if demande is None else None
    publiee = vue.calendrier.publication is not None and not _amende(vue)
    return Severite.ANOMALIE if vue.etat is Etat.INS and (publiee or demande is not None) else None


def sta_006(vue: Vue) -> Severite | None:
    """In force, with nothing left of it."""
    trouve = vue.etat is Etat.OPP and vue.lots and all(lot.etat != _EN_COURS for lot in vue.lots)
    return Severite.ANOMALIE if trouve else None


def _amende(vue: Vue) -> bool:
    """Whether an amendment is being instructed."""
    return any(not avenant.annulation and not avenant.signature for avenant in vue.convention.avenants)


CONVENTION = {"STA-001": sta_001, "STA-002": sta_002, "STA-003": sta_003, "STA-005": sta_005, "STA-006": sta_006}
SANS_OBJET = ("STA-004", "STA-007")
"""Rules that never fire on Ecoloweb: it does not hold what they look at."""
