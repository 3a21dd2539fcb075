"""The reference date of a run: « today » for every model, the same for a run replayed later."""

from __future__ import annotations

import os
import re
from datetime import date

from data_contracts.errors import BadInputError

VARIABLE = "PARC_DATE_REFERENCE"
FORM = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def reference_date(asked: str | None = None) -> date:
    """Return the date asked for, else `PARC_DATE_REFERENCE`, else today. Raises BadInputError when it isn't AAAA-MM-JJ."""
    given = asked or os.environ.get(VARIABLE)
    if not given:
        return date.today()  # noqa: DTZ011 - the day it is where the person is
    try:
        # fromisoformat also reads 20261101 and 2026-W44-7.
        found = date.fromisoformat(given) if FORM.fullmatch(given) else None
    except ValueError:
        found = None
    if found is None:
        raise BadInputError(f"La date de référence « {given} » n'est pas une date : l'écrire AAAA-MM-JJ, par exemple 2026-11-01.")
    return found
