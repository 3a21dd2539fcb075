"""What is wrong in a warehouse, and how it is set right."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from data_contracts.disk import flush

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from data_contracts.layout import Home


@dataclass(frozen=True)
class Defect:
    """One thing that is not what was written."""

    path: Path
    sentence: str
    """What is wrong, in French."""
    remedy: str
    """What the repair does, or what a person has to do."""
    repair: Callable[[], None] | None = None
    """Sets it right; None when only a person can."""


def set_aside(home: Home, path: Path) -> None:
    """Take a file or a folder out of everybody's sight, without losing it: `ecarte/` under the path it had."""
    wanted = home.set_aside / path.relative_to(home.root)
    target, rank = wanted, 1
    while target.exists():
        rank += 1
        target = wanted.with_name(f"{wanted.name}-{rank}")
    target.parent.mkdir(parents=True, exist_ok=True)
    path.rename(target)
    flush(target.parent)
    flush(path.parent)
