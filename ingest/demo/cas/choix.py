"""Which agreements suit a case: small questions about an agreement as drawn, and what its dates allow."""

from __future__ import annotations

from datetime import date, timedelta

from ingest.demo.calendrier import plus_annees
from ingest.demo.cas.cas import Choix
from ingest.demo.faits import DATE_DE_LA_DEMO, Calendrier, Convention, Etat
from ingest.demo.logements import COEFFICIENT_UN
from ingest.demo.lots import SURFACE_UTILE_DEPUIS
from ingest.demo.oracle import date_effet
from ingest.demo.oracle.dur import PLS_DEPUIS
from ingest.demo.oracle.fin import MIXTE_INTERDIT_LE
from ingest.demo.profil import ANAH_SANS_RECONDUCTION_DEPUIS, REPRISE
from ingest.demo.referentiels import Nature, Secteur, fin_de_validite

_BORNES = (ANAH_SANS_RECONDUCTION_DEPUIS, MIXTE_INTERDIT_LE, PLS_DEPUIS, SURFACE_UTILE_DEPUIS, REPRISE + timedelta(days=1))
"""Days from which an agreement follows other rules or is drawn otherwise: moving a signature never passes one."""
_DEUX_PERIODES = 2
_PEUPLEE = 900_000
PREMIER_AVENANT = timedelta(days=200)


def simple(convention: Convention) -> bool:
    """In force, one programme that nothing has changed, an effect and a term."""
    courante = convention.courante
    return (
        courante.etat is Etat.OPP
        and len(convention.periodes) == _DEUX_PERIODES
        and not convention.avenants
        and len(courante.contenu) == 1
        and date_effet(convention) is not None
        and courante.expiration is not None
    )


def etat(*etats: Etat) -> Choix:
    """In one of these states."""
    return lambda convention: convention.courante.etat in etats


def nature(*natures: Nature) -> Choix:
    """Dwellings of one of these kinds."""
    return lambda convention: convention.nature in natures


ordinaire = nature(Nature.ORDINAIRE)


def foyer(convention: Convention) -> bool:
    """A foyer or a residence of metropolitan France."""
    return convention.nature is not Nature.ORDINAIRE and not convention.departement.est_outre_mer


def secteur(*secteurs: Secteur) -> Choix:
    """An owner of one of these sectors."""
    return lambda convention: convention.secteur in secteurs


hlm = secteur(Secteur.HLM, Secteur.SEM)


def outre_mer(convention: Convention) -> bool:
    """In a DROM."""
    return convention.departement.est_outre_mer


def peuplee(convention: Convention) -> bool:
    """In a département of many agreements, where a second one that suits is sure to come."""
    return convention.departement.population > _PEUPLEE


def departement(*codes: str) -> Choix:
    """In one of these départements."""
    return lambda convention: convention.departement.code in codes


def finance(*codes: str) -> Choix:
    """With a programme, all of them of these financing codes."""

    def choisit(convention: Convention) -> bool:
        contenu = convention.courante.contenu
        return bool(contenu) and all(lot.financement in codes for lot in contenu)

    return choisit


def de_famille(*familles: str) -> Choix:
    """With a programme, all of these financing families."""
    return lambda convention: bool(convention.courante.contenu) and {*convention.familles} <= {*familles}


def signee(depuis: date = date.min, jusqu_au: date = date.max) -> Choix:
    """Signed between two days, both included."""

    def choisit(convention: Convention) -> bool:
        signature = convention.courante.calendrier.signature
        return signature is not None and depuis <= signature <= jusqu_au

    return choisit


def terme(depuis: date = date.min, jusqu_au: date = date.max) -> Choix:
    """With a term between two days, both included."""

    def choisit(convention: Convention) -> bool:
        fin = convention.expiration
        return fin is not None and depuis <= fin <= jusqu_au

    return choisit


def separable(convention: Convention) -> bool:
    """One programme of several dwelling rows without coefficients: cutting it in two changes no rent."""
    contenu = convention.courante.contenu
    return (
        len(contenu) == 1
        and len(contenu[0].logements) > 1
        and all(logement.coefficient == COEFFICIENT_UN for logement in contenu[0].logements)
    )


def amendable(convention: Convention) -> bool:
    """Published long enough ago for an amendment."""
    publication = convention.courante.calendrier.publication
    return publication is not None and publication + PREMIER_AVENANT < DATE_DE_LA_DEMO


def dates(calendrier: Calendrier) -> list[date]:
    """Return the dates of the steps that took place."""
    etapes = (
        calendrier.depot,
        calendrier.signature_bailleur,
        calendrier.envoi_prefet,
        calendrier.signature,
        calendrier.envoi_spf,
        calendrier.refus_spf,
        calendrier.publication,
        calendrier.envoi_caf,
    )
    return [jour for jour in etapes if jour is not None]


def deplacable(convention: Convention, jours: int, sauf: date | None = None) -> bool:
    """Whether every step can move by some days and stay what it is; the signature may only pass the bound `sauf`."""
    calendrier = convention.courante.calendrier
    signature, publication, pas = calendrier.signature, calendrier.publication, timedelta(days=jours)
    if signature is None or max(dates(calendrier)) + pas > DATE_DE_LA_DEMO:
        return False
    if publication is not None and (publication + pas).year != publication.year:
        return False
    fins = [fin for lot in convention.courante.contenu if (fin := fin_de_validite(lot.financement))]
    return (
        convention.type.debut <= signature + pas
        and all((signature < borne) == (signature + pas < borne) for borne in _BORNES if borne != sauf)
        and all(signature + pas <= fin for fin in fins)
    )


def prend_effet_vers(mois: int, quantieme: int) -> Choix:
    """Whether the agreement can take effect that day of the year it takes effect."""

    def choisit(convention: Convention) -> bool:
        effet = date_effet(convention)
        return effet is not None and deplacable(convention, (date(effet.year, mois, quantieme) - effet).days)

    return choisit


def signable_le(jour: date, sauf: date | None = None, marge: int = 330) -> Choix:
    """Whether the agreement can be signed that day, less than `marge` days away, having years to spare in its term."""

    def choisit(convention: Convention) -> bool:
        signature, initiale = convention.courante.calendrier.signature, convention.courante.calendrier.expiration_initiale
        if signature is None or initiale is None:
            return False
        deplacement = (jour - signature).days
        return (
            abs(deplacement) <= marge
            and plus_annees(signature, 11) <= initiale <= plus_annees(signature, 60)
            and deplacable(convention, deplacement, sauf)
        )

    return choisit


def pls_possible(convention: Convention) -> bool:
    """Whether the term would suit a PLS, and the signature too."""
    effet, initiale = date_effet(convention), convention.courante.calendrier.expiration_initiale
    return (
        effet is not None
        and initiale is not None
        and effet >= PLS_DEPUIS
        and plus_annees(effet, 15) <= initiale <= plus_annees(effet, 40)
    )


def coupe_inegale(convention: Convention) -> bool:
    """Whether the only programme can be cut in two parts that do not have as many dwellings."""
    logements = convention.courante.contenu[0].logements
    return separable(convention) and len(logements) % 2 == 1 and all(logement.nombre == 1 for logement in logements)
