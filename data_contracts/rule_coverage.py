"""What the source documents say, section by section, and what the catalogue makes of it: rules, indicators, or the reason why none.

The documents are not in the repository: `regles/sections.yml` lists their sections. The rules of a section are those that cite it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import Field

from data_contracts.plain_text import plain
from data_contracts.rule_loader import RULES, SECTIONS_FILE, Catalogue
from data_contracts.strict import Strict
from data_contracts.yaml_file import YamlFile


class Section(Strict):
    """A section of a source document."""

    section: str
    """Its title, as the document writes it."""
    aussi: tuple[str, ...] = ()
    """Other titles that the document gives it, under which a rule may cite it."""
    motif: str | None = None
    """Why no rule asks anything of it."""
    indicateurs: tuple[Annotated[str, Field(pattern=r"^[A-Z]-\d{2}$")], ...] = ()

    @property
    def titles(self) -> tuple[str, ...]:
        """Every title it bears."""
        return (self.section, *self.aussi)


Sections = Mapping[str, tuple[Section, ...]]
"""The sections of each document, by file name, in the order of the document."""


@dataclass(frozen=True)
class Line:
    """A section and the rules that cite it."""

    section: Section
    rules: tuple[str, ...]

    @property
    def is_empty(self) -> bool:
        """Whether nothing says what becomes of the section."""
        return not (self.rules or self.section.indicateurs or self.section.motif)


@cache
def sections(folder: Path = RULES) -> Sections:
    """Return the sections of every source document. Raises BadInputError for a broken file, with its line."""
    listed: Sections = YamlFile(folder / SECTIONS_FILE).validated(dict[str, tuple[Section, ...]])
    return listed


def lines(found: Catalogue, listed: Sections) -> dict[str, list[Line]]:
    """Return what becomes of every section, document by document, in the order of `listed`."""
    citing: dict[tuple[str, str], set[str]] = {}
    for rule, document, title in _citations(found):
        citing.setdefault((document, plain(title)), set()).add(rule)
    return {
        document: [
            Line(
                section,
                tuple(sorted({rule for title in section.titles for rule in citing.get((document, plain(title)), ())})),
            )
            for section in of_document
        ]
        for document, of_document in listed.items()
    }


def faults(found: Catalogue, listed: Sections) -> list[str]:
    """Return, one French sentence each, what makes the coverage false: nothing when it holds."""
    return [*_unknown_documents(found, listed), *_doubles(listed), *_unknown_citations(found, listed), *_untrue(found, listed)]


def _citations(found: Catalogue) -> Iterator[tuple[str, str, str]]:
    """Give rule, document and title of every section cited."""
    for rule in found.rules.values():
        for reference in rule.references:
            if reference.document:
                yield rule.id, reference.document, reference.section or ""


def _unknown_documents(found: Catalogue, listed: Sections) -> Iterator[str]:
    for document in sorted(found.documents.keys() ^ listed.keys()):
        missing = "documents.yml" if document in listed else SECTIONS_FILE
        yield f"{document} manque dans {missing} : l'y ajouter, ou l'ôter de l'autre fichier"


def _doubles(listed: Sections) -> Iterator[str]:
    for document, of_document in listed.items():
        counts = Counter(plain(title) for section in of_document for title in section.titles)
        for section in of_document:
            if doubled := [title for title in section.titles if counts[plain(title)] > 1]:
                yield f"{document} : « {doubled[0]} » est écrit deux fois dans {SECTIONS_FILE}, n'en garder qu'une"


def _unknown_citations(found: Catalogue, listed: Sections) -> Iterator[str]:
    known = {
        (document, plain(title)) for document, of_document in listed.items() for section in of_document for title in section.titles
    }
    for rule, document, title in _citations(found):
        if (document, plain(title)) not in known:
            what = f"« {title} »" if title else "aucune section"
            yield f"{rule} cite {what} de {document}, absente de {SECTIONS_FILE} : corriger la citation, ou y ajouter la section"


def _untrue(found: Catalogue, listed: Sections) -> Iterator[str]:
    for document, of_document in lines(found, listed).items():
        for line in of_document:
            where = f"{document}, « {line.section.section} »"
            if line.is_empty:
                yield f"{where} : ni règle, ni indicateur, ni motif ; la citer dans une règle, ou en écrire un dans {SECTIONS_FILE}"
            if line.section.motif and line.rules:
                yield f"{where} : un motif dit qu'aucune règle ne la juge, mais {', '.join(line.rules)} la cite ; ôter le motif"
