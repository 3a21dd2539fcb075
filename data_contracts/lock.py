"""The one lock on `PARC_HOME`: import, run and decision never overlap.

The system frees it when its holder dies, however it dies.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager

from data_contracts.errors import BadInputError
from data_contracts.layout import Home


@contextmanager
def exclusive(home: Home, action: str) -> Iterator[None]:
    """Hold the lock while the block runs. `action` names the work for whoever finds the lock taken.

    Raises BadInputError at once when somebody else holds it.
    """
    home.root.mkdir(parents=True, exist_ok=True)
    with home.lock.open("a+", encoding="utf-8") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            file.seek(0)
            holder = file.read().strip() or "un autre travail"
            raise BadInputError(f"{home.root} est déjà occupé par {holder} : attendre sa fin, puis recommencer.") from error
        file.truncate(0)
        file.write(f"« {action} » (processus {os.getpid()})")
        file.flush()
        yield
