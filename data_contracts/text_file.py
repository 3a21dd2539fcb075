"""The texts that spreadsheets and reporting tools write: nothing in them says their encoding nor their separator."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator

DELIMITERS = (";", ",", "\t")
"""What may stand between two fields."""
ROW_MAX = 1 << 20
"""Characters of a row: one made of separators alone takes thirty times its weight in memory."""
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


class UnreadableRowError(csv.Error):
    """A row that CSV can't be read in; the text is the number of its line."""


def csv_rows(text: str, delimiter: str, *, strict: bool = False) -> Iterator[list[str]]:
    """Give the rows of a CSV. Raises UnreadableRowError for what is none, and for a row of more than ROW_MAX characters."""
    length = 0

    def lines() -> Iterator[str]:
        nonlocal length
        for line in io.StringIO(text, newline=""):
            length += len(line)
            if length > ROW_MAX:
                raise csv.Error("row too long")
            yield line

    reader = csv.reader(lines(), delimiter=delimiter, strict=strict)
    try:
        for fields in reader:
            length = 0
            yield fields
    except csv.Error as error:
        raise UnreadableRowError(reader.line_num) from error
