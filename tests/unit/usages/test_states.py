"""Whether a use holds: the worst of its demands decides, at the thresholds it declares."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.made_usages import count, demand, judged

WHOLE = ("loyers", "ecoloweb", "ensemble")
GIRONDE = ("loyers", "ecoloweb", "33")


@pytest.mark.parametrize(
    ("filled", "state"),
    [
        (100, "utilisable"),
        (95, "utilisable"),
        (94, "avec_precaution"),
        (80, "avec_precaution"),
        (79, "non_utilisable"),
        (0, "non_utilisable"),
    ],
)
def test_a_state_changes_at_its_threshold(filled: int, state: str) -> None:
    found = judged([demand()], [count(filled, 100)])

    assert found[WHOLE]["etat"] == found[GIRONDE]["etat"] == state


def test_a_share_just_under_a_threshold_is_not_written_as_if_it_reached_it() -> None:
    found = judged([demand()], [count(94_999, 100_000)])[WHOLE]

    assert found["etat"] == "avec_precaution"
    assert found["taux_pct"] == Decimal("94.99")
    assert found["motif"] == "Exigence 1 : 94,9 % au lieu de 95 % au moins."


def test_the_worst_demand_decides_and_is_named() -> None:
    found = judged([demand(rang=1), demand(rang=2)], [count(100, 100), count(85, 100, rang=2)])[WHOLE]

    assert (found["etat"], found["exigence"]) == ("avec_precaution", "Exigence 2")
    assert (found["nb_exigences"], found["nb_tenues"]) == (2, 1)


def test_a_use_that_holds_says_how_near_it_came() -> None:
    found = judged([demand(rang=1), demand(rang=2)], [count(99, 100), count(96, 100, rang=2)])[WHOLE]

    assert found["motif"] == "La plus basse des exigences tient : Exigence 2, 96,0 %, pour 95 % demandés."


def test_a_demand_may_have_its_own_thresholds() -> None:
    found = judged([demand(utilisable_pct=50, precaution_pct=0)], [count(50, 100)])[WHOLE]

    assert found["etat"] == "utilisable"


def test_what_is_expected_nowhere_judges_nothing() -> None:
    found = judged([demand(rang=1), demand(rang=2)], [count(100, 100), count(0, 0, rang=2), count(0, 0, "2A", rang=2)])

    assert found[WHOLE]["nb_exigences"] == 1
    assert ("loyers", "ecoloweb", "2A") not in found


def test_the_whole_weighs_the_departements_by_what_they_hold() -> None:
    found = judged([demand()], [count(99, 99, "33"), count(0, 1, "2A")])

    assert found[WHOLE]["etat"] == "utilisable"
    assert found["loyers", "ecoloweb", "2A"]["etat"] == "non_utilisable"


def test_what_is_known_of_a_whole_source_holds_or_not_in_each_of_its_departements() -> None:
    found = judged([demand(rang=1), demand(rang=2)], [count(100, 100), count(50, 100, None, rang=2)])

    assert found[GIRONDE]["etat"] == found[WHOLE]["etat"] == "non_utilisable"


def test_a_source_known_as_a_whole_only_has_one_row() -> None:
    assert list(judged([demand()], [count(100, 100, None)])) == [WHOLE]


def test_without_a_count_no_use_is_judged() -> None:
    assert judged([demand()], []) == {}


@settings(max_examples=30)
@given(counts=st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), min_size=1, max_size=4))
def test_the_state_of_a_cell_is_the_worst_of_what_its_demands_say(counts: list[tuple[int, int]]) -> None:
    pairs = [(min(pair), max(pair)) for pair in counts]
    found = judged(
        [demand(rang=rank) for rank in range(len(pairs))],
        [count(filled, expected, rang=rank) for rank, (filled, expected) in enumerate(pairs)],
    )

    shares = [Fraction(filled, expected) for filled, expected in pairs if expected]
    levels = [0 if share >= Fraction(95, 100) else 1 if share >= Fraction(80, 100) else 2 for share in shares]
    expected = {0: "utilisable", 1: "avec_precaution", 2: "non_utilisable"}[max(levels)] if levels else None
    assert found.get(GIRONDE, {}).get("etat") == expected
