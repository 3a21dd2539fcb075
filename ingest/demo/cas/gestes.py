"""The edits that cases are made of. Each keeps the agreement coherent: whatever follows from the fact it changes follows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import fields, replace
from datetime import date, timedelta
from typing import TypeAlias

from ingest.demo.avenants import reduire
from ingest.demo.calendrier import JOURS_PAR_AN, plus_annees
from ingest.demo.cas.atelier import Atelier
from ingest.demo.cas.cas import Geste
from ingest.demo.cas.choix import PREMIER_AVENANT
from ingest.demo.conventions import clore, dernier_renouvellement
from ingest.demo.faits import DATE_DE_LA_DEMO, Adresse, Avenant, Bailleur, Calendrier, Convention, Etat, Lot
from ingest.demo.geographie import Commune
from ingest.demo.oracle import date_effet

Changement: TypeAlias = Callable[[Lot], Lot]
ChangementAdresse: TypeAlias = Callable[[Lot, Adresse], Adresse]
_UN_JOUR = timedelta(days=1)


def lots(convention: Convention) -> Iterator[Lot]:
    """Yield every programme of every period, once each."""
    vus: set[int] = set()
    for periode in convention.periodes:
        for lot in periode.contenu:
            if id(lot) not in vus:
                vus.add(id(lot))
                yield lot


def financer(code: str) -> Geste:
    """Give every programme a financing."""

    def geste(convention: Convention, atelier: Atelier) -> None:
        atelier.ligne("typefinancement", code)
        for lot in lots(convention):
            lot.financement = code

    return geste


def separer(code: str) -> Geste:
    """Cut the only programme in two, the second half with another financing."""

    def geste(convention: Convention, _: Atelier) -> None:
        contenu = convention.courante.contenu
        lot = contenu[-1]
        milieu = len(lot.logements) // 2
        autre = replace(reduire(lot, lot.logements[milieu:]), financement=code, annexes=[], montant=0)
        contenu[-1:] = [reduire(lot, lot.logements[:milieu]), autre]

    return geste


def prendre_effet(mois: int, quantieme: int) -> Geste:
    """Move every step so that the agreement takes effect that day of the year it takes effect."""

    def geste(convention: Convention, _: Atelier) -> None:
        effet = effet_de(convention)
        _deplacer(convention, date(effet.year, mois, quantieme) - effet)

    return geste


def signer_le(jour: date) -> Geste:
    """Move every step so that the agreement is signed that day; its term stays."""

    def geste(convention: Convention, _: Atelier) -> None:
        calendrier = convention.courante.calendrier
        if calendrier.signature is not None:
            _deplacer(convention, jour - calendrier.signature)
            _compter_la_duree(calendrier)

    return geste


def _deplacer(convention: Convention, pas: timedelta) -> None:
    signature = convention.courante.calendrier.signature
    if signature is not None:
        renumeroter(convention, signature, signature + pas)
    for calendrier in {id(periode.calendrier): periode.calendrier for periode in convention.periodes}.values():
        for champ in fields(Calendrier):
            valeur = getattr(calendrier, champ.name)
            if isinstance(valeur, date) and champ.name != "expiration_initiale":
                setattr(calendrier, champ.name, valeur + pas)
    for periode in convention.periodes:
        periode.debut += pas
    convention.depot += pas
    if not convention.est_reprise:
        convention.saisie += pas
        convention.modification = max(convention.modification, convention.saisie)


def renumeroter(convention: Convention, avant: date, apres: date) -> None:
    """Write the month of the signature again in the numbers of the agreement, where it comes first of what looks like it."""
    forme = next(forme for forme in ("%Y-%m", "%m%Y") if f"{avant:{forme}}" in convention.numero)
    numero = convention.numero.replace(f"{avant:{forme}}", f"{apres:{forme}}", 1)
    convention.libelle = convention.libelle.replace(convention.numero, numero)
    convention.numero = numero
    convention.numero_normalise = convention.numero_normalise.replace(
        f" {avant:%y} {avant.month}   S ", f" {apres:%y} {apres.month}   S "
    )


def fixer_le_terme(terme: Callable[[date], date]) -> Geste:
    """Give the agreement the term that this function makes of the day it takes effect."""

    def geste(convention: Convention, _: Atelier) -> None:
        _donner_le_terme(convention, terme(effet_de(convention)))

    return geste


def _donner_le_terme(convention: Convention, terme: date) -> None:
    convention.courante.calendrier.expiration_initiale = terme
    for periode in convention.periodes:
        if periode.expiration is not None:
            periode.expiration = terme
    convention.courante.renouvellement = dernier_renouvellement(terme) if terme < DATE_DE_LA_DEMO else None
    _compter_la_duree(convention.courante.calendrier)


def _compter_la_duree(calendrier: Calendrier) -> None:
    if calendrier.expiration_initiale and calendrier.signature:
        calendrier.duree = round((calendrier.expiration_initiale - calendrier.signature).days / JOURS_PAR_AN)


def reporter_le_terme(jours: int) -> Geste:
    """Move the term, initial or not, by some days."""

    def geste(convention: Convention, _: Atelier) -> None:
        _donner_le_terme(convention, initiale_de(convention) + timedelta(days=jours))

    return geste


def annuler(convention: Convention, _: Atelier) -> None:
    """Cancel the agreement the month after its current period began, or on the last day that the demo knows."""
    clore(convention, Etat.ANS, min(convention.courante.debut + timedelta(days=30), DATE_DE_LA_DEMO), "Annulation")


def changer_l_origine(changement: Changement, *, squelette: bool = False) -> Geste:
    """Make the first period different from what it is now known to have been; a skeleton does not know its figures."""

    def geste(convention: Convention, _: Atelier) -> None:
        origine = convention.periodes[0]
        origine.contenu = [changement(lot) for lot in origine.contenu]
        origine.squelette = squelette

    return geste


def expirer(terme: Callable[[date], date | None]) -> Geste:
    """Change the term of every period and leave the initial one, which the new term is made of."""

    def geste(convention: Convention, _: Atelier) -> None:
        nouveau = terme(initiale_de(convention))
        for periode in convention.periodes:
            if periode.expiration is not None:
                periode.expiration = nouveau
        convention.courante.renouvellement = None

    return geste


def avenir(*types: str, terme: Callable[[date], date] | None = None, annule: bool = False) -> Geste:
    """Add an amendment of these types; `terme` makes its new term of the initial one. Cancelled once signed, it opens no period."""

    def geste(convention: Convention, _: Atelier) -> None:
        courante = convention.courante
        if courante.calendrier.publication is None:
            raise ValueError(f"convention {convention.id} amendée sans être publiée")
        jour = max(courante.calendrier.publication + PREMIER_AVENANT, courante.debut + _UN_JOUR)
        numero = len(convention.avenants) + 1
        nouvelle = terme(initiale_de(convention)) if terme else None
        avenant = Avenant(numero, types, jour - timedelta(days=60), f"Avenant n° {numero}", nouvelle_expiration=nouvelle)
        convention.avenants.append(avenant)
        avenant.signature = jour
        if annule:
            avenant.annulation = jour + _UN_JOUR
            return
        expiration = nouvelle or courante.expiration
        convention.periodes.append(
            replace(courante, debut=jour, descriptif=f"Avenant n° {numero}", expiration=expiration, avenant=avenant)
        )
        convention.periodes[-2].renouvellement = None

    return geste


def preter(annees: Callable[[date, date], int], depart: Callable[[date, int], date] | None = None) -> Geste:
    """Give every programme a loan: its duration from effect and term; the day it starts, if known, from term and duration."""

    def geste(convention: Convention, _: Atelier) -> None:
        terme = convention.expiration
        if terme is None:
            raise ValueError(f"convention {convention.id} sans terme")
        for lot in lots(convention):
            lot.pret = annees(effet_de(convention), terme)
            lot.date_financement = depart(terme, lot.pret) if depart else None

    return geste


def situer(ailleurs: Callable[[Convention], Commune]) -> Geste:
    """Put the last programme of each period in another row of the communes; its addresses and parcels stay what they are."""

    def geste(convention: Convention, atelier: Atelier) -> None:
        commune = atelier.commune(ailleurs(convention))
        for dernier in {id(periode.contenu[-1]): periode.contenu[-1] for periode in convention.periodes}.values():
            emmenager(dernier, commune)

    return geste


def emmenager(lot: Lot, commune: Commune) -> None:
    """Put a programme in a commune, with the postal code and the town that its addresses have there."""
    if commune.code_officiel != lot.commune.code_officiel:
        code_postal = commune.codes_postaux[0]
        lot.adresses = [replace(adresse, code_postal=code_postal, ville=commune.ville) for adresse in lot.adresses]
        lot.dossier = None
    lot.commune = commune


def adresser(changement: ChangementAdresse, *, rang: int = 0) -> Geste:
    """Change one address of every programme, the first unless said otherwise; a second one is added when it lacks."""

    def geste(convention: Convention, _: Atelier) -> None:
        for lot in lots(convention):
            adresses = [*lot.adresses, lot.adresses[0]] if rang == len(lot.adresses) else [*lot.adresses]
            adresses[rang] = changement(lot, adresses[rang])
            lot.adresses = adresses

    return geste


def donner_a(choisir: Callable[[Convention, Atelier], Bailleur]) -> Geste:
    """Give every programme to an owner."""

    def geste(convention: Convention, atelier: Atelier) -> None:
        bailleur = choisir(convention, atelier)
        convention.bailleur = bailleur
        for lot in lots(convention):
            lot.proprietaire = bailleur

    return geste


def effet_de(convention: Convention) -> date:
    """Return the day the agreement takes effect. ValueError when it does not."""
    effet = date_effet(convention)
    if effet is None:
        raise ValueError(f"convention {convention.id} sans effet")
    return effet


def initiale_de(convention: Convention) -> date:
    """Return the initial term. ValueError when there is none."""
    initiale = convention.courante.calendrier.expiration_initiale
    if initiale is None:
        raise ValueError(f"convention {convention.id} sans terme initial")
    return initiale


def annees_apres(annees: int, jours: int = 0) -> Callable[[date], date]:
    """Return what gives the day so many years and days after another."""
    return lambda jour: plus_annees(jour, annees) + timedelta(days=jours)


def un_30_juin(annees: int) -> Callable[[date], date]:
    """Return what gives 30 June, so many years after the year of a day."""
    return lambda jour: date(jour.year + annees, 6, 30)


def un_31_decembre(annees: int) -> Callable[[date], date]:
    """Return what gives 31 December, so many years after the year of a day."""
    return lambda jour: date(jour.year + annees, 12, 31)
