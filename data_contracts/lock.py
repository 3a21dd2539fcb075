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

from data_contracts.errors import TransientError
from data_contracts.layout import Home

PATIENCE = 60.0
"""Seconds to wait for a turn that takes an instant."""
_PAUSE = 0.02
"""Seconds between two tries."""


@contextmanager
def exclusive(home: Home, action: str, patience: float = 0.0) -> Iterator[None]:
    """Hold the lock of the home while the block runs. `action` names the work for whoever finds the lock taken.

    Raises TransientError when somebody else still holds it after so many seconds: at once unless told otherwise.
    """
    home.root.mkdir(parents=True, exist_ok=True)
    with home.lock.open("a+", encoding="utf-8") as file:
        if not _taken_within(file, patience):
            file.seek(0)
            holder = file.read().strip() or "un autre travail"
            raise TransientError(f"{home.root} est déjà occupé par {holder} : attendre sa fin, puis recommencer.")
        file.truncate(0)
        file.write(f"« {action} » (processus {os.getpid()})")
        file.flush()
        yield


@contextmanager
def in_turn(path: Path, patience: float = PATIENCE) -> Iterator[None]:
    """Hold the lock `path` while the block runs, once the others have had their turn.

    Raises TransientError when it is still taken after so many seconds.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a") as file:
        if not _taken_within(file, patience):
            raise TransientError(f"{path} est tenu depuis plus de {patience:.0f} s par un autre travail : recommencer plus tard.")
        yield


def _taken_within(file: IO[str], patience: float) -> bool:
    limit = time.monotonic() + patience
    while not _taken(file):
        if time.monotonic() >= limit:
            return False
        time.sleep(_PAUSE)
    return True


def _taken(file: IO[str]) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
