"""The reference date of a run: « today » for every model, the same for a run replayed later."""

from __future__ import annotations

import os
from datetime import date

from data_contracts.errors import BadInputError

VARIABLE = "PARC_DATE_REFERENCE"


def reference_date(asked: str | None = None) -> date:
    """Return the date asked for, else `PARC_DATE_REFERENCE`, else today. Raises BadInputError when it isn't AAAA-MM-JJ."""
    given = asked or os.environ.get(VARIABLE)
    if not given:
        return date.today()  # noqa: DTZ011 - the day it is where the person is
    try:
        return date.fromisoformat(given) if len(given) == len("AAAA-MM-JJ") else _refuse(given)
    except ValueError:
        return _refuse(given)


def _refuse(given: str) -> date:
    raise BadInputError(f"La date de référence « {given} » n'est pas une date : l'écrire AAAA-MM-JJ, par exemple 2026-11-01.")
