"""Where one delivery is made, out of everybody's sight, and the one rename that makes it exist.

landing/<source>/.tmp-<random>/travail/     spools and spilled data: personal values in clear, for the time of the import
landing/<source>/.tmp-<random>/livraison/   the delivery, renamed to landing/<source>/<livraison_id>

A delivery that is no longer kept goes the other way: renamed into such a folder, then removed with it.
"""

from __future__ import annotations

import errno
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from data_contracts.delivery import Delivery
from data_contracts.disk import flush
from data_contracts.errors import TransientError
from data_contracts.layout import DELIVERY_FILE

if TYPE_CHECKING:
    from data_contracts.layout import Home

PREFIX = ".tmp-"
FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
FORBIDDEN = (errno.EACCES, errno.EPERM, errno.EROFS)


@dataclass(frozen=True)
class Workshop:
    """The private folder of one import."""

    home: Home
    folder: Path

    @property
    def scratch(self) -> Path:
        """Where readers spool and DuckDB spills."""
        return self.folder / "travail"

    @property
    def delivery(self) -> Path:
        """The delivery being made."""
        return self.folder / "livraison"

    def seal(self, delivery: Delivery) -> None:
        """Complete the delivery with its description, and wait until all of it is on disk."""
        (self.delivery / DELIVERY_FILE).write_text(delivery.model_dump_json(indent=2) + "\n", encoding="utf-8")
        for path in sorted(self.delivery.rglob("*")):
            flush(path)
        flush(self.delivery)

    def commit(self, delivery: Delivery) -> None:
        """Make the sealed delivery exist: one rename, which needs no room on the disk."""
        self.delivery.rename(self.home.delivery(delivery.source, delivery.livraison_id))
        flush(self.folder.parent)


@contextmanager
def workshop(home: Home, source: str) -> Iterator[Workshop]:
    """Give a private folder, removed whatever happens. What a killed import left is removed first.

    Raises TransientError when the disk is full or the home may not be written.
    """
    landing = home.landing / source
    remove_leftovers(landing)
    folder = landing / f"{PREFIX}{secrets.token_hex(8)}"
    try:
        try:
            landing.mkdir(parents=True, exist_ok=True)
            folder.mkdir(mode=0o700)
            shop = Workshop(home, folder)
            shop.scratch.mkdir()
            shop.delivery.mkdir()
            yield shop
        finally:
            if folder.exists():
                shutil.rmtree(folder)
    except (OSError, duckdb.Error) as error:
        if is_disk_full(error):
            raise TransientError(
                f"Plus de place pour écrire dans {landing} : libérer de l'espace disque, puis relancer l'import."
            ) from error
        if isinstance(error, OSError) and error.errno in FORBIDDEN:
            raise TransientError(
                f"L'import n'a pas le droit d'écrire dans {landing} : vérifier les droits de PARC_HOME."
            ) from error
        raise


def remove_leftovers(landing: Path) -> None:
    """Remove from the landing of a source what was being made or removed when it was killed. The caller holds the lock."""
    for leftover in landing.glob(f"{PREFIX}*"):
        shutil.rmtree(leftover)


def is_disk_full(error: Exception) -> bool:
    """Return whether an error says that the disk, or the quota, has no room left."""
    if isinstance(error, OSError):
        return error.errno in FULL
    texts = [*map(os.strerror, FULL), "max_temp_directory_size"]
    return isinstance(error, duckdb.Error) and any(text in str(error) for text in texts)
