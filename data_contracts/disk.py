"""What it takes for files to outlive a power cut, to be known for what they are, and to be kept twice for the room of one."""

from __future__ import annotations

import hashlib
import os
import shutil
from pathlib import Path


def flush(path: Path) -> None:
    """Wait until a file, or the list of the files of a folder, is on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sha256(path: Path) -> str:
    """Return the hash of the content of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def link(path: Path, target: Path) -> None:
    """Give a file another name, or copy it where the disk can't: nobody ever changes it in place."""
    try:
        os.link(path, target)
    except OSError:
        shutil.copyfile(path, target)
