"""The inbox: which deliveries lie in it, which of them are whole, and where they go once received or refused.

Whoever drops a delivery need not say when it is finished: it is whole once nothing of it has moved for a while. Times are seconds
since the epoch, as the cursor of the sensor keeps them.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from pydantic import TypeAdapter

from data_contracts import durations
from data_contracts.errors import BadInputError
from data_contracts.layout import Home
from data_contracts.plain_text import is_text, visible

UNFINISHED = (".part", ".tmp", ".crdownload", ".filepart")
"""How the tools that copy call what they have not finished."""
STILL = 60.0
"""Seconds without a move after which a delivery is whole."""
AGAIN = 3600.0
"""Seconds after which a delivery that is still there is asked for again."""
REFUSED_KEPT = durations.REFUSED.duree
STAMP = "%Y%m%dT%H%M%SZ"
STAMP_LENGTH = len("20261103T140500Z")
SIGNATURE_DIGITS = 16


@dataclass(frozen=True)
class Deposit:
    """A file or a folder of the inbox."""

    source: str
    """The folder it was dropped in; empty for what lies outside those of the sources."""
    nom: str

    def path(self, home: Home) -> Path:
        """Return where it lies. Raises BadInputError for a name that leads elsewhere."""
        if not self.nom or any(part == ".." or Path(part).name != part for part in (self.source, self.nom)):
            raise BadInputError(f"« {self.source}/{self.nom} » ne désigne rien du dépôt {home.inbox} : donner la source et le nom.")
        return home.inbox / self.source / self.nom


@dataclass(frozen=True)
class Seen:
    """What is known of a deposit since it last moved."""

    signature: str
    since: float
    asked: int = 0
    """How many times its reception was asked for."""
    asked_at: float = 0.0

    @property
    def due(self) -> float:
        """When its reception must be asked for, if it is still there and has not moved."""
        return self.asked_at + AGAIN if self.asked else self.since + STILL


Cursor = dict[str, Seen]
"""What was seen, by source/name."""
_CURSOR = TypeAdapter(Cursor)


@dataclass(frozen=True)
class Ready:
    """A whole delivery, and the name of the request for it, which is never given twice."""

    deposit: Deposit
    request: str


def whole(before: Mapping[str, Seen], now_there: Mapping[Deposit, str | None], now: float) -> tuple[list[Ready], Cursor]:
    """Return the deliveries to ask for and what to remember until the next look.

    Args:
        before: what the last look remembered.
        now_there: signature of each deposit, None while something of it is unfinished.
        now: when this look was made.
    """
    ready: list[Ready] = []
    seen: Cursor = {}
    for deposit, signature in now_there.items():
        if signature is None:
            continue
        key = f"{deposit.source}/{deposit.nom}"
        known = before.get(key)
        if known is None or known.signature != signature:
            known = Seen(signature, now)
        elif now >= known.due:
            known = replace(known, asked=known.asked + 1, asked_at=now)
            # The moment, because what was refused may be dropped again as it is; the rank, because it may have to be asked again.
            ready.append(Ready(deposit, f"{key} {signature} {known.since:.0f} {known.asked}"))
        seen[key] = known
    return ready, seen


def look(home: Home) -> dict[Deposit, str | None]:
    """Return the signature of each deposit of the inbox, by source then name; None while something of it is unfinished."""
    return {deposit: signature(home, deposit) for deposit in _deposits(home) if is_text(deposit.nom)}


def nameless(home: Home) -> list[str]:
    """Return the deposits whose name is in no encoding, as it can be shown: nothing can ask for them."""
    return [visible(deposit.nom, len(deposit.nom)) for deposit in _deposits(home) if not is_text(deposit.nom)]


def _deposits(home: Home) -> list[Deposit]:
    if not home.inbox.is_dir():
        return []
    visible_ones = [path for path in sorted(home.inbox.iterdir()) if path != home.refused and not path.name.startswith(".")]
    there = [
        *(Deposit("", path.name) for path in visible_ones if not path.is_dir()),
        *(Deposit(folder.name, path.name) for folder in visible_ones if folder.is_dir() for path in sorted(folder.iterdir())),
    ]
    return [deposit for deposit in there if not deposit.nom.startswith(".")]


def signature(home: Home, deposit: Deposit) -> str | None:
    """Return what a deposit looks like: names, sizes and dates of all its files; None when it is unfinished, empty or gone."""
    path = deposit.path(home)
    try:
        # A link is what it is, never what it leads to: the whole disk, or itself.
        files = sorted(file for file in path.rglob("*") if file.is_symlink() or file.is_file()) if _is_folder(path) else [path]
        if not files or any(file.suffix.lower() in UNFINISHED for file in files):
            return None
        # Hidden files count: the tool that copies a folder may be filling one.
        states = [(file.relative_to(path).as_posix(), file.lstat().st_size, file.lstat().st_mtime_ns) for file in files]
    except FileNotFoundError:
        return None
    return hashlib.sha256(repr(states).encode()).hexdigest()[:SIGNATURE_DIGITS]


def link_in(path: Path) -> Path | None:
    """Return a link found in a deposit, or the deposit itself; None when there is none.

    Whoever deposits may not read all that the warehouse does: following a link would read it for them.
    """
    files = [path, *sorted(path.rglob("*"))] if _is_folder(path) else [path]
    return next((file for file in files if file.is_symlink()), None)


def set_aside(home: Home, deposit: Deposit, reason: str, now: datetime) -> Path:
    """Move a refused delivery out of the way, with the sentence that says why beside it; return where it is."""
    name = f"{now.astimezone(UTC):{STAMP}}-{deposit.source or 'sans-source'}-{deposit.nom}"
    home.refused.mkdir(parents=True, exist_ok=True)
    (home.refused / f"{name}.txt").write_text(f"{reason}\n", encoding="utf-8")
    return Path(shutil.move(deposit.path(home), home.refused / name))


def remove(path: Path) -> None:
    """Remove a file or a folder."""
    if _is_folder(path):
        shutil.rmtree(path)
    else:
        path.unlink()


def purge(home: Home, now: datetime) -> list[str]:
    """Remove the deliveries refused too long ago, which hold personal values in clear; return their names."""
    old = [path for path in sorted(home.refused.glob("*")) if (day := _refused_on(path)) and now - day >= REFUSED_KEPT]
    for path in old:
        remove(path)
    return [path.name for path in old]


def read_cursor(text: str | None) -> Cursor:
    """Return what the last look remembered; nothing at the first one."""
    return _CURSOR.validate_json(text) if text else {}


def write_cursor(cursor: Cursor) -> str:
    """Return a cursor as text."""
    return _CURSOR.dump_json(cursor).decode()


def _is_folder(path: Path) -> bool:
    return path.is_dir() and not path.is_symlink()


def _refused_on(path: Path) -> datetime | None:
    """Return when a delivery was refused, None for a file that somebody else put there."""
    try:
        return datetime.strptime(path.name[:STAMP_LENGTH], STAMP).replace(tzinfo=UTC)
    except ValueError:
        return None
