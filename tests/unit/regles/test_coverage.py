"""What becomes of each section of the source documents: nothing is left out, nothing is said that is not so."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from data_contracts import rule_coverage
from data_contracts.errors import BadInputError
from data_contracts.plain_text import plain
from data_contracts.rule_coverage import Section, faults, lines, sections
from data_contracts.rule_loader import catalogue
from tests.support import made_rules
from tests.support.made_rules import RULE

if TYPE_CHECKING:
    from data_contracts.rule_loader import Catalogue

SOURCES = Path(__file__).parents[3].parent / "shared" / "domain" / "sources"
CALLOUTS = {"avertissement", "astuce", "exemple", "fiche recapitulative du loyer", "info", "plus d informations ici", "remarque"}
"""Words that introduce a sentence in a frame: they head no section."""


def citing(folder: Path, *titles: str) -> Catalogue:
    """A catalogue of one rule, which cites these sections of faq.md."""
    references = [{"document": "faq.md", "section": title} for title in titles] or [{"texte": "CCH"}]
    return made_rules.read(folder, {**RULE, "references": references})


def listed(*found: dict[str, Any]) -> rule_coverage.Sections:
    return {"faq.md": tuple(Section(**section) for section in found)}


def test_every_section_of_the_source_documents_has_its_rules_its_indicators_or_a_reason() -> None:
    assert faults(catalogue(), sections()) == []


def test_a_section_has_the_rules_that_cite_it_by_any_of_its_titles(tmp_path: Path) -> None:
    found = citing(tmp_path, "DUREE  minimale", "Durée")
    covered = lines(found, listed({"section": "Durée", "aussi": ["Durée minimale"]}, {"section": "Loyer", "motif": "Aucun."}))
    assert [line.rules for line in covered["faq.md"]] == [("ESS-001",), ()]


@pytest.mark.parametrize(
    ("titles", "found", "fault"),
    [
        ((), {"section": "Durée"}, "faq.md, « Durée » : ni règle, ni indicateur, ni motif"),
        (("Loyer",), {"section": "Durée", "motif": "Aucun."}, "ESS-001 cite « Loyer » de faq.md, absente de sections.yml"),
        (("",), {"section": "Durée", "motif": "Aucun."}, "ESS-001 cite aucune section de faq.md"),
        (("Durée",), {"section": "Durée", "motif": "Aucun."}, "faq.md, « Durée » : un motif dit qu'aucune règle ne la juge"),
        (("Durée",), {"section": "Durée", "aussi": ["DUREE"]}, "faq.md : « Durée » est écrit deux fois"),
    ],
)
def test_a_coverage_that_does_not_hold_is_told_in_one_sentence(
    tmp_path: Path, titles: tuple[str, ...], found: dict[str, Any], fault: str
) -> None:
    (told,) = faults(citing(tmp_path, *titles), listed(found))
    assert told.startswith(fault)


@pytest.mark.parametrize(
    "found",
    [{"motif": "Aucun."}, {"indicateurs": ["T-03"]}, {"motif": "Aucun.", "indicateurs": ["T-03"]}],
)
def test_a_section_without_rule_may_have_a_reason_or_an_indicator(tmp_path: Path, found: dict[str, Any]) -> None:
    assert faults(citing(tmp_path), listed({"section": "Durée", **found})) == []


def test_a_document_that_one_of_the_two_lists_misses_is_told(tmp_path: Path) -> None:
    (told,) = faults(citing(tmp_path), {**listed({"section": "Durée", "motif": "Aucun."}), "guide.md": ()})
    assert told.startswith("guide.md manque dans documents.yml")


def test_a_broken_list_of_sections_is_refused_at_its_line(tmp_path: Path) -> None:
    (tmp_path / "sections.yml").write_text("faq.md:\n  - section: Durée\n    indicateurs: [durée]\n", encoding="utf-8")
    with pytest.raises(BadInputError, match=r"sections\.yml, ligne 3 : "):
        sections(tmp_path)


@pytest.mark.parametrize("document", sorted(sections()))
def test_the_sections_listed_are_those_of_the_document(document: str) -> None:
    path = SOURCES / document
    if not path.is_file():
        pytest.skip(f"source documents absent: {path} does not exist")
    written = path.read_text(encoding="utf-8").splitlines()
    titles = {plain(title): title for section in sections()[document] for title in section.titles}
    begun = [plain(f"{line} {after}") for line, after in zip(written, [*written[1:], ""], strict=True)]
    begun += [re.sub(r"^\d+ ", "", line) for line in begun]
    assert [title for words, title in titles.items() if not any(line.startswith(words) for line in begun)] == []
    assert [title for title in headings(written) if plain(title) not in titles] == []


def headings(written: list[str]) -> list[str]:
    """The lines that Markdown marks as headings; where it marks none, the short ones that stand alone and end no sentence."""
    if marked := [line for line in written if re.match(r"#+ ", line)]:
        return marked
    around = zip(["", *written], written, [*written[1:], ""], strict=False)
    alone = [line.strip() for before, line, after in around if not before.strip() and not after.strip()]
    titles = [line for line in alone if len(line) <= 130 and not line.endswith(tuple(".,;:!")) and "http" not in line]
    return [line for line in titles if plain(line) not in {"", *CALLOUTS}]
