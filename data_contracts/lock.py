"""The locks: import and run never overlap; those who record decisions take turns, whatever run is going on.

The system frees a lock when its holder dies, however it dies.
"""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from data_contracts.errors import BadInputError
from data_contracts.layout import Home

PATIENCE = 60.0
"""Seconds to wait for a turn that takes an instant."""
_PAUSE = 0.02
"""Seconds between two tries."""


@contextmanager
def exclusive(home: Home, action: str) -> Iterator[None]:
    """Hold the lock of the home while the block runs. `action` names the work for whoever finds the lock taken.

    Raises BadInputError at once when somebody else holds it.
    """
    home.root.mkdir(parents=True, exist_ok=True)
    with home.lock.open("a+", encoding="utf-8") as file:
        if not _taken(file):
            file.seek(0)
            holder = file.read().strip() or "un autre travail"
            raise BadInputError(f"{home.root} est déjà occupé par {holder} : attendre sa fin, puis recommencer.")
        file.truncate(0)
        file.write(f"« {action} » (processus {os.getpid()})")
        file.flush()
        yield


@contextmanager
def in_turn(path: Path, patience: float = PATIENCE) -> Iterator[None]:
    """Hold the lock `path` while the block runs, once the others have had their turn.

    Raises BadInputError when it is still taken after so many seconds.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    limit = time.monotonic() + patience
    with path.open("a") as file:
        while not _taken(file):
            if time.monotonic() >= limit:
                raise BadInputError(
                    f"{path} est tenu depuis plus de {patience:.0f} s par un autre travail : recommencer plus tard."
                )
            time.sleep(_PAUSE)
        yield


def _taken(file: IO[str]) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
