"""Cases of the rules on the numbers that agreements bear. Those that compare agreements with agréments are in `agrements`."""

from __future__ import annotations

from collections.abc import Callable

from ingest.demo.cas import choix, gestes
from ingest.demo.cas.atelier import Atelier
from ingest.demo.cas.cas import AV, IN, Cas, Geste, lot, puis, tous
from ingest.demo.faits import Convention

_PREMIER = "2015{commune}{rang}"
"""A number of GALION, where the commune is, that no other agreement bears."""
_PREMIER_RANG, _RANGS = 5000, 4000


def _numeroter(*numeros: str | None) -> Geste:
    """Give the programmes of the current period these references, in their order."""

    def geste(convention: Convention, _: Atelier) -> None:
        for programme, numero in zip(convention.courante.contenu, numeros, strict=True):
            rang = _PREMIER_RANG + convention.id % _RANGS
            programme.dossier = numero and numero.format(commune=programme.commune.code_officiel, rang=rang)

    return geste


def _sur_deux_programmes(*numeros: str | None) -> Geste:
    """Cut the only programme in two of the same financing, each with its reference."""

    def geste(convention: Convention, atelier: Atelier) -> None:
        gestes.separer(convention.courante.contenu[0].financement)(convention, atelier)
        _numeroter(*numeros)(convention, atelier)

    return geste


def _hors_de_corse(convention: Convention) -> bool:
    return convention.departement.code.isdigit()


_SIMPLE: Callable[[Convention], bool] = tous(choix.simple, choix.ordinaire, choix.hlm, _hors_de_corse)
_DIVISIBLE = tous(_SIMPLE, choix.separable)

NUMEROS: tuple[Cas, ...] = (
    Cas("AGR-012", IN, "Référence libre", _SIMPLE, _numeroter("5161-00044"), lot),
    Cas("AGR-012", IN, "Numéro de GALION d'un chiffre de trop", _SIMPLE, _numeroter(_PREMIER + "4"), lot),
    Cas("AGR-012", None, "Numéro de GALION", _SIMPLE, _numeroter(_PREMIER), lot),
    Cas("AGR-012", None, "Numéro du SIAP", _SIMPLE, _numeroter("20221200002"), lot),
    Cas("AGR-012", None, "Numéro d'une DDT de Corse", _SIMPLE, _numeroter("2015DD02A0015"), lot),
    Cas("AGR-015", AV, "Deux lots de deux opérations", _DIVISIBLE, _sur_deux_programmes(_PREMIER, "20221200002")),
    Cas("AGR-015", None, "Deux lots de la même opération", _DIVISIBLE, _sur_deux_programmes(_PREMIER, _PREMIER)),
    Cas(
        "AGR-015", None, "Deux lots, une opération et une référence libre", _DIVISIBLE, _sur_deux_programmes(_PREMIER, "5161-00044")
    ),
    Cas(
        "AGR-015",
        None,
        "Deux lots de deux opérations, convention annulée",
        _DIVISIBLE,
        puis(_sur_deux_programmes(_PREMIER, "20221200002"), gestes.annuler),
    ),
)
