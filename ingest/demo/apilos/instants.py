"""The clock of APiLos: what people do at an hour of Paris is stored in UTC, and may fall on the day before there."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from ingest.demo.alea import Alea

PARIS = ZoneInfo("Europe/Paris")
_PART_DE_MINUIT = 0.06
_MINUTES_DU_JOUR = 24 * 60


def a_paris(jour: date, minute: int, seconde: int = 0) -> datetime:
    """Return the instant, in UTC, of a minute of a day of Paris."""
    return datetime.combine(jour, time(minute // 60, minute % 60, seconde), PARIS).astimezone(UTC)


def instant(jour: date, alea: Alea) -> datetime:
    """Return an instant of that day: in office hours, or now and then just before or just after a midnight of Paris."""
    if alea.chance(_PART_DE_MINUIT):
        minute = alea.entier(0, 50) if alea.chance(0.5) else alea.entier(_MINUTES_DU_JOUR - 50, _MINUTES_DU_JOUR - 1)
    else:
        minute = alea.entier(8 * 60, 19 * 60)
    return a_paris(jour, minute, alea.entier(0, 59))


def jour_de_paris(quand: datetime) -> date:
    """Return the day it was in Paris."""
    return quand.astimezone(PARIS).date()


def jours_entre(debut: date, fin: date, combien: int, alea: Alea) -> list[date]:
    """Return that many different days strictly between two others, in order; fewer when there is no room."""
    place = (fin - debut).days - 1
    choisis: set[int] = set()
    while len(choisis) < min(combien, place):
        choisis.add(alea.entier(1, place))
    return [debut + timedelta(days=rang) for rang in sorted(choisis)]
