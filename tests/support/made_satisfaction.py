"""Made answers to surveys: exports of JDMA, free surveys with their description, and telephone numbers as people write them."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import yaml
from hypothesis import strategies as st


@st.composite
def phones(draw: st.DrawFn) -> str:
    """A French telephone number, written in one of the usual ways."""
    digits = "".join(str(draw(st.integers(0, 9))) for _ in range(8))
    line = draw(st.integers(1, 9))
    prefix = draw(st.sampled_from(["0", "+33 ", "+33 (0)", "0033", "(0)"]))
    mark = draw(st.sampled_from(["", " ", ".", "-", "/", "\u00a0", "\u202f", " - "]))
    return prefix + mark.join([str(line), *(digits[rank : rank + 2] for rank in range(0, 8, 2))])


JDMA_HEADER = (
    "Review ID",
    "Review Created At",
    "De façon générale, comment ça s’est passé ?",
    "Qu'avez-vous pensé des informations et des instructions fournies ?",
    "Souhaitez-vous nous en dire plus ?",
)
SURVEY = {
    "titre": "Enquête bailleurs 2026",
    "public": "bailleur",
    "date": {"colonne": "Date", "format": "%d/%m/%Y"},
    "note": {"colonne": "Note", "minimum": 1, "maximum": 5},
    "verbatim": "Commentaire",
    "departement": "Département",
}
SURVEY_HEADER = ("Date", "Note", "Commentaire", "Département")


def write_csv(path: Path, header: Sequence[str], rows: Iterable[Sequence[str]], *, delimiter: str = ",") -> Path:
    """Write a CSV in UTF-8."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=delimiter).writerows([header, *rows])
    return path


def write_jdma(path: Path, rows: Iterable[Sequence[str]]) -> Path:
    """Write an export of JDMA: rows of number, moment, smiley, clarity, comment."""
    return write_csv(path, JDMA_HEADER, rows)


def write_survey(folder: Path, rows: Iterable[Sequence[str]], name: str = "reponses", **said: Any) -> Path:  # noqa: ANN401 - any key
    """Write a survey and its description, whose keys `said` replaces: rows of day, note, comment, département."""
    write_csv(folder / f"{name}.csv", SURVEY_HEADER, rows, delimiter=";")
    (folder / f"{name}.yml").write_text(yaml.safe_dump(SURVEY | said, allow_unicode=True), encoding="utf-8")
    return folder
