"""What is particular to each source system."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data_contracts.errors import BadInputError
from ingest.sources.apilos import APILOS
from ingest.sources.ecoloweb import ECOLOWEB
from ingest.sources.satisfaction import SATISFACTION
from ingest.sources.siap import SIAP
from ingest.sources.sisal import SISAL

if TYPE_CHECKING:
    from ingest.sources.system import System

SYSTEMS = {system.name: system for system in (ECOLOWEB, APILOS, SIAP, SISAL, SATISFACTION)}


def system_called(name: str) -> System:
    """Return a source system by its name. Raises BadInputError when there is no such source."""
    try:
        return SYSTEMS[name]
    except KeyError as error:
        raise BadInputError(f"La source « {name} » n'est pas connue : choisir parmi {', '.join(SYSTEMS)}.") from error
