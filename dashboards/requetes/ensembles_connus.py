"""Every set of rows that a figure leads to, by the name that an address gives it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboards.requetes import (
    ensembles_adoption,
    ensembles_agrements,
    ensembles_completude,
    ensembles_etat,
    ensembles_parc,
    ensembles_qualite,
)
from dashboards.requetes.ensembles import Ensemble

if TYPE_CHECKING:
    from collections.abc import Mapping

    from data_contracts.publication import PublishedRun

_MODULES = (ensembles_parc, ensembles_agrements, ensembles_adoption, ensembles_qualite, ensembles_completude)
_DECLARES = (
    un for module in _MODULES for valeur in vars(module).values() for un in (valeur if isinstance(valeur, tuple) else (valeur,))
)
ENSEMBLES = {un.code: un for un in _DECLARES if isinstance(un, Ensemble)}


def demande(run: PublishedRun, code: str, adresse: Mapping[str, str]) -> Ensemble | None:
    """Return the set that an address names, alone or with what it says beside (a day, a value); None when it makes no sense."""
    lire = ensembles_etat.DEMANDES.get(code)
    return lire(run, adresse) if lire else ENSEMBLES.get(code)
