"""Small numbers: what is hidden, and that nothing hidden can be found again from what is shown."""

from __future__ import annotations

from collections import Counter
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.protection import Cell, hidden

THRESHOLD = 5
UP = {"commune": "departement", "departement": "region", "region": "ensemble", "nature": "ensemble"}
"""What each axis details."""
LEVELS = {"ensemble": 0, "region": 1, "nature": 1, "departement": 2, "commune": 3}

Line = tuple[str, str, str, str, bool]
"""Region, département, commune, nature, and whether it tells of a person."""


def cells(lines: list[Line]) -> list[Cell]:
    """Count lines along each axis, as an indicator does."""
    rank = {"region": 0, "departement": 1, "commune": 2, "nature": 3}
    counted: Counter[tuple[str, str, str]] = Counter()
    sensitive: set[tuple[str, str]] = set()
    for line in lines:
        for axis in LEVELS:
            value = "ensemble" if axis == "ensemble" else line[rank[axis]]
            parent = line[rank[UP[axis]]] if UP.get(axis) in rank else ""
            counted[axis, str(value), str(parent)] += 1
            if line[4] or axis == "commune":
                sensitive.add((axis, str(value)))
    return [
        {
            "axe": axis,
            "modalite": value,
            "axe_parent": UP[axis] if parent else None,
            "modalite_parent": parent or None,
            "niveau": LEVELS[axis],
            "nb": number,
            "seuil": THRESHOLD,
            "est_primaire": number < THRESHOLD and (axis, value) in sensitive,
        }
        for (axis, value, parent), number in counted.items()
    ]


def communes(**counts: int) -> list[Line]:
    """Lines of communes of one département, of no person."""
    return [("R", "D", name, "HLM", False) for name, count in counts.items() for _ in range(count)]


def departements(**counts: dict[str, int]) -> list[Line]:
    """Lines of communes of several départements of one region."""
    return [
        ("R", name, f"{name}-{commune}", "HLM", False)
        for name, parts in counts.items()
        for commune, count in parts.items()
        for _ in range(count)
    ]


@st.composite
def parcs(draw: st.DrawFn) -> list[Line]:
    lines: list[Line] = []
    for region, departement, commune in product("XY", "12", "abc"):
        for nature in ("HLM", "PRIVE"):
            number = draw(st.sampled_from([0, 0, 0, 1, 2, 4, 5, 9, 40]))
            place = (region, region + departement, region + departement + commune)
            lines += [(*place, nature, nature == "PRIVE")] * number
    return lines


@settings(max_examples=80, deadline=None)
@given(parcs())
def test_no_hidden_value_is_found_again_from_the_published_ones(lines: list[Line]) -> None:
    """The unknowns are the crossings of the finest axes; what is published gives sums of them. A hidden cell that these sums span
    would be told by adding and subtracting them."""
    made = cells(lines)
    secret = hidden(made)
    places = sorted({line[:3] for line in lines})
    unknowns = list(product(places, ("HLM", "PRIVE")))

    def sums(cell: Cell) -> list[int]:
        return [
            int(
                {"ensemble": "ensemble", "region": x, "departement": y, "commune": z, "nature": nature}[cell["axe"]]
                == cell["modalite"]
            )
            for (x, y, z), nature in unknowns
        ]

    shown = np.array([sums(cell) for cell in made if (cell["axe"], cell["modalite"]) not in secret] or [[0] * len(unknowns)])
    rank = np.linalg.matrix_rank(shown) if unknowns else 0
    for cell in made:
        if (cell["axe"], cell["modalite"]) in secret:
            assert np.linalg.matrix_rank(np.vstack([shown, sums(cell)])) == rank + 1


@settings(max_examples=30, deadline=None)
@given(parcs())
def test_every_small_cell_that_tells_of_a_person_or_a_commune_is_hidden(lines: list[Line]) -> None:
    made = cells(lines)

    assert {(cell["axe"], cell["modalite"]) for cell in made if cell["est_primaire"]} <= hidden(made)


def test_without_a_small_cell_everything_is_shown() -> None:
    assert hidden(cells(communes(a=5, b=9))) == set()


def test_a_small_cell_takes_the_next_smallest_with_it() -> None:
    assert hidden(cells(communes(a=2, b=40, c=7))) == {("commune", "a"), ("commune", "c")}


def test_small_cells_that_are_few_even_together_take_another_with_them() -> None:
    assert hidden(cells(communes(a=1, b=2, c=50, d=60))) == {("commune", "a"), ("commune", "b"), ("commune", "c")}


def test_small_cells_that_are_enough_together_take_no_other() -> None:
    assert hidden(cells(communes(a=4, b=3, c=50))) == {("commune", "a"), ("commune", "b")}


def test_ones_that_add_up_to_their_number_would_tell_themselves() -> None:
    found = hidden(cells(communes(a=1, b=1, c=1, d=1, e=1, f=30)))

    assert ("commune", "f") in found


def test_a_departement_that_is_one_small_commune_is_hidden_with_another() -> None:
    found = hidden(cells(departements(A={"a": 2}, B={"b": 30, "c": 8}, C={"d": 90})))

    assert found == {("commune", "A-a"), ("departement", "A"), ("departement", "B"), ("commune", "B-c")}


def test_one_small_commune_alone_hides_the_whole_country() -> None:
    assert {axis for axis, _ in hidden(cells(communes(a=3)))} == {"commune", "departement", "region", "ensemble", "nature"}


def test_a_small_number_of_bodies_is_shown_where_no_person_is_told() -> None:
    lines: list[Line] = [("R", "D", "a", "HLM", False)] * 3 + [("R", "E", "b", "HLM", False)] * 30
    made = [cell for cell in cells(lines) if cell["axe"] != "commune"]

    assert hidden(made) == set()


@pytest.mark.parametrize("number", [4, 5])
def test_the_threshold_is_the_first_number_shown(number: int) -> None:
    assert (("commune", "a") in hidden(cells(communes(a=number, b=20, c=30)))) is (number < THRESHOLD)
