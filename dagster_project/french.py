"""Numbers, durations and dates as a French reader expects them in a terminal."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

NARROW_SPACE = "\u202f"


def number(value: int) -> str:
    """Write a whole number: 781000 → « 781 000 »."""
    return f"{value:,}".replace(",", NARROW_SPACE)


def value(found: str | float | bool | list[str] | None) -> str:  # noqa: FBT001 - a value to write, not a choice
    """Write a value as JSON holds it: a day « 08/02/2024 », a number, oui or non, a list, « vide » for none."""
    match found:
        case None | []:
            return "vide"
        case bool():
            return "oui" if found else "non"
        case list():
            return ", ".join(found)
        case int():
            return number(found)
        case str() if re.fullmatch(r"\d{4}-\d{2}-\d{2}", found):
            return f"{date.fromisoformat(found):%d/%m/%Y}"
        case _:
            return str(found).replace(".", ",")


def count(value: int, singular: str, plural: str | None = None) -> str:
    """Write a count with its noun: « 1 ligne », « 2 lignes »."""
    return f"{number(value)} {singular if abs(value) < 2 else plural or singular + 's'}"  # noqa: PLR2004 - French plural starts at two


def percent(value: float) -> str:
    """Write a share in % with two decimals: 99.7 → « 99,70 % »."""
    return f"{value:.2f}".replace(".", ",") + f"{NARROW_SPACE}%"


def seconds(value: float) -> str:
    """Write a duration in seconds with one decimal: 1.25 → « 1,3 s »."""
    return f"{value:.1f}".replace(".", ",") + f"{NARROW_SPACE}s"


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
