"""Turns the CSV of a survey into answers of one form, whatever its columns, its separator and its encoding."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from data_contracts.errors import BadInputError
from data_contracts.text_file import DELIMITERS, UnreadableRowError, csv_rows
from ingest.readers.report import slug, text_of
from ingest.satisfaction.description import PARIS, DateColumn, Survey

DEPARTEMENT = re.compile(r"\s*0?(9[78]\d|\d\d|2[AB]|\d)(?!\w)", re.IGNORECASE)
"""A code, alone or before a name: « 33 », « 033 », « 2a », « 33 - Gironde »."""
NUMBER = re.compile(r"[+-]?\d{1,9}([.,]\d{1,9})?")

Answer = Mapping[str, str | None]
WEIGHT_MAX = 64 << 20
"""Bytes of a survey: one answer has some hundreds."""


@dataclass(frozen=True)
class Sheet:
    """The CSV of a survey, its columns found."""

    path: Path
    delimiter: str
    labels: tuple[str, ...]
    """Of its header, in its order."""

    @property
    def names(self) -> tuple[str, ...]:
        """Its columns, told apart whatever their case, accents and punctuation."""
        return tuple(map(slug, self.labels))

    def lacks(self, survey: Survey) -> list[str]:
        """Return the columns of a survey that are not there."""
        return [label for label in survey.required if slug(label) not in self.names]


def sheet(path: Path) -> Sheet:
    """Read the header of a CSV: the separator is the one that makes the most columns. Raises BadInputError for an empty file."""
    headers = [Sheet(path, mark, tuple(next(_lines(path, mark), ()))) for mark in DELIMITERS]
    found = max(headers, key=lambda header: len(header.labels))
    if not found.labels:
        raise BadInputError(f"« {path.name} » est vide : refaire l'export CSV avec ses noms de colonnes.")
    return found


def answers(found: Sheet, survey: Survey) -> Iterator[Answer]:
    """Give every answer of a CSV, by column of the contract `reponse`: as text, what can't be read as it was written.

    Raises BadInputError when a column is missing or there twice, and at the first line that has not as many fields as the header.
    """
    columns = _positions(found, survey)
    named = {slug(label): value for label, value in survey.note.libelles.items()}
    seen: Counter[str] = Counter()
    for number, fields in enumerate(_lines(found.path, found.delimiter), 1):
        if number == 1 or not any(field.strip() for field in fields):
            continue
        if len(fields) != len(found.labels):
            raise BadInputError(
                f"« {found.path.name} », ligne {number} : {len(fields)} champs pour {len(found.labels)} colonnes ; "
                "refaire l'export."
            )
        values = {name: fields[rank].strip() or None for name, rank in columns.items()}
        yield {
            "enquete": survey.cle,
            "reponse": _identifier(survey, values.get("identifiant"), fields, seen),
            "date_reponse": _day(survey.date, values["date"]),
            "note": values["note"],
            "valeur": _value(named, values["note"]),
            "echelle_min": str(survey.note.minimum),
            "echelle_max": str(survey.note.maximum),
            "clarte": values.get("clarte"),
            "verbatim": values.get("verbatim"),
            "departement": _departement(values.get("departement")),
            "fichier": found.path.name,
            "ligne_fichier": str(number),
        }


def ignored(found: Sheet, survey: Survey) -> list[str]:
    """Return the labels of the columns that the survey does not describe."""
    used = _positions(found, survey).values()
    return [label for rank, label in enumerate(found.labels) if rank not in used and label.strip()]


def _positions(found: Sheet, survey: Survey) -> dict[str, int]:
    if missing := found.lacks(survey):
        raise BadInputError(
            f"« {found.path.name} » n'a pas la colonne « {missing[0]} » : refaire l'export, ou corriger la description."
        )
    described = {
        "date": survey.date.colonne,
        "note": survey.note.colonne,
        "identifiant": survey.identifiant,
        "clarte": survey.clarte,
        "verbatim": survey.verbatim,
        "departement": survey.departement,
    }
    names = found.names
    if doubled := [label for label in described.values() if label and names.count(slug(label)) > 1]:
        raise BadInputError(f"« {found.path.name} » a plusieurs fois la colonne « {doubled[0]} » : n'en garder qu'une.")
    return {name: names.index(slug(label)) for name, label in described.items() if label and slug(label) in names}


def _lines(path: Path, delimiter: str) -> Iterator[list[str]]:
    try:
        yield from csv_rows(text_of(path, WEIGHT_MAX), delimiter)
    except UnreadableRowError as error:
        raise BadInputError(
            f"« {path.name} » n'est pas un fichier CSV lisible : le refaire ou le transférer de nouveau."
        ) from error


def _identifier(survey: Survey, given: str | None, fields: Sequence[str], seen: Counter[str]) -> str:
    """Return what names an answer: what the survey gives, else its own content and its rank among equal ones."""
    if given:
        return f"{'jdma' if survey.canal == 'jdma' else survey.cle}:{given}"
    content = hashlib.sha256("\0".join(fields).encode()).hexdigest()
    seen[content] += 1
    return f"{survey.cle}:{content}:{seen[content]}"


def _day(column: DateColumn, text: str | None) -> str | None:
    """Return the day in Paris, or the text when it isn't a date of this form."""
    if text is None:
        return None
    try:
        moment = datetime.strptime(text, column.format).replace(tzinfo=ZoneInfo(column.fuseau))
        return moment.astimezone(ZoneInfo(PARIS)).date().isoformat()
    except (ValueError, OverflowError):
        return text


def _value(named: Mapping[str, int], text: str | None) -> str | None:
    """Return the note as a number, or the text when it is none. `named` gives the value of the answers in words."""
    if text is None:
        return None
    if (value := named.get(slug(text))) is not None:
        return str(value)
    return text.replace(",", ".") if NUMBER.fullmatch(text) else text


def _departement(text: str | None) -> str | None:
    """Return a code on two characters or three, or the text when it starts with none."""
    found = DEPARTEMENT.match(text or "")
    return found[1].upper().zfill(2) if found else text
