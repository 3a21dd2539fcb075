"""What the list of convention types says of each: the owners and dwellings it is made for, its annex, what replaces it."""

from __future__ import annotations

from datetime import date
from functools import cache

from ingest.demo.referentiels import ConventionType, Nature, Secteur, convention_type, liste

_SERIES_A_PART = (
    frozenset({100010, 100011, 100012}),
    frozenset({100016, 100017, 100036, 100037, 100038, 200003, 200004, 200005}),
    frozenset({100028, 100029}),
    frozenset({100013, 100026, 100005}),
    frozenset({100031}),
    frozenset({100027}),
)
"""Types of particular financings, which the general ones never replace: PALULOS, PCL, PAP, ANAH, BADET, urban renewal."""


@cache
def secteur_du_type(type_id: int) -> Secteur | None:
    """Return the nature of the owners that a type is made for, None for any."""
    secteurs = {ligne["id"]: Secteur(ligne["code"]) for ligne in liste("naturebailleur")}
    return secteurs.get(_ligne(type_id)["naturebailleur_id"])


@cache
def nature_du_type(type_id: int) -> Nature:
    """Return the nature of the dwellings that a type is made for."""
    natures = {ligne["id"]: Nature(ligne["code"]) for ligne in liste("naturelogement")}
    return natures[_ligne(type_id)["naturelogement_id"]]


def annexe(type_: ConventionType) -> str | None:
    """Return the annex of the code that a type stands in, I or II, when its label says so."""
    fin = type_.libelle.rsplit(" ", 1)[-1]
    return fin if fin in {"I", "II"} else None


def sur_l_annexe(type_: ConventionType, numero: str) -> ConventionType:
    """Return the type of the same decree and the same owners that stands in that annex; the type itself when it has none."""
    if annexe(type_) is None:
        return type_
    return next(autre for autre in _serie(type_.id) if autre.debut == type_.debut and annexe(autre) == numero)


def remplacement(type_id: int) -> date | None:
    """Return the first day of the type that takes the place of another, None for the last one of its series."""
    suivants = (autre.debut for autre in _serie(type_id) if autre.debut > convention_type(type_id).debut)
    return min(suivants, default=None)


def precedent(type_: ConventionType) -> ConventionType | None:
    """Return the type whose place another has taken, None for the first one of its series."""
    avant = [autre for autre in _serie(type_.id) if autre.debut < type_.debut and annexe(autre) in {None, annexe(type_)}]
    return max(avant, key=lambda autre: (autre.debut, autre.id), default=None)


@cache
def _serie(type_id: int) -> tuple[ConventionType, ...]:
    """Return the types for the same owners and dwellings, those of particular financings apart."""
    ids = (int(ligne["id"]) for ligne in liste("conventiontype") if _faite_pour(ligne) == _faite_pour(_ligne(type_id)))
    return tuple(convention_type(autre) for autre in ids if _serie_a_part(autre) == _serie_a_part(type_id))


def _faite_pour(ligne: dict[str, str]) -> tuple[str, str]:
    return ligne["naturebailleur_id"], ligne["naturelogement_id"]


def _serie_a_part(type_id: int) -> frozenset[int] | None:
    return next((serie for serie in _SERIES_A_PART if type_id in serie), None)


@cache
def _ligne(type_id: int) -> dict[str, str]:
    return next(ligne for ligne in liste("conventiontype") if int(ligne["id"]) == type_id)
