"""Working days: Monday to Friday but the holidays of France, of Alsace and Moselle, and of overseas."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

import numpy as np

_ANNEES = range(1977, 2041)
_FIXES = ((1, 1), (5, 1), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25))
_APRES_PAQUES = (1, 39, 50)
_HUIT_MAI_DEPUIS = 1982
_DROIT_LOCAL = frozenset({"57", "67", "68"})
_ABOLITIONS = {"971": (5, 27), "972": (5, 22), "973": (6, 10), "974": (12, 20), "976": (4, 27)}
_ABOLITIONS_DEPUIS = date(1983, 11, 24)


def jours_ouvres(debut: date, fin: date, departement: str) -> int:
    """Return the working days of a département after a day, up to another, included."""
    lendemains = [np.datetime64(jour + timedelta(days=1)) for jour in (debut, fin)]
    propre = departement if departement in _DROIT_LOCAL or departement in _ABOLITIONS else ""
    return int(np.busday_count(lendemains[0], lendemains[1], busdaycal=_calendrier(propre)))


@cache
def _calendrier(departement: str) -> np.busdaycalendar:
    jours: list[date] = []
    for annee in _ANNEES:
        dimanche = paques(annee)
        jours += [date(annee, mois, jour) for mois, jour in _FIXES]
        jours += [dimanche + timedelta(days=apres) for apres in _APRES_PAQUES]
        if annee >= _HUIT_MAI_DEPUIS:
            jours.append(date(annee, 5, 8))
        if departement in _DROIT_LOCAL:
            jours += [dimanche - timedelta(days=2), date(annee, 12, 26)]
        if departement in _ABOLITIONS and date(annee, *_ABOLITIONS[departement]) >= _ABOLITIONS_DEPUIS:
            jours.append(date(annee, *_ABOLITIONS[departement]))
    return np.busdaycalendar(holidays=[np.datetime64(jour) for jour in jours])


def paques(annee: int) -> date:
    """Return Easter Sunday of a year of the Gregorian calendar."""
    siecle, reste = divmod(annee, 100)
    nombre_d_or = annee % 19
    correction = (siecle - (siecle + 8) // 25 + 1) // 3
    epacte = (19 * nombre_d_or + siecle - siecle // 4 - correction + 15) % 30
    semaine = (32 + 2 * (siecle % 4) + 2 * (reste // 4) - epacte - reste % 4) % 7
    ajout = (nombre_d_or + 11 * epacte + 22 * semaine) // 451
    mois, jour = divmod(epacte + semaine - 7 * ajout + 114, 31)
    return date(annee, mois, jour + 1)
