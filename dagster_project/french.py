"""Numbers, durations and dates as a French reader expects them in a terminal."""

from __future__ import annotations

from datetime import UTC, datetime

from data_contracts.words import NARROW_SPACE, number, value

__all__ = ["age", "count", "local_moment", "number", "percent", "seconds", "value"]


def count(amount: int, singular: str, plural: str | None = None) -> str:
    """Write a count with its noun: « 1 ligne », « 2 lignes »."""
    return f"{number(amount)} {singular if abs(amount) < 2 else plural or singular + 's'}"  # noqa: PLR2004 - French plural starts at two


def percent(share: float) -> str:
    """Write a share in % with two decimals: 99.7 → « 99,70 % »."""
    return f"{share:.2f}".replace(".", ",") + f"{NARROW_SPACE}%"


def seconds(elapsed: float) -> str:
    """Write a duration in seconds with one decimal: 1.25 → « 1,3 s »."""
    return f"{elapsed:.1f}".replace(".", ",") + f"{NARROW_SPACE}s"


def age(moment: datetime, now: datetime) -> str:
    """Write how long ago something happened, in its largest unit."""
    hours = int((now - moment).total_seconds() // 3600)
    if hours < 1:
        return "moins d'une heure"
    return count(hours, "heure") if hours < 48 else count(hours // 24, "jour")  # noqa: PLR2004 - two days and more are counted in days


def local_moment(moment: datetime) -> str:
    """Write a moment in the time of this machine: « 03/11/2026 à 14:05 »."""
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return aware.astimezone().strftime("%d/%m/%Y à %H:%M")
