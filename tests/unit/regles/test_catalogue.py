"""The catalogue of the checkout as a whole: states, texts for people, and citations that exist."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import pytest

from data_contracts import score
from data_contracts.rule_contract import Etat
from data_contracts.rule_loader import catalogue, views

RULES = list(catalogue().rules.values())
SOURCES = Path(__file__).parents[3].parent / "shared" / "domain" / "sources"
CITED = sorted({(cited.document, cited.section) for rule in RULES for cited in rule.references if cited.document and cited.section})


def plain(text: str) -> str:
    """Return the words of a text, whatever its accents, marks and spaces."""
    unaccented = unicodedata.normalize("NFD", text.lower())
    return " ".join(re.findall(r"[a-z0-9]+", unaccented))


def test_every_rule_of_financing_duration_and_geography_is_there() -> None:
    numbers = {"FIN": 16, "DUR": 18, "GEO": 12}
    assert [rule.id for rule in RULES] == sorted(f"{family}-{n:03}" for family, last in numbers.items() for n in range(1, last + 1))


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_says_in_words_what_it_looks_for_and_where_the_law_is(rule: object) -> None:
    assert rule.en_clair  # type: ignore[attr-defined]
    assert rule.references  # type: ignore[attr-defined]


def test_a_rule_that_never_ran_says_why() -> None:
    asleep = {rule.id: rule.etat for rule in RULES if rule.etat is not Etat.ACTIVE}
    assert asleep == {
        **dict.fromkeys(("DUR-015", "FIN-004", "FIN-007", "FIN-015", "GEO-007", "GEO-008", "GEO-012"), Etat.EN_ATTENTE_DE_SOURCE),
        "DUR-014": Etat.NON_DERIVABLE,
    }


@pytest.mark.parametrize(("document", "section"), CITED)
def test_a_section_that_is_cited_stands_in_the_document(document: str, section: str) -> None:
    path = SOURCES / document
    if not path.is_file():
        pytest.skip(f"source documents absent: {path} does not exist")
    assert plain(section) in plain(path.read_text(encoding="utf-8"))


def test_every_column_of_a_view_has_a_label_that_no_other_column_of_it_has() -> None:
    for view in views().values():
        labels = [column.libelle for column in view.colonnes]
        assert len(labels) == len(set(labels)), view.vue


def test_every_parameter_is_read_by_a_rule_or_by_the_score() -> None:
    read = {parameter.nom for rule in RULES for parameter in catalogue().parameters_of(rule)}
    assert set(catalogue().parameters) == read | score.NAMES
