"""The edits that cases on duplicates are made of: what a later agreement takes from a first one, and other numbers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import TypeAlias

from ingest.demo.calendrier import plus_mois
from ingest.demo.cas import gestes
from ingest.demo.cas import gestes_dates as dates
from ingest.demo.cas.atelier import Atelier
from ingest.demo.cas.cas import Choix, Geste, Suite
from ingest.demo.conventions import clore
from ingest.demo.faits import Convention, Etat, Lot, Parcelle

_LIBELLE_MAX = 50
_NUMEROS = 10_000
"""Of the parcels of a section, or of the houses of a street."""

Paire: TypeAlias = Callable[[Convention, Convention], None]
"""What makes a second agreement of the first one."""


def suite(convient: Choix, planter: Paire, *, ailleurs: bool = False) -> Suite:
    """Return what a later agreement becomes, of the same département unless said otherwise."""

    def suit(premiere: Convention, suivante: Convention) -> bool:
        return (suivante.departement is premiere.departement) is not ailleurs and convient(suivante)

    return Suite(suit, planter)


def numeroter(convention: Convention, numero: str) -> None:
    """Give the agreement another number, which its label repeats."""
    convention.libelle = convention.libelle.replace(convention.numero, numero)[:_LIBELLE_MAX]
    convention.numero = numero


def meme_numero(premiere: Convention, suivante: Convention) -> None:
    """Give the second agreement the number of the first one."""
    numeroter(suivante, premiere.numero)


def meme_numero_autrement(premiere: Convention, suivante: Convention) -> None:
    """Give the second agreement the number of the first one, with other separators."""
    numeroter(suivante, premiere.numero.replace(" ", "/") if " " in premiere.numero else premiere.numero.replace("/", "."))


def puis_annuler(planter: Paire) -> Paire:
    """Cancel the second agreement once it is what it must be."""

    def enchainer(premiere: Convention, suivante: Convention) -> None:
        planter(premiere, suivante)
        clore(suivante, Etat.ANS, suivante.courante.debut + timedelta(days=30), "Annulation")

    return enchainer


def memes_parcelles(changement: Callable[[Parcelle], Parcelle] = lambda parcelle: parcelle) -> Paire:
    """Put the second agreement on the parcels of the first one, changed."""

    def planter(premiere: Convention, suivante: Convention) -> None:
        (lot,) = premiere.courante.contenu
        for occupe in gestes.lots(suivante):
            gestes.emmenager(occupe, lot.commune)
            occupe.parcelles = [changement(parcelle) for parcelle in lot.parcelles]
        _donner_une_adresse(suivante)

    return planter


def memes_logements(changement: Callable[[Lot], None] = lambda _: None) -> Paire:
    """Put the dwellings of the second agreement at the addresses of those of the first one, changed."""

    def planter(premiere: Convention, suivante: Convention) -> None:
        (lot,) = premiere.courante.contenu
        for occupe in gestes.lots(suivante):
            gestes.emmenager(occupe, lot.commune)
            occupe.adresses = list(lot.adresses)
            occupe.parcelles = [Parcelle("ZC", f"{suivante.id % _NUMEROS:04}", 1200)]
            changement(occupe)

    return planter


def en_plai(planter: Paire) -> Paire:
    """Finance the second agreement in PLAI."""

    def enchainer(premiere: Convention, suivante: Convention) -> None:
        planter(premiere, suivante)
        for lot in gestes.lots(suivante):
            lot.financement = "3"

    return enchainer


def sans_etage(lot: Lot) -> None:
    """Leave the floors out."""
    lot.logements = [replace(logement, place=logement.place._replace(etage=None)) for logement in lot.logements]


def dans_un_autre_batiment(lot: Lot) -> None:
    """Put the dwellings in another building."""
    lot.logements = [replace(logement, place=logement.place._replace(batiment="Z")) for logement in lot.logements]


def cadastrer(convention: Convention, _: Atelier) -> None:
    """Put the programmes on a parcel of their own, in a section that no commune of the demo reaches."""
    parcelle = Parcelle("ZA", f"{convention.id % _NUMEROS:04}", 1200)
    for lot in gestes.lots(convention):
        lot.parcelles = [parcelle]


def loger(convention: Convention, _: Atelier) -> None:
    """Put the programmes at an address of their own."""
    _donner_une_adresse(convention)


def _donner_une_adresse(convention: Convention) -> None:
    """Put the programmes in a street that no commune of the demo has, at a number of their own."""
    for lot in gestes.lots(convention):
        lot.adresses = [replace(lot.adresses[0], lignes=(None, None, f"{convention.id % _NUMEROS} QUAI DU JUMEAU", None))]


def dans_une_autre_section(parcelle: Parcelle) -> Parcelle:
    """Put a parcel in another section that no commune of the demo reaches."""
    return replace(parcelle, section="ZB")


def sans_zeros(parcelle: Parcelle) -> Parcelle:
    """Type the numbers of a parcel without their leading zeros."""
    return replace(parcelle, numero="/".join(numero.lstrip("0") for numero in parcelle.numero.split("/")))


def donner(numero: str, *, recompose: bool) -> Geste:
    """Type another number, and leave the one that Ecoloweb makes up or erase it."""

    def geste(convention: Convention, _: Atelier) -> None:
        numeroter(convention, numero)
        if not recompose:
            convention.numero_normalise = ""

    return geste


def sans_recompose(convention: Convention, _: Atelier) -> None:
    """Erase the number that Ecoloweb makes up."""
    convention.numero_normalise = ""


def recopier_le_recompose(convention: Convention, _: Atelier) -> None:
    """Type the number that Ecoloweb makes up."""
    numeroter(convention, convention.numero_normalise)


def decaler_le_numero(mois: int) -> Geste:
    """Have the numbers give another month than that of the signature."""

    def geste(convention: Convention, _: Atelier) -> None:
        signature = dates.signature_de(convention)
        gestes.renumeroter(convention, signature, plus_mois(signature, mois))

    return geste
