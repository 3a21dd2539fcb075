"""What the quality score reads of the parameters, at the reference date of a run: weights, and the false positives allowed.

What the control of a row by a rule weighs is in `rule_sql`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from data_contracts.errors import BadInputError
from data_contracts.rule_contract import Niveau, Parameter

WEIGHTS = {level: f"poids_{level.value}" for level in Niveau}
"""The parameter that gives the weight of each severity."""
FALSE_POSITIVES = "faux_positifs_max_pct"
NAMES = frozenset({*WEIGHTS.values(), FALSE_POSITIVES})
"""Every parameter that the score reads; rules read the others."""


def weights(parameters: Mapping[str, Parameter], day: date) -> dict[Niveau, int]:
    """Return the weight of each severity on a day, in points, zero for an empty one. Raises BadInputError when one is faulty."""
    return {level: _whole(parameters, name, day) or 0 for level, name in WEIGHTS.items()}


def false_positives(parameters: Mapping[str, Parameter], day: date) -> int | None:
    """Return the share of false positives, in %, beyond which a rule is to be reviewed on a day; None for no limit.

    Raises BadInputError when it is faulty.
    """
    return _whole(parameters, FALSE_POSITIVES, day)


def _whole(parameters: Mapping[str, Parameter], name: str, day: date) -> int | None:
    if name not in parameters:
        raise BadInputError(
            f"regles/parametres.yml ne déclare pas {name}, que le score de qualité lit : l'ajouter, puis recommencer."
        )
    value = parameters[name].on(day)
    if value is not None and not (isinstance(value, int) and value >= 0):
        raise BadInputError(f"regles/parametres.yml : {name} vaut {value} ; écrire un entier positif ou nul, puis recommencer.")
    return value
