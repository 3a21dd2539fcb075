"""How the commands speak: whole lines, as they are, on the output; warnings on the other one."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping
from typing import Any

from rich.console import Console

from data_contracts.plain_text import visible


def harmless(text: str) -> str:
    """Return a text from elsewhere, its lines kept, without what would steer a terminal."""
    return "\n".join(visible(line, len(line)) for line in text.split("\n"))


def say(lines: Iterable[str], console: Console | None = None) -> None:
    """Print lines, neither cut nor coloured."""
    shown = console or Console(highlight=False)
    for line in lines:
        shown.print(harmless(line), markup=False, soft_wrap=True)


def warn(sentences: Iterable[str]) -> None:
    """Print warnings on the error output."""
    say((f"! {sentence}" for sentence in sentences), Console(stderr=True, highlight=False))


def write_json(content: Mapping[str, Any]) -> None:
    """Write a document on the output."""
    sys.stdout.write(json.dumps(content, ensure_ascii=False, indent=1) + "\n")
