"""What the import must know of a source system beyond its contracts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.formats import Origin, detect

if TYPE_CHECKING:
    import duckdb


@dataclass(frozen=True)
class System:
    """One source system."""

    name: str
    """Folder of its contracts and of its landing."""
    label: str
    """What people call it."""
    preferred_schema: str
    """Schema of its tables in its own database; empty when its deliveries have none."""
    perimeter: Callable[[duckdb.DuckDBPyConnection, Sequence[str]], Mapping[str, str]]
    """Given the received tables as text (schema `recu`) and département codes, returns by table the condition on a received row
    under which it belongs to these départements. A table it does not name is kept whole."""
    detect: Callable[[str | Path], Origin] = detect
    """Tells what one of its deliveries is. Raises BadInputError for what is not one."""
    about_replaced: Callable[[Path, Path], list[str]] = lambda _replaced, _landed: []
    """Given the folder of the delivery replaced and that of the one just landed, returns French sentences on what is lost."""
