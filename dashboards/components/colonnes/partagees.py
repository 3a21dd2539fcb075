"""The columns that several lists share, and how their values are written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboards.components.colonnes.liens import vers_la_fiche
from dashboards.components.tableau import Colonne
from data_contracts.extraits import formats
from data_contracts.extraits.libelles import FAMILLES, SOURCES, nommer

if TYPE_CHECKING:
    from collections.abc import Sequence


def familles(codes: Sequence[str] | None) -> str:
    """Write families of financing."""
    return formats.liste(nommer(code, FAMILLES) for code in codes or ())


def annee(valeur: int | None) -> str:
    """Write a year, without a space between thousands."""
    return formats.VIDE if valeur is None else str(valeur)


FICHE = Colonne(
    "convention_id", "Fiche", vers_la_fiche, "serre", "Ouvre la fiche de la convention dans un autre onglet.", est_cle=True
)
DEPARTEMENT = Colonne("code_departement", "Département")
SOURCE = Colonne("source", "Source", lambda code: nommer(code, SOURCES))
