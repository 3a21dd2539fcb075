"""The official geography as INSEE gives it: what planted cases choose places from, and what the truth judges codes by."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from ingest.demo.geographie import GEOGRAPHIE, lire


class CommuneOfficielle(NamedTuple):
    """A commune of today, or a municipal arrondissement of one."""

    code: str
    nom: str
    departement: str
    parent: str
    """Code of the commune that an arrondissement is part of, empty for a commune."""
    siren: str
    codes_postaux: tuple[str, ...]


@cache
def communes() -> dict[str, CommuneOfficielle]:
    """Return the communes and arrondissements of today by code."""
    return {
        ligne["code_commune"]: CommuneOfficielle(
            ligne["code_commune"],
            ligne["nom_commune"],
            ligne["code_departement"],
            ligne["code_commune_parent"],
            ligne["siren"],
            tuple(ligne["codes_postaux"].split()),
        )
        for ligne in lire(GEOGRAPHIE / "commune.csv")
    }


@cache
def anciennes() -> dict[str, str]:
    """Return the code of today by former code."""
    return {ligne["code_ancien"]: ligne["code_commune"] for ligne in lire(GEOGRAPHIE / "commune_ancienne.csv")}


@cache
def communes_du_departement(code: str) -> tuple[CommuneOfficielle, ...]:
    """Return the communes of a département that have a postal code, arrondissements left out."""
    return tuple(c for c in communes().values() if c.departement == code and not c.parent and c.codes_postaux)


@cache
def anciens_codes(code: str) -> tuple[str, ...]:
    """Return the former codes of a commune of today."""
    return tuple(ancien for ancien, actuel in anciennes().items() if actuel == code)


@cache
def arrondissements(code: str) -> tuple[CommuneOfficielle, ...]:
    """Return the municipal arrondissements of a commune."""
    return tuple(c for c in communes().values() if c.parent == code)


@cache
def zones_abc() -> dict[str, str]:
    """Return the ABC zone of each commune."""
    return {ligne["code_commune"]: ligne["zone"] for ligne in lire(GEOGRAPHIE / "zonage_abc.csv")}
