"""Cases of the rule that compares two agreements: a PLS where an agreement in PLUS has stood."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from ingest.demo.cas import choix, gestes
from ingest.demo.cas.cas import AV, Cas, Suite, tous
from ingest.demo.conventions import clore
from ingest.demo.faits import Convention, Etat, Parcelle

_DELAI = timedelta(days=500)
"""What an agreement lasts at least before it is terminated."""
_ANCIENNE = tous(choix.simple, choix.de_famille("PLUS"), lambda convention: not convention.est_anah)


def _convient(nouvelle: Convention, ancienne: Convention) -> bool:
    signature = nouvelle.courante.calendrier.signature
    return (
        ancienne.departement is nouvelle.departement
        and _ANCIENNE(ancienne)
        and signature is not None
        and ancienne.courante.debut + _DELAI < signature <= (ancienne.expiration or date.min)
    )


def _resiliee(jours: int, *, autre_section: bool = False, etat: Etat = Etat.RES) -> Suite:
    """Return what ends an older agreement on the same parcels, so many days after the signature of the PLS."""

    def planter(nouvelle: Convention, ancienne: Convention) -> None:
        (lot,) = nouvelle.courante.contenu
        for occupe in gestes.lots(ancienne):
            gestes.emmenager(occupe, lot.commune)
            occupe.parcelles = [_ailleurs(parcelle) if autre_section else parcelle for parcelle in lot.parcelles]
        signature = nouvelle.courante.calendrier.signature
        if signature is not None:
            clore(ancienne, etat, signature + timedelta(days=jours), "Fin de la convention avant un PLS")

    return Suite(_convient, planter)


def _ailleurs(parcelle: Parcelle) -> Parcelle:
    return replace(parcelle, section=f"Z{parcelle.section[-1]}")


_PLS = tous(
    choix.simple, choix.ordinaire, choix.finance("9"), choix.signee(date(2008, 1, 1), date(2026, 6, 30)), lambda c: not c.est_anah
)

CROISES = (
    Cas(
        "FIN-009",
        AV,
        "PLS signé le jour où la convention PLUS de la même parcelle est résiliée",
        _PLS,
        suite=_resiliee(0),
    ),
    Cas(
        "FIN-009",
        AV,
        "PLS signé deux mois après la résiliation de la convention PLUS de la même parcelle",
        _PLS,
        suite=_resiliee(-60),
    ),
    Cas(
        "FIN-009",
        None,
        "PLS signé la veille de la résiliation de la convention PLUS de la même parcelle",
        _PLS,
        suite=_resiliee(1),
    ),
    Cas(
        "FIN-009",
        None,
        "PLS et convention PLUS résiliée sur le même numéro d'une autre section",
        _PLS,
        suite=_resiliee(-60, autre_section=True),
    ),
)
