"""Registers that are only ever added to: one file a batch of records, none of them ever changed.

A batch is written aside, flushed to the disk and renamed; its name carries the hash of its content, so that a damaged file is
known for what it is and spoils no other. Records are JSON objects, one a line.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

from data_contracts.disk import flush

Record = TypeVar("Record")

SUFFIX = ".jsonl"
DRAFT_PREFIX = ".tmp-"
"""What a batch is called until it is whole."""
_HASH_SHOWN = 16


def add(folder: Path, records: Iterable[Mapping[str, Any]], now: datetime) -> None:
    """Write a batch, whole or not at all. The caller holds the lock of the register."""
    content = "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records).encode()
    name = f"{now.astimezone(UTC):%Y%m%dT%H%M%S.%fZ}-{_digest(content)}{SUFFIX}"
    folder.mkdir(parents=True, exist_ok=True)
    draft = folder / f"{DRAFT_PREFIX}{name}"
    draft.write_bytes(content)
    flush(draft)
    draft.replace(folder / name)
    for place in (folder, folder.parent, folder.parent.parent):
        flush(place)


def read(folder: Path, record: Callable[[Any], Record]) -> tuple[list[Record], tuple[Path, ...]]:
    """Return the records of every batch, the oldest batch first, and the files that are not what was written.

    `record` makes one of a JSON value; a ValueError, KeyError or TypeError of its own tells a damaged file. Takes no lock: a batch
    appears whole or not at all.
    """
    found: list[Record] = []
    damaged = []
    for path in sorted(folder.glob(f"[!.]*{SUFFIX}")):
        batch = _batch(path, record)
        if batch is None:
            damaged.append(path)
        else:
            found += batch
    return found, tuple(damaged)


def state(folder: Path) -> str:
    """Return what changes whenever a batch is added, removed, damaged or repaired."""
    if not folder.is_dir():
        return ""
    with os.scandir(folder) as files:
        # a draft may be gone before it is looked at
        whole = (file for file in files if not file.name.startswith("."))
        told = sorted(f"{file.name} {file.stat().st_size} {file.stat().st_mtime_ns}" for file in whole)
    return _digest("\n".join(told).encode())


def remove_drafts(folder: Path) -> None:
    """Remove what a killed writer left. The caller holds the lock of the register."""
    for draft in folder.glob(f"{DRAFT_PREFIX}*"):
        draft.unlink()


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:_HASH_SHOWN]


def _batch(path: Path, record: Callable[[Any], Record]) -> list[Record] | None:
    try:
        content = path.read_bytes()
        if not path.stem.endswith(f"-{_digest(content)}"):
            return None
        return [record(json.loads(line)) for line in content.splitlines()]
    except (OSError, ValueError, KeyError, TypeError):
        return None
