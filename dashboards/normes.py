"""What remains of a text when its spelling no longer matters: to search names and numbers, in SQL and in Python alike."""

from __future__ import annotations

import re
import unicodedata

_SANS_SEPARATEUR = "regexp_replace(upper(strip_accents({})), '[^A-Z0-9]', '', 'g')"


def norme_sql(expression: str) -> str:
    """Return the SQL that gives what `norme` gives: no space, slash, dash, dot nor accent, capitals only."""
    return _SANS_SEPARATEUR.format(expression)


def norme(saisie: str) -> str:
    """Return the capitals and digits of a text: « L'Été 33/2 » → « LETE332 »."""
    return "".join(mots(saisie))


def mots(saisie: str) -> list[str]:
    """Return the words of a text, without accents and in capitals: « L'Été 33/2 » → L, ETE, 33, 2."""
    sans_accent = unicodedata.normalize("NFD", saisie)
    lettres = "".join(lettre for lettre in sans_accent if not unicodedata.combining(lettre))
    return re.findall(r"[A-Z0-9]+", lettres.upper())
