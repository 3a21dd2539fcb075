"""What remains of words when their spelling no longer matters: titles, labels and statuses are compared so."""

from __future__ import annotations

import re
import unicodedata


def plain(text: str) -> str:
    """Reduce words to what tells them apart: « À_Traiter » and « a traiter » are the same."""
    return " ".join(re.split(r"[\W_]+", unaccented(text).casefold())).strip()


def unaccented(text: str) -> str:
    """Return a text without accents, ligatures and superscripts undone."""
    return "".join(letter for letter in unicodedata.normalize("NFKD", text) if not unicodedata.combining(letter))
