"""Cases of the rules on duplicates: numbers, parcels and dwellings that two agreements bear, and numbers that tell nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from ingest.demo.calendrier import plus_mois
from ingest.demo.cas import choix, gestes
from ingest.demo.cas import gestes_dates as dates
from ingest.demo.cas.atelier import Atelier
from ingest.demo.cas.cas import AN, AV, IN, Cas, Choix, Geste, Suite, tous
from ingest.demo.conventions import clore
from ingest.demo.faits import Convention, Etat, Lot, Parcelle

_SOCIALE = tous(choix.simple, choix.ordinaire, choix.hlm)
_PLUS = tous(_SOCIALE, choix.finance("1", "2"))
_ANAH = tous(choix.simple, choix.finance("17"))
_PEUPLE = choix.departement("13", "31", "33", "34", "44", "59", "62", "69", "75", "76", "77", "78", "92", "93", "94")
"""Where a second agreement is soon found."""
_SANS_BATIMENT = 40
"""Dwellings from which an agreement has several buildings, whose letters tell its flats apart."""

_NUMEROS = 10_000
"""Of the parcels of a section, or of the houses of a street."""

Paire = Callable[[Convention, Convention], None]
"""What makes a second agreement of the first one."""


def _collective(convention: Convention) -> bool:
    lots = convention.courante.contenu
    return all(lot.individuels == 0 for lot in lots) and convention.nb_logements < _SANS_BATIMENT


_COLLECTIVE = tous(_SOCIALE, _collective)
_PREMIERE, _PREMIERE_PLUS, _PREMIERE_COLLECTIVE = tous(_SOCIALE, _PEUPLE), tous(_PLUS, _PEUPLE), tous(_COLLECTIVE, _PEUPLE)


def _annulable(convention: Convention) -> bool:
    return convention.courante.debut < date(2026, 9, 1)


def _suite(convient: Choix, planter: Paire, *, ailleurs: bool = False) -> Suite:
    """Return what a later agreement becomes, of the same département unless said otherwise."""

    def suit(premiere: Convention, suivante: Convention) -> bool:
        return (suivante.departement is premiere.departement) is not ailleurs and convient(suivante)

    return Suite(suit, planter)


def _numeroter(convention: Convention, numero: str) -> None:
    """Give the agreement another number, which its label repeats."""
    convention.libelle = convention.libelle.replace(convention.numero, numero)
    convention.numero = numero


def _meme_numero(premiere: Convention, suivante: Convention) -> None:
    _numeroter(suivante, premiere.numero)


def _meme_numero_autrement(premiere: Convention, suivante: Convention) -> None:
    _numeroter(suivante, premiere.numero.replace(" ", "/") if " " in premiere.numero else premiere.numero.replace("/", "."))


def _puis_annuler(planter: Paire) -> Paire:
    """Cancel the second agreement once it is what it must be."""

    def enchainer(premiere: Convention, suivante: Convention) -> None:
        planter(premiere, suivante)
        clore(suivante, Etat.ANS, suivante.courante.debut + timedelta(days=30), "Annulation")

    return enchainer


def _memes_parcelles(changement: Callable[[Parcelle], Parcelle] = lambda parcelle: parcelle) -> Paire:
    """Put the second agreement on the parcels of the first one, changed."""

    def planter(premiere: Convention, suivante: Convention) -> None:
        (lot,) = premiere.courante.contenu
        for occupe in gestes.lots(suivante):
            gestes.emmenager(occupe, lot.commune)
            occupe.parcelles = [changement(parcelle) for parcelle in lot.parcelles]

    return planter


def _memes_logements(changement: Callable[[Lot], None] = lambda _: None) -> Paire:
    """Put the dwellings of the second agreement at the addresses of those of the first one, changed."""

    def planter(premiere: Convention, suivante: Convention) -> None:
        (lot,) = premiere.courante.contenu
        for occupe in gestes.lots(suivante):
            gestes.emmenager(occupe, lot.commune)
            occupe.adresses = list(lot.adresses)
            occupe.parcelles = [Parcelle("ZC", f"{suivante.id % _NUMEROS:04}", 1200)]
            changement(occupe)

    return planter


def _en_plai(planter: Paire) -> Paire:
    """Finance the second agreement in PLAI."""

    def enchainer(premiere: Convention, suivante: Convention) -> None:
        planter(premiere, suivante)
        for lot in gestes.lots(suivante):
            lot.financement = "3"

    return enchainer


def _sans_etage(lot: Lot) -> None:
    lot.logements = [replace(logement, place=logement.place._replace(etage=None)) for logement in lot.logements]


def _dans_un_autre_batiment(lot: Lot) -> None:
    lot.logements = [replace(logement, place=logement.place._replace(batiment="Z")) for logement in lot.logements]


def _cadastrer(convention: Convention, _: Atelier) -> None:
    """Put the programmes on a parcel of their own, in a section that no commune of the demo reaches."""
    parcelle = Parcelle("ZA", f"{convention.id % _NUMEROS:04}", 1200)
    for lot in gestes.lots(convention):
        lot.parcelles = [parcelle]


def _loger(convention: Convention, _: Atelier) -> None:
    """Put the programmes at an address of their own, in a street that no commune of the demo has."""
    for lot in gestes.lots(convention):
        lot.adresses = [replace(lot.adresses[0], lignes=(None, None, f"{convention.id % _NUMEROS} QUAI DU JUMEAU", None))]


def _dans_une_autre_section(parcelle: Parcelle) -> Parcelle:
    return replace(parcelle, section="ZB")


def _sans_zeros(parcelle: Parcelle) -> Parcelle:
    return replace(parcelle, numero="/".join(numero.lstrip("0") for numero in parcelle.numero.split("/")))


def _donner(numero: str, *, recompose: bool) -> Geste:
    """Type another number, and leave the one that Ecoloweb makes up or erase it."""

    def geste(convention: Convention, _: Atelier) -> None:
        _numeroter(convention, numero)
        if not recompose:
            convention.numero_normalise = ""

    return geste


def _sans_recompose(convention: Convention, _: Atelier) -> None:
    convention.numero_normalise = ""


def _recopier_le_recompose(convention: Convention, _: Atelier) -> None:
    _numeroter(convention, convention.numero_normalise)


def _decaler_le_numero(mois: int) -> Geste:
    """Have the numbers give another month than that of the signature."""

    def geste(convention: Convention, _: Atelier) -> None:
        signature = dates.signature_de(convention)
        gestes.renumeroter(convention, signature, plus_mois(signature, mois))

    return geste


DOUBLONS = (
    Cas(
        "DUP-001",
        AN,
        "Même numéro qu'une autre convention du département",
        _PREMIERE,
        suite=_suite(_SOCIALE, _meme_numero),
        rare=True,
    ),
    Cas(
        "DUP-001",
        AN,
        "Même numéro qu'une autre convention du département, d'autres séparateurs",
        _PREMIERE,
        suite=_suite(_SOCIALE, _meme_numero_autrement),
        rare=True,
    ),
    Cas(
        "DUP-001",
        None,
        "Même numéro qu'une convention d'un autre département",
        _SOCIALE,
        suite=_suite(_SOCIALE, _meme_numero, ailleurs=True),
        rare=True,
    ),
    Cas(
        "DUP-001",
        None,
        "Même numéro qu'une convention annulée",
        _PREMIERE,
        suite=_suite(tous(_SOCIALE, _annulable), _puis_annuler(_meme_numero)),
        rare=True,
    ),
    Cas(
        "DUP-003",
        AV,
        "Mêmes parcelles qu'une autre convention PLUS en vigueur",
        _PREMIERE_PLUS,
        _cadastrer,
        suite=_suite(_PLUS, _memes_parcelles()),
        rare=True,
    ),
    Cas(
        "DUP-003",
        AV,
        "Mêmes parcelles qu'une autre convention PLUS, saisies sans zéros",
        _PREMIERE_PLUS,
        _cadastrer,
        suite=_suite(_PLUS, _memes_parcelles(_sans_zeros)),
        rare=True,
    ),
    Cas(
        "DUP-003",
        None,
        "Mêmes numéros de parcelles dans une autre section",
        _PREMIERE_PLUS,
        _cadastrer,
        suite=_suite(_PLUS, _memes_parcelles(_dans_une_autre_section)),
        rare=True,
    ),
    Cas(
        "DUP-003",
        None,
        "Mêmes parcelles qu'une convention PLAI",
        _PREMIERE_PLUS,
        _cadastrer,
        suite=_suite(_PLUS, _en_plai(_memes_parcelles())),
        rare=True,
    ),
    Cas(
        "DUP-003",
        None,
        "Mêmes parcelles qu'une convention PLUS annulée",
        _PREMIERE_PLUS,
        _cadastrer,
        suite=_suite(tous(_PLUS, _annulable), _puis_annuler(_memes_parcelles())),
        rare=True,
    ),
    Cas(
        "DUP-003",
        None,
        "Deux conventions ANAH sur la parcelle d'une copropriété",
        tous(_ANAH, _PEUPLE),
        _cadastrer,
        suite=_suite(_ANAH, _memes_parcelles()),
        rare=True,
    ),
    Cas("DUP-004", AN, "Opposable sans aucun numéro", _SOCIALE, _donner("", recompose=False)),
    Cas("DUP-004", None, "Opposable sans numéro saisi, mais recomposé", _SOCIALE, _donner("", recompose=True)),
    Cas("DUP-004", None, "Opposable dont seul le numéro saisi est connu", _SOCIALE, _sans_recompose),
    Cas("DUP-005", IN, "Numéro qui n'est que celui du dossier d'avant la reprise", _SOCIALE, _donner("H 1577", recompose=True)),
    Cas("DUP-005", None, "Numéro recopié de celui qu'Ecoloweb recompose", _SOCIALE, _recopier_le_recompose),
    Cas("DUP-005", None, "Numéro d'une forme connue", _SOCIALE),
    Cas("DUP-006", AV, "Numéro de treize mois avant la signature", _SOCIALE, _decaler_le_numero(-13)),
    Cas("DUP-006", AV, "Numéro de treize mois après la signature", _SOCIALE, _decaler_le_numero(13)),
    Cas("DUP-006", None, "Numéro de douze mois avant la signature", _SOCIALE, _decaler_le_numero(-12)),
    Cas("DUP-006", None, "Numéro de douze mois après la signature", _SOCIALE, _decaler_le_numero(12)),
    Cas(
        "DUP-007",
        AN,
        "Mêmes appartements qu'une autre convention en vigueur",
        _PREMIERE_COLLECTIVE,
        _loger,
        suite=_suite(_COLLECTIVE, _memes_logements()),
        rare=True,
    ),
    Cas(
        "DUP-007",
        None,
        "Même adresse qu'une autre convention, autre bâtiment",
        _PREMIERE_COLLECTIVE,
        _loger,
        suite=_suite(_COLLECTIVE, _memes_logements(_dans_un_autre_batiment)),
        rare=True,
    ),
    Cas(
        "DUP-007",
        None,
        "Mêmes appartements qu'une convention annulée",
        _PREMIERE_COLLECTIVE,
        _loger,
        suite=_suite(tous(_COLLECTIVE, _annulable), _puis_annuler(_memes_logements())),
        rare=True,
    ),
    Cas(
        "DUP-007",
        None,
        "Mêmes numéros à la même adresse, sans étage",
        _PREMIERE_COLLECTIVE,
        _loger,
        suite=_suite(_COLLECTIVE, _memes_logements(_sans_etage)),
        rare=True,
    ),
)
