"""The texts that spreadsheets and reporting tools write: nothing in them says their encoding nor their separator."""

from __future__ import annotations

import codecs

DELIMITERS = (";", ",", "\t")
"""What may stand between two fields."""
_MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
_UNMARKED = ("utf-8", "cp1252")
"""The second is what Windows writes when nobody asks for UTF-8."""


def decoded(content: bytes) -> str:
    """Return the text of a file: in the encoding that its first bytes mark, else in UTF-8, else in that of Windows.

    Raises UnicodeDecodeError when it is in none of them.
    """
    encoding, *others = [name for mark, name in _MARKS.items() if content.startswith(mark)] or _UNMARKED
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        if not others:
            raise
        return content.decode(others[0])
