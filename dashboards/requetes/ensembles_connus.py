"""Every set of rows that a figure leads to, by the name that an address gives it."""

from __future__ import annotations

from dashboards.requetes import (
    ensembles_adoption,
    ensembles_agrements,
    ensembles_completude,
    ensembles_parc,
    ensembles_qualite,
)
from dashboards.requetes.ensembles import Ensemble

_MODULES = (ensembles_parc, ensembles_agrements, ensembles_adoption, ensembles_qualite, ensembles_completude)
_DECLARES = (
    un for module in _MODULES for valeur in vars(module).values() for un in (valeur if isinstance(valeur, tuple) else (valeur,))
)
ENSEMBLES = {un.code: un for un in _DECLARES if isinstance(un, Ensemble)}
