"""JSON that others wrote: read within bounds of size and depth, with nothing that a table could not hold."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from data_contracts.errors import BadInputError

DEPTH_MAX = 64
"""Values inside values: the deepest answer that we know has eight."""
SIZE_MAX = 64 << 20
"""Bytes of one document, which is read whole: it takes some twenty times as much memory."""
NO_CHARACTER = re.compile("[\ud800-\udfff]")
"""Halves of characters, which no encoding writes."""
SUSPECT = re.compile(rb"\\u[dD][89a-fA-F]")
"""What may write one; two halves of an emoji look the same."""


class NoCharacterError(ValueError):
    """A text holds half a character."""


def parsed(content: bytes, *, numbers_as_text: bool = False) -> Any:  # noqa: ANN401 - whatever JSON holds
    """Return the value of a document, its numbers as they are written if asked. Raises ValueError for what is not readable JSON."""
    as_text: dict[str, Any] = {"parse_float": str, "parse_int": str, "parse_constant": str} if numbers_as_text else {}
    try:
        # Decoded here: json itself lets raw halves of characters through.
        found = json.loads(content.decode(json.detect_encoding(content)), **as_text)
    except RecursionError:
        raise ValueError("nested too deep") from None
    if _is_too_deep(found):
        raise ValueError("nested too deep")
    if SUSPECT.search(content) and NO_CHARACTER.search(json.dumps(found, ensure_ascii=False)):
        raise NoCharacterError("half a character")
    return found


def whole(path: Path) -> bytes:
    """Return the content of a file that is read at once. Raises BadInputError when it is too large for that."""
    if path.stat().st_size > SIZE_MAX:
        raise BadInputError(f"« {path.name} » pèse plus de {SIZE_MAX >> 20} Mo : le partager en plusieurs fichiers.")
    return path.read_bytes()


def _is_too_deep(value: object) -> bool:
    level = [value]
    for _ in range(DEPTH_MAX):
        holders = [one for one in level if isinstance(one, dict | list)]
        if not holders:
            return False
        level = [child for one in holders for child in (one.values() if isinstance(one, dict) else one)]
    return True
