"""Every set of rows that a figure leads to, by the name that an address gives it."""

from __future__ import annotations

from dashboards.requetes import ensembles_adoption, ensembles_agrements, ensembles_parc
from dashboards.requetes.ensembles import Ensemble

_MODULES = (ensembles_parc, ensembles_agrements, ensembles_adoption)
ENSEMBLES = {un.code: un for module in _MODULES for un in vars(module).values() if isinstance(un, Ensemble)}
