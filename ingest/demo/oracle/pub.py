"""The truth of the rules on publication: one small function a rule, written from what the rule means."""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

from ingest.demo.faits import Lot, Parcelle
from ingest.demo.oracle.vue import Severite, Vue
from ingest.demo.referentiels import Secteur

IL_Y_A_SIX_MOIS = date(2026, 5, 1)
LIVRE_FONCIER = frozenset({"57", "67", "68"})
"""Alsace and Moselle."""
_EFFET_A_LA_PUBLICATION = frozenset({Secteur.AUTRE, Secteur.PRIVE})


class Volume(NamedTuple):
    """What tells one publication of a land registration office from another."""

    annee: int
    numero: int


def volume(reference: str | None) -> Volume | None:
    """Return the yearly volume that a reference gives, as « 2010 P n° 5506 »; None when it gives none."""
    trouve = re.search(r"([12]\d{3})\s*P[^\d]*?(\d+)", reference or "", re.IGNORECASE)
    return Volume(int(trouve[1]), int(trouve[2])) if trouve else None


def pub_001(vue: Vue) -> Severite | None:
    """Signed for more than six months and never published."""
    if not vue.est_en_vigueur or vue.calendrier.publication is not None or not vue.signee_avant(IL_Y_A_SIX_MOIS):
        return None
    if vue.est_outre_mer and vue.est_foyer:
        return Severite.INFORMATION
    attend_la_publication = vue.secteur in _EFFET_A_LA_PUBLICATION and not vue.est_anah
    return Severite.NON_REGLEMENTAIRE if attend_la_publication else Severite.A_VERIFIER


def pub_002(vue: Vue) -> Severite | None:
    """Half of a publication: the date without the reference, or the other way round."""
    calendrier = vue.calendrier
    trouve = vue.est_vivante and (calendrier.publication is None) is not (calendrier.reference is None)
    return Severite.ANOMALIE if trouve else None


def pub_003(vue: Vue) -> Severite | None:
    """A reference that gives no volume, where land registration has volumes."""
    reference = vue.calendrier.reference
    if not vue.est_vivante or reference is None or vue.departement.code in LIVRE_FONCIER:
        return None
    return Severite.ANOMALIE if volume(reference) is None else None


def pub_004(vue: Vue) -> Severite | None:
    """A volume of another year than the publication."""
    lu, publication = volume(vue.calendrier.reference), vue.calendrier.publication
    trouve = vue.est_vivante and lu is not None and publication is not None and lu.annee != publication.year
    return Severite.ANOMALIE if trouve else None


def pub_006(vue: Vue) -> Severite | None:
    """Refused more than six months ago, and still not published."""
    refus = vue.calendrier.refus_spf
    sans_suite = refus is not None and refus < IL_Y_A_SIX_MOIS and vue.calendrier.publication is None
    return Severite.A_VERIFIER if vue.est_en_vigueur and sans_suite else None


def pub_007(vue: Vue) -> Severite | None:
    """A refusal that nobody explains."""
    calendrier = vue.calendrier
    sans_motif = calendrier.refus_spf is not None and not (calendrier.motif_refus or "").strip()
    return Severite.ANOMALIE if vue.est_vivante and sans_motif else None


def pub_008(vue: Vue) -> Severite | None:
    """Refused once published: perhaps an amendment's refusal, when there is one."""
    refus, publication = vue.calendrier.refus_spf, vue.calendrier.publication
    if not vue.est_vivante or refus is None or publication is None or refus <= publication:
        return None
    return Severite.A_VERIFIER if vue.convention.avenants else Severite.ANOMALIE


def pub_010(vue: Vue) -> Severite | None:
    """In force, programmes, and not one parcel."""
    trouve = vue.est_en_vigueur and vue.lots and not any(lot.parcelles for lot in vue.lots)
    return Severite.A_VERIFIER if trouve else None


def pub_011(vue: Vue, _: Lot, parcelle: Parcelle) -> Severite | None:
    """A section that is not letters, digits in Alsace and Moselle; a number that is not one, nor several; an area below zero."""
    lettres = parcelle.section[1:] if parcelle.section[:1].isdigit() else parcelle.section
    en_lettres = 1 <= len(lettres) <= 2 and lettres.isalpha() and lettres.isupper()  # noqa: PLR2004 - what a section is
    en_chiffres = vue.departement.code in LIVRE_FONCIER and parcelle.section.isdigit()
    numeros = re.split(r"[ /,;-]+", parcelle.numero)
    bons_numeros = all(numero.isdigit() and len(numero) <= 4 for numero in numeros)  # noqa: PLR2004 - what a parcel number is
    correcte = (en_lettres or en_chiffres) and bons_numeros and parcelle.superficie >= 0
    return Severite.ANOMALIE if vue.est_vivante and not correcte else None


CONVENTION = {
    "PUB-001": pub_001,
    "PUB-002": pub_002,
    "PUB-003": pub_003,
    "PUB-004": pub_004,
    "PUB-006": pub_006,
    "PUB-007": pub_007,
    "PUB-008": pub_008,
    "PUB-010": pub_010,
}
PARCELLE = {"PUB-011": pub_011}
SANS_OBJET = ("PUB-009",)
"""Rules that never fire on Ecoloweb: it does not hold what they look at."""
COUVERTES = {"PUB-001": ("DAT-014",)}
"""The rules that each of these makes needless on the same object, or on the agreement that holds it."""
