"""Cases of the rules on duplicates: numbers, parcels and dwellings that two agreements bear, and numbers that tell nothing."""

from __future__ import annotations

from datetime import date

from ingest.demo.cas import choix
from ingest.demo.cas import gestes_doublons as doublons
from ingest.demo.cas.cas import AN, AV, IN, Cas, tous
from ingest.demo.faits import Convention

_SOCIALE = tous(choix.simple, choix.ordinaire, choix.hlm)
_PLUS = tous(_SOCIALE, choix.finance("1", "2"))
_ANAH = tous(choix.simple, choix.finance("17"))
_PEUPLE = choix.departement("13", "31", "33", "34", "44", "59", "62", "69", "75", "76", "77", "78", "92", "93", "94")
"""Where a second agreement is soon found."""
_SANS_BATIMENT = 40
"""Dwellings from which an agreement has several buildings, whose letters tell its flats apart."""


def _collective(convention: Convention) -> bool:
    lots = convention.courante.contenu
    return all(lot.individuels == 0 for lot in lots) and convention.nb_logements < _SANS_BATIMENT


_COLLECTIVE = tous(_SOCIALE, _collective)
_PREMIERE, _PREMIERE_PLUS, _PREMIERE_COLLECTIVE = tous(_SOCIALE, _PEUPLE), tous(_PLUS, _PEUPLE), tous(_COLLECTIVE, _PEUPLE)


def _annulable(convention: Convention) -> bool:
    return convention.courante.debut < date(2026, 9, 1)


DOUBLONS = (
    Cas(
        "DUP-001",
        AN,
        "Même numéro qu'une autre convention du département",
        _PREMIERE,
        suite=doublons.suite(_SOCIALE, doublons.meme_numero),
        rare=True,
    ),
    Cas(
        "DUP-001",
        AN,
        "Même numéro qu'une autre convention du département, d'autres séparateurs",
        _PREMIERE,
        suite=doublons.suite(_SOCIALE, doublons.meme_numero_autrement),
        rare=True,
    ),
    Cas(
        "DUP-001",
        None,
        "Même numéro qu'une convention d'un autre département",
        _SOCIALE,
        suite=doublons.suite(_SOCIALE, doublons.meme_numero, ailleurs=True),
        rare=True,
    ),
    Cas(
        "DUP-001",
        None,
        "Même numéro qu'une convention annulée",
        _PREMIERE,
        suite=doublons.suite(tous(_SOCIALE, _annulable), doublons.puis_annuler(doublons.meme_numero)),
        rare=True,
    ),
    Cas(
        "DUP-003",
        AV,
        "Mêmes parcelles qu'une autre convention PLUS en vigueur",
        _PREMIERE_PLUS,
        doublons.cadastrer,
        suite=doublons.suite(_PLUS, doublons.memes_parcelles()),
        rare=True,
    ),
    Cas(
        "DUP-003",
        AV,
        "Mêmes parcelles qu'une autre convention PLUS, saisies sans zéros",
        _PREMIERE_PLUS,
        doublons.cadastrer,
        suite=doublons.suite(_PLUS, doublons.memes_parcelles(doublons.sans_zeros)),
        rare=True,
    ),
    Cas(
        "DUP-003",
        None,
        "Mêmes numéros de parcelles dans une autre section",
        _PREMIERE_PLUS,
        doublons.cadastrer,
        suite=doublons.suite(_PLUS, doublons.memes_parcelles(doublons.dans_une_autre_section)),
        rare=True,
    ),
    Cas(
        "DUP-003",
        None,
        "Mêmes parcelles qu'une convention PLAI",
        _PREMIERE_PLUS,
        doublons.cadastrer,
        suite=doublons.suite(_PLUS, doublons.en_plai(doublons.memes_parcelles())),
        rare=True,
    ),
    Cas(
        "DUP-003",
        None,
        "Mêmes parcelles qu'une convention PLUS annulée",
        _PREMIERE_PLUS,
        doublons.cadastrer,
        suite=doublons.suite(tous(_PLUS, _annulable), doublons.puis_annuler(doublons.memes_parcelles())),
        rare=True,
    ),
    Cas(
        "DUP-003",
        None,
        "Deux conventions ANAH sur la parcelle d'une copropriété",
        tous(_ANAH, _PEUPLE),
        doublons.cadastrer,
        suite=doublons.suite(_ANAH, doublons.memes_parcelles()),
        rare=True,
    ),
    Cas("DUP-004", AN, "Opposable sans aucun numéro", _SOCIALE, doublons.donner("", recompose=False)),
    Cas("DUP-004", None, "Opposable sans numéro saisi, mais recomposé", _SOCIALE, doublons.donner("", recompose=True)),
    Cas("DUP-004", None, "Opposable dont seul le numéro saisi est connu", _SOCIALE, doublons.sans_recompose),
    Cas(
        "DUP-005",
        IN,
        "Numéro du dossier d'avant la reprise",
        _SOCIALE,
        doublons.donner("H 1577", recompose=True),
    ),
    Cas("DUP-005", None, "Numéro recopié de celui qu'Ecoloweb recompose", _SOCIALE, doublons.recopier_le_recompose),
    Cas("DUP-005", None, "Numéro d'une forme connue", _SOCIALE),
    Cas("DUP-006", AV, "Numéro de treize mois avant la signature", _SOCIALE, doublons.decaler_le_numero(-13)),
    Cas("DUP-006", AV, "Numéro de treize mois après la signature", _SOCIALE, doublons.decaler_le_numero(13)),
    Cas("DUP-006", None, "Numéro de douze mois avant la signature", _SOCIALE, doublons.decaler_le_numero(-12)),
    Cas("DUP-006", None, "Numéro de douze mois après la signature", _SOCIALE, doublons.decaler_le_numero(12)),
    Cas(
        "DUP-007",
        AN,
        "Mêmes appartements qu'une autre convention en vigueur",
        _PREMIERE_COLLECTIVE,
        doublons.loger,
        suite=doublons.suite(_COLLECTIVE, doublons.memes_logements()),
        rare=True,
    ),
    Cas(
        "DUP-007",
        None,
        "Même adresse qu'une autre convention, autre bâtiment",
        _PREMIERE_COLLECTIVE,
        doublons.loger,
        suite=doublons.suite(_COLLECTIVE, doublons.memes_logements(doublons.dans_un_autre_batiment)),
        rare=True,
    ),
    Cas(
        "DUP-007",
        None,
        "Mêmes appartements qu'une convention annulée",
        _PREMIERE_COLLECTIVE,
        doublons.loger,
        suite=doublons.suite(tous(_COLLECTIVE, _annulable), doublons.puis_annuler(doublons.memes_logements())),
        rare=True,
    ),
    Cas(
        "DUP-007",
        None,
        "Mêmes numéros à la même adresse, sans étage",
        _PREMIERE_COLLECTIVE,
        doublons.loger,
        suite=doublons.suite(_COLLECTIVE, doublons.memes_logements(doublons.sans_etage)),
        rare=True,
    ),
)
