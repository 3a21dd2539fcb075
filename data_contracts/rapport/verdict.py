"""Can this publication be trusted? Three sentences, and what to do next. Pure: it judges a `Situation`, and reads nothing."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from typing import TYPE_CHECKING

from data_contracts.extraits import formats
from data_contracts.rapport.section import BON, MAUVAIS, PRUDENCE, Etat, enumeration
from data_contracts.usage_contract import UsageState

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date


class Confiance(StrEnum):
    """Whether a publication can be trusted."""

    OUI = "oui"
    AVEC_PRECAUTION = "avec_precaution"
    NON = "non"


ETATS = {
    Confiance.OUI: Etat("Oui", "✔", BON),
    Confiance.AVEC_PRECAUTION: Etat("Oui, avec précaution", "▲", PRUDENCE),
    Confiance.NON: Etat("Non", "✖", MAUVAIS),
}
QUARANTAINE_MAX_PCT = 1
"""Share of the rows received above which what was refused calls for care."""


@dataclass(frozen=True)
class UsageJuge:
    """A use of one whole source."""

    titre: str
    source: str
    etat: UsageState
    exigence: str


@dataclass(frozen=True)
class Changement:
    """What changed since the previous publication."""

    date_reference: date
    """Its own."""
    livraisons: tuple[str, ...] = ()
    """Sources with a new delivery."""
    retirees: tuple[str, ...] = ()
    """Sources that are no longer read."""
    est_droit_change: bool = False
    est_code_change: bool = False
    nouveaux: int = 0
    disparus: int = 0
    """Cases."""


@dataclass(frozen=True)
class Situation:
    """What a verdict rests on."""

    nb_recus: int
    nb_refusees: int
    nb_perdues: int
    nb_bloquants: int
    """Blocking checks that failed and did not prevent the publication."""
    nb_alertes: int
    nb_derives: int
    """Drifts that are at least alerts."""
    anciennes: tuple[str, ...]
    """Sources older than their contract allows."""
    usages: tuple[UsageJuge, ...]
    changement: Changement | None
    """None for a first publication."""


@dataclass(frozen=True)
class Verdict:
    """The answer, and the three sentences that explain it."""

    confiance: Confiance
    phrases: tuple[str, str, str]

    @property
    def etat(self) -> Etat:
        """How it is shown."""
        return ETATS[self.confiance]


def juger(situation: Situation) -> Verdict:
    """Judge a publication."""
    confiance = _confiance(situation)
    phrases = (_pourquoi(situation, confiance), _limites(situation.usages), _changements(situation.changement))
    return Verdict(confiance, tuple(map(formats.typographie, phrases)))  # type: ignore[arg-type] # map keeps the three of them


def suites(situation: Situation) -> list[str]:
    """Return what to do next, the most urgent first."""
    if not situation.nb_recus:
        return [formats.typographie("Importer une livraison : « parc import SOURCE CHEMIN », puis « parc run ».")]
    manques: dict[str, set[str]] = {}
    for usage in situation.usages:
        if usage.etat is UsageState.NON_UTILISABLE:
            manques.setdefault(usage.source, set()).add(usage.exigence)
    actions = [
        ("Ne rien diffuser avant d'avoir levé les échecs bloquants : voir « Contrôles ».", situation.nb_bloquants),
        ("Signaler les lignes perdues à l'administrateur des données : voir « Réconciliation ».", situation.nb_perdues),
        (f"Demander une livraison récente : {enumeration(situation.anciennes)}.", len(situation.anciennes)),
        ("Lire les lignes refusées et les faire corriger : voir « Quarantaine ».", situation.nb_refusees),
        ("Expliquer les dérives avec qui répond de la source : voir « Dérives ».", situation.nb_derives),
        *((f"Faire compléter, dans {source} : {enumeration(sorted(manque))}.", len(manque)) for source, manque in manques.items()),
        ("Regarder les alertes : voir « Contrôles ».", situation.nb_alertes),
    ]
    urgentes = [action for action, combien in actions if combien]
    urgentes.append("Faire nettoyer les constats ouverts : « parc export --departement CODE --sortie DOSSIER ».")
    return [formats.typographie(action) for action in urgentes]


def _confiance(situation: Situation) -> Confiance:
    if not situation.nb_recus or situation.nb_bloquants or situation.nb_perdues:
        return Confiance.NON
    if _reserves(situation):
        return Confiance.AVEC_PRECAUTION
    return Confiance.OUI


def _reserves(situation: Situation) -> list[str]:
    """What calls for care, as parts of a sentence."""
    refusees = 100 * situation.nb_refusees > QUARANTAINE_MAX_PCT * situation.nb_recus
    refus = formats.pluriel(situation.nb_refusees, "ligne refusée", "lignes refusées")
    limites = sum(usage.etat is not UsageState.UTILISABLE for usage in situation.usages)
    trouvees = (
        (formats.pluriel(len(situation.anciennes), "source ancienne", "sources anciennes"), situation.anciennes),
        (f"{refus} sur {formats.nombre(situation.nb_recus)}", refusees),
        (formats.pluriel(situation.nb_derives, "dérive", "dérives"), situation.nb_derives),
        (f"{formats.pluriel(limites, 'usage limité', 'usages limités')} sur {formats.nombre(len(situation.usages))}", limites),
        ("aucun usage jugé", not situation.usages),
    )
    return [mots for mots, est_la in trouvees if est_la]


def _pourquoi(situation: Situation, confiance: Confiance) -> str:
    if not situation.nb_recus:
        return "Aucune ligne n'est reçue : cette publication ne dit rien du parc."
    if confiance is Confiance.NON:
        causes = [
            (
                formats.pluriel(situation.nb_bloquants, "contrôle bloquant a échoué", "contrôles bloquants ont échoué"),
                situation.nb_bloquants,
            ),
            (formats.pluriel(situation.nb_perdues, "ligne s'est perdue", "lignes se sont perdues"), situation.nb_perdues),
        ]
        return f"{enumeration(mots for mots, combien in causes if combien)}."
    sain = "Aucune ligne ne s'est perdue et tous les contrôles bloquants ont réussi"
    if confiance is Confiance.OUI:
        return f"{sain}."
    return f"{sain}, mais {enumeration(_reserves(situation))}."


def _limites(usages: Iterable[UsageJuge]) -> str:
    juges = tuple(usages)
    if not juges:
        return "Aucun usage ne peut être jugé : les données qu'il faudrait ne sont pas là."
    interdits = _usages(juges, UsageState.NON_UTILISABLE)
    prudents = _usages(juges, UsageState.AVEC_PRECAUTION)
    if interdits:
        return f"Ne pas s'en servir pour {interdits}" + (f" ; avec précaution pour {prudents}." if prudents else ".")
    if prudents:
        return f"S'en servir avec précaution pour {prudents}."
    return "Tous les usages jugés sont utilisables."


def _usages(usages: tuple[UsageJuge, ...], etat: UsageState) -> str:
    """The uses in a state, each with its sources: « connaître les loyers (APiLos, Ecoloweb) »."""
    choisis = [usage for usage in usages if usage.etat is etat]
    return enumeration(
        f"{titre[0].lower()}{titre[1:]} ({', '.join(usage.source for usage in groupe)})"
        for titre, groupe in groupby(choisis, key=lambda usage: usage.titre)
    )


def _changements(changement: Changement | None) -> str:
    if changement is None:
        return "C'est la première publication : il n'y a rien à quoi la comparer."
    causes = [
        (f"nouvelle livraison ({', '.join(changement.livraisons)})", changement.livraisons),
        (f"plus de livraison ({', '.join(changement.retirees)})", changement.retirees),
        ("règles ou paramètres du droit changés", changement.est_droit_change),
        ("code de l'entrepôt changé", changement.est_code_change),
    ]
    pourquoi = enumeration(mots for mots, est_la in causes if est_la) or "mêmes livraisons, même droit, même code"
    nouveaux = formats.pluriel(changement.nouveaux, "nouveau cas", "nouveaux cas")
    disparus = formats.pluriel(changement.disparus, "cas disparu", "cas disparus")
    cas = f"{nouveaux}, {disparus}" if changement.nouveaux or changement.disparus else "les mêmes cas"
    return f"Depuis la publication précédente (au {formats.jour(changement.date_reference)}) : {pourquoi} ; {cas}."
