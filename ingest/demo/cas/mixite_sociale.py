"""Cases of the rules on social mix and reservations."""

from __future__ import annotations

from collections.abc import Callable

from ingest.demo.cas import choix, gestes
from ingest.demo.cas.atelier import Atelier
from ingest.demo.cas.cas import AN, AV, Cas, Choix, Geste, lot, tous
from ingest.demo.faits import Convention, Lot
from ingest.demo.referentiels import Secteur

_SOCIALE = tous(choix.simple, choix.ordinaire, choix.hlm, choix.de_famille("PLUS", "PLAI"))
_HLM = tous(_SOCIALE, choix.secteur(Secteur.HLM))


def _taille(minimum: int, maximum: int = 10_000) -> Choix:
    """With a last programme of so many dwellings."""

    def choisit(convention: Convention) -> bool:
        contenu = convention.courante.contenu
        return bool(contenu) and minimum <= contenu[-1].nb_logements <= maximum

    return choisit


def _reserver(pourcentage: int, nombre: Callable[[Lot], int] | None = None) -> Geste:
    """Keep a percentage of every programme for the prefect, and another number of dwellings than it makes."""

    def geste(convention: Convention, _: Atelier) -> None:
        for lot_ in gestes.lots(convention):
            lot_.reservation = pourcentage
            lot_.reserves = nombre(lot_) if nombre else None

    return geste


def _un_de_plus(lot_: Lot) -> int:
    """Return the largest number that is not more than one dwelling above thirty percent."""
    return lot_.nb_logements * 30 // 100 + 1


def _plus_d_un_de_plus(lot_: Lot) -> int:
    """Return the smallest number that is more than one dwelling above thirty percent."""
    return _un_de_plus(lot_) + 1


RESERVATIONS: tuple[Cas, ...] = (
    Cas("MIX-004", AN, "Plus d'un logement réservé de plus que trente pour cent", _SOCIALE, _reserver(30, _plus_d_un_de_plus), lot),
    Cas("MIX-004", AN, "Aucun logement réservé, et trente pour cent", tous(_SOCIALE, _taille(4)), _reserver(30, lambda _: 0), lot),
    Cas("MIX-004", AN, "Quatre-vingt-seize pour cent au préfet et cinq aux agents publics", _SOCIALE, _reserver(96), lot),
    Cas("MIX-004", None, "Un logement réservé de plus que trente pour cent", _SOCIALE, _reserver(30, _un_de_plus), lot),
    Cas(
        "MIX-004",
        None,
        "Aucun logement réservé sur trois, et trente pour cent",
        tous(_SOCIALE, _taille(1, 3)),
        _reserver(30, lambda _: 0),
        lot,
        rare=True,
    ),
    Cas("MIX-004", None, "Quatre-vingt-quinze pour cent au préfet et cinq aux agents publics", _SOCIALE, _reserver(95), lot),
    Cas("MIX-005", AV, "Quatre logements et aucune réservation", tous(_HLM, _taille(4, 4)), _reserver(0), lot, rare=True),
    Cas("MIX-005", AV, "Aucune réservation dans une grande opération", tous(_HLM, _taille(20)), _reserver(0), lot),
    Cas("MIX-005", None, "Trois logements et aucune réservation", tous(_HLM, _taille(1, 3)), _reserver(0), lot, rare=True),
    Cas(
        "MIX-005",
        None,
        "Un nombre de logements réservés, sans pourcentage",
        tous(_HLM, _taille(4)),
        _reserver(0, _un_de_plus),
        lot,
    ),
    Cas(
        "MIX-005",
        None,
        "Aucune réservation dans une convention de SEM",
        tous(_SOCIALE, choix.secteur(Secteur.SEM), _taille(4)),
        _reserver(0),
        lot,
    ),
    Cas(
        "MIX-005",
        None,
        "PLS sans réservation",
        tous(choix.simple, choix.ordinaire, choix.secteur(Secteur.HLM), choix.de_famille("PLS"), _taille(4)),
        _reserver(0),
        lot,
    ),
)
