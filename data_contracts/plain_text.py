"""What remains of words when their spelling no longer matters: titles, labels and statuses are compared so."""

from __future__ import annotations

import re
import unicodedata


def plain(text: str) -> str:
    """Reduce words to what tells them apart: « À_Traiter » and « a traiter » are the same."""
    return " ".join(re.split(r"[\W_]+", unaccented(text).casefold())).strip()


UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ud800-\udfff\ufeff]")
"""What steers a terminal, turns the reading around or shows nothing, and halves of characters, which can't even be written."""


def visible(text: str, limit: int) -> str:
    """Return a text from elsewhere as a sentence may quote it: on one line, what can't be seen replaced, what is too long cut."""
    shown = UNSEEN.sub("\ufffd", text)
    return shown if len(shown) <= limit else f"{shown[: limit - 1]}…"


def is_text(name: str) -> bool:
    """Return whether a name of the disk can be written: some systems let one be in no encoding, or in another than theirs."""
    return name.encode(errors="replace").decode() == name


def unaccented(text: str) -> str:
    """Return a text without accents, ligatures and superscripts undone."""
    return "".join(letter for letter in unicodedata.normalize("NFKD", text) if not unicodedata.combining(letter))
