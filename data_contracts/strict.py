"""The base of every record read from a file: a name that it does not know is refused, and nothing of it changes once read."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Strict(BaseModel):
    """A record that knows all its names, and never changes."""

    model_config = ConfigDict(extra="forbid", frozen=True)
