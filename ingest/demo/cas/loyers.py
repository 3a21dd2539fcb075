"""The edits and choices that cases on rents are made of: dwellings keep the rent that their ceiling and coefficient make."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from ingest.demo.cas import gestes
from ingest.demo.cas.atelier import Atelier
from ingest.demo.cas.cas import Choix, Geste
from ingest.demo.faits import Convention, Logement, Lot, Place
from ingest.demo.logements import COEFFICIENT_UN, loyer_maximum
from ingest.demo.oracle.loy import prix
from ingest.demo.revision import reviser


def regime(code: str) -> Choix:
    """With a programme, all of them under this regime of areas."""

    def choisit(convention: Convention) -> bool:
        contenu = convention.courante.contenu
        return bool(contenu) and all(lot.regime == code for lot in contenu)

    return choisit


def lignes(minimum: int) -> Choix:
    """With that many dwelling rows in the last programme, each of one dwelling."""

    def choisit(convention: Convention) -> bool:
        contenu = convention.courante.contenu
        return (
            bool(contenu)
            and len(contenu[-1].logements) >= minimum
            and all(logement.nombre == 1 for logement in contenu[-1].logements)
        )

    return choisit


def operation(*codes: str) -> Choix:
    """With a programme, all of them operations of one of these kinds."""

    def choisit(convention: Convention) -> bool:
        contenu = convention.courante.contenu
        return bool(contenu) and all(lot.nature_operation in codes for lot in contenu)

    return choisit


def plafonner(plafond: int) -> Geste:
    """Give every programme a ceiling in cents, and its dwellings the rents that follow."""

    def geste(convention: Convention, _: Atelier) -> None:
        for lot in gestes.lots(convention):
            lot.loyer = plafond
            _chiffrer(lot, lot.logements)

    return geste


def taire_les_loyers(convention: Convention, _: Atelier) -> None:
    """Leave the rents of the dwellings unknown."""
    for lot in gestes.lots(convention):
        for logement in lot.logements:
            logement.loyer = 0


def distinguer(ecart: int) -> Geste:
    """Make houses of the first half of the last programme, with a ceiling so many cents above that of the flats."""

    def geste(convention: Convention, _: Atelier) -> None:
        lot = convention.courante.contenu[-1]
        for rang, logement in enumerate(lot.logements):
            logement.individuel = rang < len(lot.logements) // 2
            if logement.individuel:
                logement.place = Place(logement.place.batiment, None, None, f"M{rang + 1}", est_de_plain_pied=True)
        lot.individuels = sum(logement.nombre for logement in lot.logements if logement.individuel)
        lot.collectifs = sum(logement.nombre for logement in lot.logements) - lot.individuels
        lot.loyer_individuel = lot.loyer + ecart
        _chiffrer(lot, lot.logements)

    return geste


def s_ecarter(centimes: int) -> Geste:
    """Set the rent of the last dwelling so many cents above the exact rent, rounded down."""

    def geste(convention: Convention, _: Atelier) -> None:
        lot = convention.courante.contenu[-1]
        logement = lot.logements[-1]
        exact = logement.modele.surface * _plafond(lot, logement) * (logement.coefficient or COEFFICIENT_UN)
        logement.loyer = exact // (100 * COEFFICIENT_UN) + centimes

    return geste


def payer(loyer: int) -> Geste:
    """Set the rent of the last dwelling in cents, 0 when unknown."""

    def geste(convention: Convention, _: Atelier) -> None:
        convention.courante.contenu[-1].logements[-1].loyer = loyer

    return geste


def moduler_tout(pas: int) -> Geste:
    """Give the dwellings of the last programme one coefficient: the highest that is free, and so many ten-thousandths."""

    def geste(convention: Convention, _: Atelier) -> None:
        lot = convention.courante.contenu[-1]
        surface = sum(logement.nombre * logement.modele.surface for logement in lot.logements)
        tolerance = sum(logement.nombre for logement in lot.logements) * 100 * 100
        libre = tolerance * COEFFICIENT_UN // (surface * lot.loyer)
        for logement in lot.logements:
            logement.coefficient = COEFFICIENT_UN + libre + pas
        _chiffrer(lot, lot.logements)

    return geste


def moduler_un(coefficient: int, *, millioniemes: int = 0) -> Geste:
    """Give the last dwelling a coefficient in 1/10,000, and the others one that keeps the sum within the total area."""

    def geste(convention: Convention, _: Atelier) -> None:
        lot = convention.courante.contenu[-1]
        *autres, dernier = lot.logements
        propre, total = (sum(logement.modele.surface for logement in liste) for liste in ((dernier,), lot.logements))
        reste = (total * COEFFICIENT_UN - propre * coefficient) // (total - propre)
        for logement in autres:
            logement.coefficient = min(reste, COEFFICIENT_UN)
        dernier.coefficient, dernier.millioniemes = coefficient, millioniemes
        _chiffrer(lot, lot.logements)

    return geste


def deroger(convention: Convention, _: Atelier) -> None:
    """Tick the box of a rent that departs from the ceiling."""
    for lot in gestes.lots(convention):
        lot.derogation_loyer = True


def changer_le_loyer(nouveau: Callable[[int, int], int]) -> Geste:
    """Change the ceiling of the current period alone: what this function makes of it and of what revision has made of it."""

    def geste(convention: Convention, _: Atelier) -> None:
        signature = convention.courante.calendrier.signature
        convention.courante.contenu = [
            _au_loyer(lot, nouveau(lot.loyer, reviser(lot.loyer, signature))) for lot in convention.courante.contenu
        ]

    return geste


def _au_loyer(lot: Lot, plafond: int) -> Lot:
    nouveau = replace(lot, loyer=plafond, logements=[replace(logement) for logement in lot.logements])
    _chiffrer(nouveau, nouveau.logements)
    return nouveau


def _chiffrer(lot: Lot, logements: Iterable[Logement]) -> None:
    for logement in logements:
        coefficient = logement.coefficient or COEFFICIENT_UN
        logement.loyer = loyer_maximum(logement.modele, coefficient, lot.regime or "", _plafond(lot, logement))


def _plafond(lot: Lot, logement: Logement) -> int:
    individuel, collectif = prix(lot)
    return individuel if logement.individuel else collectif
