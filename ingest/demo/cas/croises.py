"""Cases of the rule that compares two agreements: a PLS where an agreement in PLUS has stood."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from ingest.demo.cas import choix, gestes
from ingest.demo.cas.cas import AV, Cas, Suite, tous
from ingest.demo.conventions import clore
from ingest.demo.faits import Convention, Etat, Parcelle

_DELAI = timedelta(days=500)
"""What an agreement lasts at least before it is terminated."""


def _convient(famille: str) -> Callable[[Convention, Convention], bool]:
    """Return whether an agreement of a family may have stood where a new one is, and have been in force until then."""
    est_ancienne = tous(choix.simple, choix.de_famille(famille), lambda convention: not convention.est_anah)

    def convient(nouvelle: Convention, ancienne: Convention) -> bool:
        signature = nouvelle.courante.calendrier.signature
        return (
            ancienne.departement is nouvelle.departement
            and est_ancienne(ancienne)
            and signature is not None
            and ancienne.courante.debut + _DELAI < signature <= (ancienne.expiration or date.min)
        )

    return convient


def _finie(jours: int, *, famille: str = "PLUS", autre_section: bool = False, etat: Etat = Etat.RES) -> Suite:
    """Return what ends an older agreement on the same parcels, so many days after the signature of the new one."""

    def planter(nouvelle: Convention, ancienne: Convention) -> None:
        (lot,) = nouvelle.courante.contenu
        for occupe in gestes.lots(ancienne):
            gestes.emmenager(occupe, lot.commune)
            occupe.parcelles = [_ailleurs(parcelle) if autre_section else parcelle for parcelle in lot.parcelles]
        signature = nouvelle.courante.calendrier.signature
        if signature is not None:
            clore(ancienne, etat, signature + timedelta(days=jours), "Fin de la convention")

    return Suite(_convient(famille), planter)


def _ailleurs(parcelle: Parcelle) -> Parcelle:
    return replace(parcelle, section=f"Z{parcelle.section[-1]}")


_RECENTE = tous(choix.simple, choix.ordinaire, choix.peuplee, choix.signee(date(2008, 1, 1), date(2026, 6, 30)))
_PLS, _PLUS = tous(_RECENTE, choix.finance("9")), tous(_RECENTE, choix.finance("1"))

CROISES = (
    Cas(
        "FIN-009", AV, "PLS signé le jour où la convention PLUS de la même parcelle est résiliée", _PLS, suite=_finie(0), rare=True
    ),
    Cas(
        "FIN-009",
        AV,
        "PLS signé deux mois après la résiliation de la convention PLUS de la même parcelle",
        _PLS,
        suite=_finie(-60),
        rare=True,
    ),
    Cas(
        "FIN-009",
        None,
        "PLS signé la veille de la résiliation de la convention PLUS de la même parcelle",
        _PLS,
        suite=_finie(1),
        rare=True,
    ),
    Cas(
        "FIN-009",
        None,
        "PLS et convention PLUS résiliée sur le même numéro d'une autre section",
        _PLS,
        suite=_finie(-60, autre_section=True),
        rare=True,
    ),
    Cas(
        "FIN-009",
        None,
        "PLS signé après la fin d'une convention PLUS dénoncée, et non résiliée, sur la même parcelle",
        _PLS,
        suite=_finie(-60, etat=Etat.DEN),
        rare=True,
    ),
    Cas(
        "FIN-009",
        None,
        "PLS signé après la résiliation d'une convention PLAI de la même parcelle",
        _PLS,
        suite=_finie(-60, famille="PLAI"),
        rare=True,
    ),
    Cas(
        "FIN-009",
        None,
        "PLUS signé après la résiliation d'une convention PLUS de la même parcelle",
        _PLUS,
        suite=_finie(-60),
        rare=True,
    ),
)
