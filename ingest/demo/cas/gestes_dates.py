"""The edits that cases on dates are made of, beside those that every case may use."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from ingest.demo.calendrier import plus_mois
from ingest.demo.cas import choix, gestes
from ingest.demo.cas.atelier import Atelier
from ingest.demo.cas.cas import Choix, Geste
from ingest.demo.faits import Calendrier, Convention
from ingest.demo.referentiels import ConventionType, Gamme, types_en_vigueur

_UN_JOUR = timedelta(days=1)
_DERNIER_QUANTIEME_COMMUN = 28


def signature_de(convention: Convention) -> date:
    """Return the day the agreement was signed. ValueError when it was not."""
    signature = convention.courante.calendrier.signature
    if signature is None:
        raise ValueError(f"convention {convention.id} sans signature")
    return signature


def quantieme_commun(convention: Convention) -> bool:
    """Whether every month has the day of the signature."""
    signature = convention.courante.calendrier.signature
    return signature is not None and signature.day <= _DERNIER_QUANTIEME_COMMUN


def reprise(convention: Convention) -> bool:
    """Taken over from the old application."""
    return convention.est_reprise


def saisie_dans_ecoloweb(convention: Convention) -> bool:
    """Typed in from the start: not taken over from the old application."""
    return not convention.est_reprise


def publiee(convention: Convention) -> bool:
    """Published."""
    return convention.courante.calendrier.publication is not None


def dater(jours: Callable[[Calendrier], dict[str, date | None]]) -> Geste:
    """Give the steps of the agreement the days that this function makes of those it has."""

    def geste(convention: Convention, _: Atelier) -> None:
        for champ, jour in jours(convention.courante.calendrier).items():
            setattr(convention.courante.calendrier, champ, jour)

    return geste


def decaler(champ: str, depuis: str, jours: int) -> Geste:
    """Put a step so many days after another one."""
    return dater(lambda calendrier: {champ: getattr(calendrier, depuis) + timedelta(days=jours)})


def deposer(jour: Callable[[Convention], date]) -> Geste:
    """Change the deposit alone."""

    def geste(convention: Convention, _: Atelier) -> None:
        convention.depot = convention.courante.calendrier.depot = jour(convention)

    return geste


def faire_signer_le_bailleur(mois: int, jours: int = 0) -> Geste:
    """Have the owner sign so many months and days before the State, and the agreement deposited by then."""

    def geste(convention: Convention, _: Atelier) -> None:
        jour = plus_mois(signature_de(convention), -mois) - timedelta(days=jours)
        convention.courante.calendrier.signature_bailleur = jour
        if jour < convention.depot:
            convention.depot = convention.courante.calendrier.depot = jour
            if not convention.est_reprise:
                convention.periodes[0].debut = convention.periodes[0].calendrier.depot = convention.saisie = jour

    return geste


def publier(jour: Callable[[date], date]) -> Geste:
    """Have the agreement published, at once, the day that this function makes of the signature."""

    def geste(convention: Convention, atelier: Atelier) -> None:
        calendrier = convention.courante.calendrier
        publication = jour(signature_de(convention))
        calendrier.envoi_spf = calendrier.refus_spf = calendrier.motif_refus = None
        calendrier.publication, calendrier.reference = publication, atelier.reference(convention, publication)

    return geste


def ne_pas_publier(convention: Convention, _: Atelier) -> None:
    """Leave the agreement unpublished."""
    calendrier = convention.courante.calendrier
    calendrier.envoi_spf = calendrier.refus_spf = calendrier.motif_refus = calendrier.publication = calendrier.reference = None
    if not choix.hlm(convention):
        calendrier.envoi_caf = None


def type_dans(jours: int) -> Callable[[Convention], ConventionType | None]:
    """Return what gives the convention type that follows that of an agreement within so many days of its signature."""

    def suivant(convention: Convention) -> ConventionType | None:
        signature = convention.courante.calendrier.signature
        if signature is None:
            return None
        types = types_en_vigueur(convention.nature, convention.secteur, Gamme.COURANTE, signature + timedelta(days=jours))
        return types[0] if types[0].debut > signature else None

    return suivant


def changer_de_type(suivant: Callable[[Convention], ConventionType | None]) -> Geste:
    """Give the agreement a later convention type."""

    def geste(convention: Convention, _: Atelier) -> None:
        nouveau = suivant(convention)
        if nouveau is None:
            raise ValueError(f"convention {convention.id} sans type suivant")
        convention.type = nouveau

    return geste


def signable_le_jour_de_son_type(convention: Convention) -> bool:
    """Whether the agreement can be signed the very day its convention type begins."""
    return choix.signable_le(convention.type.debut)(convention)


def signer_le_jour_de_son_type(convention: Convention, atelier: Atelier) -> None:
    """Move every step so that the agreement is signed the day its convention type begins."""
    gestes.signer_le(convention.type.debut)(convention, atelier)


def signer_autrement(jours: int) -> Geste:
    """Give the first period of a take-over another signature, so many days away."""

    def geste(convention: Convention, _: Atelier) -> None:
        premiere = convention.periodes[0]
        premiere.calendrier = replace(premiere.calendrier, signature=signature_de(convention) + timedelta(days=jours))

    return geste


def finir_la_premiere(jours: int) -> Geste:
    """Write the end of the first period so many days from the eve of the second; the second begins later when need be."""

    def geste(convention: Convention, _: Atelier) -> None:
        premiere, deuxieme = convention.periodes[:2]
        if jours < 0 and deuxieme.debut - _UN_JOUR + timedelta(days=jours) < premiere.debut:
            deuxieme.debut -= timedelta(days=jours)
        premiere.fin = deuxieme.debut - _UN_JOUR + timedelta(days=jours)

    return geste


def mettre_en_service(jour: Callable[[Convention], date]) -> Geste:
    """Put every programme in use the day that this function gives."""

    def geste(convention: Convention, _: Atelier) -> None:
        for lot in gestes.lots(convention):
            lot.mise_en_service = jour(convention)

    return geste


def construite(*natures: str) -> Choix:
    """With programmes of one of these kinds of operation alone (codes of the list NOP)."""

    def choisit(convention: Convention) -> bool:
        contenu = convention.courante.contenu
        return bool(contenu) and all(lot.nature_operation in natures for lot in contenu)

    return choisit


def denoncer_le(jours: int) -> Geste:
    """Have the agreement denounced so many days after its term, asked for long before."""

    def geste(convention: Convention, _: Atelier) -> None:
        if convention.expiration is None:
            raise ValueError(f"convention {convention.id} sans terme")
        convention.courante.debut = convention.expiration + timedelta(days=jours)
        convention.courante.demande_denonciation = plus_mois(convention.courante.debut, -9)

    return geste


def demander(mois: int, jours: int = 0) -> Geste:
    """Have the denunciation asked for so many months and days before it."""

    def geste(convention: Convention, _: Atelier) -> None:
        courante = convention.courante
        courante.demande_denonciation = plus_mois(courante.debut, -mois) - timedelta(days=jours)

    return geste
