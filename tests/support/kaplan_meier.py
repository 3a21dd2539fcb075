"""The Kaplan–Meier estimate in exact fractions, one day after another: slow, and plain enough to trust."""

from __future__ import annotations

from collections.abc import Collection
from fractions import Fraction

File = tuple[int, bool]
"""Days in the stage, and whether it is still there."""


def survival(files: Collection[File]) -> dict[int, Fraction]:
    """Return, for each day on which files were seen, the share of them that stayed longer."""
    left = Fraction(1)
    shares = {}
    for day in sorted({days for days, _ in files}):
        exposed = sum(days >= day for days, _ in files)
        left *= 1 - Fraction(sum(days == day and not is_open for days, is_open in files), exposed)
        shares[day] = left
    return shares


def median(files: Collection[File]) -> int | None:
    """Return the first day by which half of the files or more have left; None when fewer have."""
    return next((day for day, left in survival(files).items() if left <= Fraction(1, 2)), None)
