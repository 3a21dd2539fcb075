"""What the YAML beside the CSV of a zoning says, when its header does not: which zoning it is, and from which day."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from data_contracts.strict import Strict

Label = Annotated[str, Field(min_length=1)]
Kind = Literal["ABC", "123"]


class Description(Strict):
    """The description of one CSV."""

    type_zonage: Kind
    date_debut: date
    """Day the zoning came into force."""
    code: Label | None = None
    """Label of the column of codes, when it is not one of those known."""
    zone: Label | None = None
    """Label of the column of zones, when several begin with « Zone »."""
