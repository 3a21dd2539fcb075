"""How a value is written for a French reader: numbers, dates, yes and no, what is missing. Pure functions, no Streamlit."""

from __future__ import annotations

import math
import re
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from collections.abc import Iterable

VIDE = "—"
"""What stands for a missing value."""
FINE = "\u202f"
"""Narrow no-break space, between thousands."""
INSECABLE = "\u00a0"
"""No-break space, before a unit."""
FORMULE = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for the start of a formula, at the start of a text."""
_DIXIEME = Decimal("0.1")
_MOINS = "\u2212"
_PARIS = ZoneInfo("Europe/Paris")
_ASSEZ_PRECIS = Context(prec=400, rounding=ROUND_HALF_UP)
"""Holds any DuckDB DOUBLE or DECIMAL without a digit lost; the default context stops at 28 digits."""

Nombre = int | float | Decimal


def nombre(valeur: Nombre | None, decimales: int = 2) -> str:
    """Write a number with at most `decimales` decimals, rounded half away from zero: 12345.60 → « 12 345,6 »."""
    arrondi = _arrondi(valeur, decimales)
    if arrondi is None:
        return VIDE
    entier, _, fraction = f"{arrondi.copy_abs():,f}".partition(".")
    fraction = fraction.rstrip("0")
    return _signe(arrondi) + entier.replace(",", FINE) + (f",{fraction}" if fraction else "")


def montant(valeur: Nombre | None, unite: str = "€") -> str:
    """Write an amount with its two decimals: 4.914956 → « 4,91 € »."""
    arrondi = _arrondi(valeur, 2)
    if arrondi is None:
        return VIDE
    return _signe(arrondi) + f"{arrondi.copy_abs():,f}".replace(",", FINE).replace(".", ",") + INSECABLE + unite


def mesure(valeur: Nombre | None, unite: str, decimales: int = 2) -> str:
    """Write a quantity with its unit: « 1 250,5 m² »; the unit does not follow a missing value."""
    ecrit = nombre(valeur, decimales)
    return VIDE if ecrit == VIDE else f"{ecrit}{INSECABLE}{unite}"


def loyer(valeur: Nombre | None, periode: str | None) -> str:
    """Write a rent by area: « 4,91 €/m² par mois »; `periode` is mois, an or unknown."""
    return montant(valeur, f"€/m²{f' par {periode}' if periode else ''}")


def part(valeur: Nombre, total: Nombre) -> str:
    """Write a share of a total: « 33,3 % »; missing when the total is zero."""
    return mesure(Decimal(valeur) * 100 / Decimal(total), "%", 1) if total else VIDE


def pourcent(part: float | Decimal) -> str:
    """Write a share in % rounded down to a tenth: only what is whole is written 100 %, only what is nothing 0 %."""
    if 0 < part < _DIXIEME:
        return f"moins de 0,1{INSECABLE}%"
    return mesure(Decimal(str(part)).quantize(_DIXIEME, rounding="ROUND_FLOOR"), "%", 1)


def pluriel(compte: int, singulier: str, forme_plurielle: str | None = None) -> str:
    """Write a count and its noun: « 0 lot », « 1 lot », « 2 lots »; `forme_plurielle` where an s is not enough."""
    nom = singulier if abs(compte) <= 1 else forme_plurielle or f"{singulier}s"
    return f"{nombre(compte)} {nom}"


def jour(valeur: date | None) -> str:
    """Write a day: « 26/11/1998 »."""
    return VIDE if valeur is None else f"{valeur.day:02d}/{valeur.month:02d}/{valeur.year:04d}"


def instant(valeur: datetime | None) -> str:
    """Write a moment in the time of Paris: « 26/11/1998 à 10 h 12 ». A moment without zone is taken as UTC."""
    if valeur is None:
        return VIDE
    local = a_paris(valeur)
    return f"{jour(local)} à {local.hour}{INSECABLE}h{INSECABLE}{local.minute:02d}"


def a_paris(valeur: datetime) -> datetime:
    """Return a moment in the time of Paris. A moment without zone is taken as UTC."""
    return (valeur if valeur.tzinfo else valeur.replace(tzinfo=ZoneInfo("UTC"))).astimezone(_PARIS)


def oui_non(valeur: bool | None) -> str:  # noqa: FBT001 - this is the value to write, not an option
    """Write a truth value."""
    return VIDE if valeur is None else "oui" if valeur else "non"


def texte(valeur: object) -> str:
    """Write a text as it is; a blank one is missing."""
    return VIDE if valeur is None or not str(valeur).strip() else str(valeur)


def liste(valeurs: Iterable[object] | None) -> str:
    """Write a list: « PLAI, PLUS »; an empty one is missing."""
    return texte(", ".join(valeur(element) for element in valeurs or ()))


def empreinte(sha256: str | None) -> str:
    """Write the first twelve characters of a hash, enough to recognise a file."""
    return texte((sha256 or "")[:12])


def valeur(quelconque: Any) -> str:  # noqa: ANN401 - one value of any column
    """Write any value of a table according to its type. Numbers keep every decimal they have."""
    match quelconque:
        case bool():
            return oui_non(quelconque)
        case int() | float() | Decimal():
            return nombre(quelconque, 12)
        case datetime():
            return jour(quelconque) + f" {quelconque:%H:%M:%S}"
        case date():
            return jour(quelconque)
        case list() | tuple():
            return liste(quelconque)
        case _:
            return texte(quelconque)


def typographie(phrase: str) -> str:
    """Return a sentence whose French punctuation never starts a line: no-break spaces before : ; ? ! and inside « »."""
    return re.sub(r" (?=[:;?!»])|(?<=«) ", INSECABLE, phrase)


def brut(quelconque: Any) -> str:  # noqa: ANN401 - one value of any column
    """Write any value for a file or a key: as `valeur`, without spaces between thousands, and nothing when it is missing."""
    match quelconque:
        case None:
            return ""
        case str():
            return quelconque
        case list() | tuple():
            return ", ".join(map(brut, quelconque))
        case bool():
            return oui_non(quelconque)
        case int() | float() | Decimal():
            return nombre(quelconque, 12).replace(FINE, "").replace(_MOINS, "-").replace(VIDE, "")
        case _:
            return valeur(quelconque)


def _arrondi(quantite: Nombre | None, decimales: int) -> Decimal | None:
    if quantite is None or not math.isfinite(quantite):
        return None
    exact = Decimal(str(quantite)) if isinstance(quantite, float) else Decimal(quantite)
    arrondi = exact.quantize(Decimal(1).scaleb(-decimales), context=_ASSEZ_PRECIS)
    return arrondi or Decimal(0)  # no minus zero


def _signe(quantite: Decimal) -> str:
    return _MOINS if quantite < 0 else ""
