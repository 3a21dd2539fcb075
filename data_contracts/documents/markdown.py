"""Markdown that renders the same wherever it is read: what a text holds is shown as it is written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

_MARKS = re.compile(r"[\\`*<$\[\]]|(?<!\w)_|_(?!\w)")
"""What Markdown would read as its own; an underscore inside a word is not."""
_WORDS = re.compile(r"(?:'[^']*'|[^\s'])+")
"""A piece of SQL that no line break may cut: a string keeps its spaces."""
_WIDTH = 100


def plain(text: str) -> str:
    """Return a text on one line, whose marks are shown and not obeyed."""
    return _MARKS.sub(r"\\\g<0>", " ".join(text.split()))


def code(text: str) -> str:
    """Return a text as code inside a sentence."""
    fence = "``" if "`" in text else "`"
    return f"{fence}{' '.join(text.split())}{fence}"


def sql(expression: str) -> str:
    """Return an expression as a block of SQL, on lines of a hundred characters at most where its words allow it."""
    written: list[str] = []
    for word in _WORDS.findall(expression):
        if written and len(written[-1]) + len(word) < _WIDTH:
            written[-1] += f" {word}"
        else:
            written.append(word)
    return "\n".join(["```sql", *written, "```"])


def bullets(items: Iterable[str]) -> str:
    """Return a list."""
    return "\n".join(f"- {item}" for item in items)


def table(titles: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table. Its cells are Markdown already: a bar in them is shown, not obeyed."""
    return "\n".join(_row(cells) for cells in [titles, ["---"] * len(titles), *rows])


def page(*blocks: str) -> str:
    """Return a whole page: its blocks, those that say something, a blank line apart."""
    return "\n\n".join(block for block in blocks if block) + "\n"


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cell.replace("|", r"\|").replace("\n", " ") for cell in cells) + " |"
