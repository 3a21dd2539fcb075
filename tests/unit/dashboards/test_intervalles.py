from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboards.intervalles import MINIMUM, wilson


@pytest.mark.parametrize(
    ("succes", "total", "bas", "haut"),
    [
        # R. G. Newcombe, Statistics in Medicine 17, 1998, table I, method 3
        (81, 263, 25.53, 36.62),
        (15, 148, 6.24, 16.05),
        (0, 20, 0, 16.11),
        (1, 29, 0.61, 17.18),
    ],
)
def test_the_interval_is_the_published_one(succes: int, total: int, bas: float, haut: float) -> None:
    part = wilson(succes, total)

    assert part is not None
    assert (part.bas, part.haut) == (pytest.approx(bas, abs=0.006), pytest.approx(haut, abs=0.006))


@given(st.integers(MINIMUM, 5000).flatmap(lambda total: st.tuples(st.integers(0, total), st.just(total))))
def test_it_holds_the_share_and_stays_between_none_and_all(counts: tuple[int, int]) -> None:
    part = wilson(*counts)

    assert part is not None
    assert 0 <= part.bas <= part.valeur + 1e-9
    assert part.valeur - 1e-9 <= part.haut <= 100


@pytest.mark.parametrize(("succes", "total"), [(0, 0), (MINIMUM - 1, MINIMUM - 1), (12, 11)])
def test_too_few_answers_or_more_successes_than_answers_say_nothing(succes: int, total: int) -> None:
    assert wilson(succes, total) is None
