"""What goes on its date beside the landed deliveries: clear values that wait, what was set aside, old publications, the journal.

How long each is kept is in `data_contracts.durations`.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from dagster_project import depot, french, publication
from data_contracts import durations
from data_contracts.acces import journal

if TYPE_CHECKING:
    from pathlib import Path

    from data_contracts.layout import Home


def apply(home: Home, now: datetime) -> list[str]:
    """Remove what is past its date and return its paths in the home, for people. The caller holds the lock of the home."""
    removed = [f"depot/refusees/{name}" for name in depot.purge(home, now)]
    for path in (*_extractions(home, now), *_set_aside(home, now)):
        removed.append(str(path.relative_to(home.root)))
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    if home.current.exists():
        removed += [f"published/{run_id}" for run_id in publication.prune(home, now)]
    if forgotten := journal.oublier(home.access_journal, now - durations.ACCESS_JOURNAL.duree):
        removed.append(f"registre/acces.jsonl ({french.count(forgotten, 'entrée')})")
    return removed


def sentence(removed: Sequence[str]) -> str:
    """Say what was removed."""
    return f"Supprimé à son échéance : {', '.join(removed)}."


def _extractions(home: Home, now: datetime) -> Iterator[Path]:
    for folder in sorted(home.extractions("").glob("*")):
        last = max(path.stat().st_mtime for path in (folder, *folder.rglob("*")))
        if now - datetime.fromtimestamp(last, UTC) > durations.EXTRACTION.duree:
            yield folder


def _set_aside(home: Home, now: datetime) -> Iterator[Path]:
    """Yield what was set aside whole.

    The last change of an entry is the day it was moved: a rename changes nothing of what it holds.
    """
    patterns = ("landing/*/*", "published/*", "registre/*", "registre/*/*")
    for path in sorted(path for pattern in patterns for path in home.set_aside.glob(pattern)):
        is_shelf = path.is_dir() and path.parent == home.set_aside / "registre"
        moved = datetime.fromtimestamp(path.lstat().st_ctime, UTC)
        if not is_shelf and now - moved > durations.SET_ASIDE.duree:
            yield path
