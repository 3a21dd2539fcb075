"""The journal of the application, `registre/acces.jsonl`: who downloaded what, who decided what. Its entries go on their date.

One JSON object a line. Lines of several processes never mix: each is written in one call, at the end of the file. A line that a cut
left unfinished is closed by the next one, and read as nothing.
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path


class Geste(StrEnum):
    """What is written down."""

    CONNEXION = "connexion"
    REFUS = "refus"
    """Somebody signed in whom the rights file does not name."""
    TELECHARGEMENT = "telechargement"
    DECISION = "decision"


@dataclass(frozen=True)
class Entree:
    """One thing that a reader did."""

    lecteur: str
    """The address they signed in with; « poste local » where nobody signs in."""
    geste: Geste
    objet: str = ""
    """The name of the file downloaded, the finding decided."""
    publication: str = ""
    """The run being read."""
    perimetre: str = ""
    """The départements that the reader sees, « tous » for all of France."""


def ajouter(path: Path, entree: Entree) -> None:
    """Write one entry, dated, and return once the disk has it. Raises OSError when the disk refuses."""
    line = json.dumps({"instant": datetime.now(UTC).isoformat(), **asdict(entree)}, ensure_ascii=False)
    path.parent.mkdir(parents=True, exist_ok=True)
    with _held(path) as descriptor:
        os.write(descriptor, f"{'' if _is_whole(path) else chr(10)}{line}\n".encode())
        os.fsync(descriptor)


def oublier(path: Path, avant: datetime) -> int:
    """Take the entries of before an instant out of the journal, which is replaced whole; return how many."""
    if not path.is_file():
        return 0
    with _held(path):
        entries = list(lire(path))
        kept = [entry for entry in entries if datetime.fromisoformat(entry["instant"]) >= avant]
        if len(kept) < len(entries):
            draft = path.with_name(f".tmp-{path.name}")
            with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
                file.writelines(json.dumps(entry, ensure_ascii=False) + "\n" for entry in kept)
                file.flush()
                os.fsync(file.fileno())
            draft.replace(path)
    return len(entries) - len(kept)


def lire(path: Path) -> Iterator[dict[str, str]]:
    """Give every whole entry, the oldest first, its `instant` with them; nothing when there is no journal."""
    if not path.is_file():
        return
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            try:
                yield json.loads(line)
            except json.JSONDecodeError:
                continue


@contextmanager
def _held(path: Path) -> Iterator[int]:
    """Give the journal open for adding, held against every other process until the end, and made when it was not there."""
    while True:
        descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            # Whoever held it may have replaced it: what is added to the file of before would be lost.
            if path.exists() and os.path.samestat(os.fstat(descriptor), path.stat()):
                yield descriptor
                return
        finally:
            os.close(descriptor)


def _is_whole(path: Path) -> bool:
    """Tell whether the file ends with its last line: a cut may have left half of one."""
    with path.open("rb") as content:
        if content.seek(0, os.SEEK_END) == 0:
            return True
        content.seek(-1, os.SEEK_END)
        return content.read(1) == b"\n"
