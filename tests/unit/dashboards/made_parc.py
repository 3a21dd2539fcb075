"""The history of the parc: a current period for the agreements of the made run, and a few agreements whose past a reader can tell.

Their reference date is that of the made run, 1 November 2026.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

Row = dict[str, Any]
SIGNED = date(2005, 9, 1)
"""When an agreement whose history nobody tells entered into force."""


def current_periods(agreements: Iterable[Row], told: Iterable[Row]) -> list[Row]:
    """Return the only period of the agreements in force whose history is not told."""
    known = {period["convention_id"] for period in told}
    return [
        {
            "version_id": _period(agreement),
            "rang": 1,
            "date_debut": SIGNED,
            "date_vigueur_debut": SIGNED,
            "est_courante": True,
            **{name: agreement[name] for name in _PERIOD if name in agreement},
        }
        for agreement in agreements
        if agreement.get("est_en_vigueur") and agreement["convention_id"] not in known
    ]


def lots_of_periods(agreements: Iterable[Row], lots: Iterable[Row]) -> list[Row]:
    """Return the lots of the current periods: those given, else one that says what its agreement says."""
    given = [
        {
            **{name: lot[name] for name in _LOT if name in lot},
            "version_id": lot.get("version_id") or f"{lot['convention_id']}:1",
            "nb_logements_restants": lot["nb_logements"],
        }
        for lot in lots
    ]
    known = {lot["convention_id"] for lot in given}
    made = [
        {
            "lot_id": f"{agreement['convention_id']}:lot",
            "version_id": _period(agreement),
            "convention_id": agreement["convention_id"],
            "famille_financement": agreement["familles_financement"][0],
            "nb_logements": agreement["nb_logements"],
            "nb_logements_restants": agreement["nb_logements"],
            "code_commune": agreement["code_commune"],
            "bailleur_id": agreement["bailleur_id"],
        }
        for agreement in agreements
        if agreement.get("est_en_vigueur") and agreement["convention_id"] not in known
    ]
    return given + made


_PERIOD = (
    "convention_id",
    "source",
    "statut",
    "nature_logement",
    "est_foyer",
    "est_anah",
    "code_departement",
    "nb_logements",
)
_LOT = (
    "lot_id",
    "convention_id",
    "financement",
    "famille_financement",
    "code_typefinancement",
    "nb_logements",
    "code_commune",
    "bailleur_id",
)


def _period(agreement: Row) -> str:
    return f"{agreement['convention_id']}:1"


GROWN, HOSTEL, ANAH, GONE, NATIVE, ENDED, LATE, LEFT = (f"ecoloweb:{rank}" for rank in range(1, 9))


_DEPARTMENTS = {GROWN: "33", HOSTEL: "29", ANAH: "33", GONE: "35", NATIVE: "33", ENDED: "29", LATE: "35", LEFT: "35"}


def _agreement(convention_id: str, **values: Any) -> Row:  # noqa: ANN401 - values of any column
    department = _DEPARTMENTS[convention_id]
    return {
        "convention_id": convention_id,
        "source": "ecoloweb",
        "cle_source": convention_id,
        "numero": f"{department}/{convention_id[-1]}",
        "code_departement": department,
        "nature_bailleur": "HLM",
        "statut": "OPPOSABLE",
        "est_en_vigueur": True,
        "est_foyer": False,
        "nature_logement": "ORDINAIRE",
        **values,
    }


def _told(convention_id: str, rank: int, begin: date, until: date | None = None, **values: Any) -> Row:  # noqa: ANN401 - same
    """One period, in force from its first day to its last one."""
    return {
        "version_id": f"{convention_id}:{rank}",
        "convention_id": convention_id,
        "source": "ecoloweb",
        "code_departement": _DEPARTMENTS[convention_id],
        "rang": rank,
        "date_debut": begin,
        "date_fin": until,
        "date_vigueur_debut": begin,
        "date_vigueur_fin": until,
        "est_courante": until is None,
        "statut": "OPPOSABLE",
        "nature_logement": "ORDINAIRE",
        "nature_bailleur": "HLM",
        "est_foyer": False,
        "date_signature": date(1990, 1, 1),
        **values,
    }


def _lot(version_id: str, name: str, dwellings: int | None, town: str | None, owner: str, family: str, **values: Any) -> Row:  # noqa: ANN401, PLR0913, PLR0917 - a lot says all that
    return {
        "version_id": version_id,
        "convention_id": version_id.rpartition(":")[0],
        "lot_id": name,
        "nb_logements": dwellings,
        "nb_logements_restants": dwellings,
        "code_commune": town,
        "bailleur_id": owner,
        "famille_financement": family,
        **values,
    }


_RIVES, _ARMOR = "ecoloweb:51", "ecoloweb:52"
_CONVENTIONS = [
    _agreement(GROWN, date_expiration=date(2041, 6, 30), date_echeance_tacite=date(2041, 6, 30), nb_logements=100),
    _agreement(
        HOSTEL,
        nature_logement="RESIDENCE_SOCIALE",
        est_foyer=True,
        date_expiration=date(2020, 6, 30),
        date_echeance_tacite=date(2029, 6, 30),
        nb_logements=30,
    ),
    _agreement(ANAH, est_anah=True, nature_bailleur="PRIVE", nb_logements=2),
    _agreement(GONE, statut="DENONCEE", est_en_vigueur=False, date_demande_denonciation=date(2014, 11, 30), nb_logements=20),
    _agreement(NATIVE, source="apilos", nature_bailleur="SEM", date_expiration=date(2026, 12, 31)),
    _agreement(ENDED, date_expiration=date(2019, 6, 30), nb_logements=7),
    _agreement(LATE, date_signature=date(1990, 5, 1), date_expiration=date(2060, 6, 30), nb_logements=11),
    _agreement(LEFT, statut="RESILIEE", est_en_vigueur=False, nb_logements=4),
]
_PERIODS = [
    {
        **_told(GROWN, 1, date(2000, 1, 1), date(2000, 6, 30), statut="INSTRUCTION"),
        "date_vigueur_debut": None,
        "date_vigueur_fin": None,
    },
    _told(GROWN, 2, date(2000, 7, 1), date(2009, 12, 31), nb_logements=100, date_expiration=date(2030, 6, 30), bailleur_id=_RIVES),
    _told(GROWN, 3, date(2010, 1, 1), nb_logements=100, familles_financement=["PLAI", "PLUS"], bailleur_id=_RIVES),
    _told(HOSTEL, 1, date(2005, 7, 1), nature_logement="RESIDENCE_SOCIALE", est_foyer=True, nb_logements=30),
    _told(ANAH, 1, date(2008, 1, 1), est_anah=True, nature_bailleur="PRIVE", nb_logements=2),
    _told(GONE, 1, date(1995, 1, 1), date(2015, 5, 31), nb_logements=20),
    _told(NATIVE, 1, date(2024, 3, 1), source="apilos", statut="PUBLIEE", nature_bailleur="SEM", date_signature=date(2024, 3, 1)),
    _told(ENDED, 1, date(1999, 1, 1), nb_logements=7),
    _told(LATE, 1, date(2008, 1, 1), nb_logements=11),
]
_LOTS = [
    _lot(f"{GROWN}:2", "a", 100, "33063", _RIVES, "PLUS"),
    _lot(f"{GROWN}:3", "b", 60, "33063", _RIVES, "PLUS", nb_logements_sortis=5, nb_logements_restants=55),
    _lot(f"{GROWN}:3", "c", 40, "29232", _ARMOR, "PLAI"),
    _lot(f"{HOSTEL}:1", "d", 30, "29232", _ARMOR, "PLUS", nb_lits=45),
    _lot(f"{ANAH}:1", "e", 2, "33063", "ecoloweb:53", "ANAH"),
    _lot(f"{GONE}:1", "f", 20, "35238", _ARMOR, "PLUS"),
    _lot(f"{ENDED}:1", "g", 7, "29232", _ARMOR, "PLS"),
    _lot(f"{LATE}:1", "h", 11, None, _ARMOR, "PLUS"),
    _lot(f"{LATE}:1", "i", None, "35238", _ARMOR, "PLS"),
]
HISTORY: dict[str, list[Row]] = {
    "fct_convention": _CONVENTIONS,
    "fct_convention_version": _PERIODS,
    "fct_lot_version": _LOTS,
    "fct_lot": [],
}
"""Marts that stand in place of those of the made run.

GROWN is amended in 2010, when half of it goes to Finistère, another owner and another financing; HOSTEL is renewed; ENDED can't be;
GONE was denounced; LATE is signed eighteen years before its history begins; LEFT went nobody knows when.
"""
