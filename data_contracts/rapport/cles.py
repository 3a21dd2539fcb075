"""Which keys may be shown to people. A key that could hold something about a person is not: a refused row's may hold anything."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from data_contracts.loader import SOURCES, products, source_tables

if TYPE_CHECKING:
    from collections.abc import Iterable

CACHEE = "clé non affichée"
"""Stands for a key that does not look like an identifier."""
_MONTREES = 5
_LONGUEUR_MAX = 80
_LIGNE = re.compile(r"ligne \d{1,12}")
_IDENTIFIANT = re.compile(r"(?=.*\d)[A-Za-z0-9_-]{1,40}")
"""A part of a key: letters, digits and dashes, a digit at least."""
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_PERSONNELS = (
    re.compile(r"(0|33|0033)[1-9]\d{8}"),  # telephone
    re.compile(r"[12]\d{2}(0[1-9]|1[0-2])\d[\dAB]\d{6}(\d{2})?"),  # social security number
    re.compile(r"[A-Z]{2}\d{2}[A-Z0-9]{10,30}", re.IGNORECASE),  # bank account
)


def montrables(cles: Iterable[str]) -> list[str]:
    """Return the first keys as they may be shown: each as it is, or said not to be shown, once."""
    premieres = [cle if est_montrable(cle) else CACHEE for cle in list(cles)[:_MONTREES]]
    return list(dict.fromkeys(premieres))


def est_montrable(cle: str) -> bool:
    """Tell whether a key looks like identifiers of a source or names of the contracts, and like nothing of a person."""
    if len(cle) > _LONGUEUR_MAX:
        return False
    return _LIGNE.fullmatch(cle) is not None or all(map(_est_sur, re.split(r"[|:]", cle)))


def _est_sur(champ: str) -> bool:
    """Tell whether one column of a key may be shown."""
    if _UUID.fullmatch(champ):
        return True
    chiffres = re.sub(r"[./_-]", "", champ)
    return all(map(_est_nom, re.split(r"[./]", champ))) and not any(motif.fullmatch(chiffres) for motif in _PERSONNELS)


def _est_nom(partie: str) -> bool:
    return partie in _mots() or _IDENTIFIANT.fullmatch(partie) is not None


@cache
def _mots() -> frozenset[str]:
    """The names and the codes that the contracts declare."""
    sources = sorted(path.name for path in SOURCES.iterdir() if path.is_dir())
    mots = set(sources)
    for source in sources:
        for table, contrat in source_tables(source, SOURCES).items():
            mots.add(table)
            for column in contrat.colonnes:
                mots |= {column.nom, *map(str, column.valeurs or ())}
    for mart, product in products(SOURCES.parent / "products").items():
        mots.add(mart)
        for produced in product.colonnes:
            mots |= {produced.nom, *map(str, produced.valeurs or ())}
    return frozenset(mots)
