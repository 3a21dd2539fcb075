"""The guide of the application, as the documentation holds it: texts and captures, in their order. No Streamlit."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

GUIDE = Path(__file__).parents[1] / "docs" / "guide-analyste.md"
_CAPTURE = re.compile(r"^!\[(?P<texte>[^\]]+)\]\((?P<chemin>[^)]+)\)$", re.MULTILINE)


@dataclass(frozen=True)
class Capture:
    """A picture of the application."""

    chemin: Path
    texte: str
    """What it shows, in words."""


def morceaux(guide: Path = GUIDE) -> list[str | Capture]:
    """Return the guide as Markdown texts and captures, its first title left out: the page has its own.

    Raises OSError when the documentation is not there.
    """
    ecrit = guide.read_text(encoding="utf-8").split("\n", 1)[1]
    lus: list[str | Capture] = []
    debut = 0
    for trouvee in _CAPTURE.finditer(ecrit):
        lus += [ecrit[debut : trouvee.start()].strip(), Capture(guide.parent / trouvee["chemin"], trouvee["texte"])]
        debut = trouvee.end()
    return [morceau for morceau in (*lus, ecrit[debut:].strip()) if morceau]
