"""The Kaplan–Meier estimate in exact fractions, one day after another: slow, and plain enough to trust."""

from __future__ import annotations

from collections.abc import Collection
from fractions import Fraction

File = tuple[int, bool]
"""Days in the stage, and whether it is still there."""


def median(files: Collection[File]) -> int | None:
    """Return the first day by which half of the files or more have left; None when fewer have."""
    left = Fraction(1)
    for day in sorted({days for days, _ in files}):
        exposed = sum(days >= day for days, _ in files)
        left *= 1 - Fraction(sum(days == day and not is_open for days, is_open in files), exposed)
        if left <= Fraction(1, 2):
            return day
    return None
