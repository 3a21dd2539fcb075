"""The catalogue of the checkout as a whole: states and texts for people."""

from __future__ import annotations

import pytest

from data_contracts import score
from data_contracts.rule_contract import Etat
from data_contracts.rule_loader import catalogue, views

RULES = list(catalogue().rules.values())


def test_every_rule_of_every_family_is_there() -> None:
    numbers = {
        "AGR": 16,
        "AVE": 15,
        "CAS": 13,
        "DAT": 18,
        "DUP": 7,
        "DUR": 18,
        "FIN": 16,
        "GEO": 12,
        "IDE": 12,
        "LOY": 18,
        "MIG": 12,
        "MIX": 5,
        "OM": 10,
        "ORP": 7,
        "PUB": 11,
        "RED": 7,
        "STA": 7,
        "SUR": 13,
        "TYP": 9,
    }
    assert [rule.id for rule in RULES] == sorted(f"{family}-{n:03}" for family, last in numbers.items() for n in range(1, last + 1))


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_says_in_words_what_it_looks_for_and_where_the_law_is(rule: object) -> None:
    assert rule.en_clair  # type: ignore[attr-defined]
    assert rule.references  # type: ignore[attr-defined]


def test_a_rule_that_never_ran_says_why() -> None:
    """An active rule sleeps by itself while its sources are absent: what is written asleep is written with its reason."""
    asleep = {rule.id: rule.etat for rule in RULES if rule.etat is not Etat.ACTIVE}
    assert asleep == {
        "IDE-007": Etat.EN_ATTENTE_DE_SOURCE,
        **dict.fromkeys(
            ("AGR-011", "CAS-004", "CAS-009", "DUR-014", "LOY-010", "LOY-015", "RED-004", "RED-007"), Etat.NON_DERIVABLE
        ),
        **dict.fromkeys(("CAS-006", "OM-006", "ORP-007"), Etat.CONTROLE_INTERNE),
        **dict.fromkeys(("MIX-001", "PUB-009"), Etat.INDICATEUR),
    }


def test_every_column_of_a_view_has_a_label_that_no_other_column_of_it_has() -> None:
    for view in views().values():
        labels = [column.libelle for column in view.colonnes]
        assert len(labels) == len(set(labels)), view.vue


def test_every_parameter_is_read_by_a_rule_or_by_the_score() -> None:
    read = {parameter.nom for rule in RULES for parameter in catalogue().parameters_of(rule)}
    assert set(catalogue().parameters) == read | score.NAMES
