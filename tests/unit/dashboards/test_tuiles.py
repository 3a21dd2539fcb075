from __future__ import annotations

import csv
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboards import tuiles
from dashboards.tuiles import Palier

DEPARTEMENTS = Path(tuiles.__file__).parents[1] / "data_contracts" / "geographie" / "departement.csv"
NEIGHBOURS = """
01 38 39 69 71 73 74; 02 08 51 59 60 77 80; 03 18 23 42 58 63 71; 04 05 06 26 83 84; 05 26 38 73; 06 83; 07 26 30 38 42 43 48 84;
08 51 55; 09 11 31 66; 10 21 51 52 77 89; 11 31 34 66 81; 12 15 30 34 46 48 81 82; 13 30 83 84; 14 27 50 61; 15 19 43 46 48 63;
16 17 24 79 86 87; 17 24 33 79 85; 18 23 36 41 45 58; 19 23 24 46 63 87; 2A 2B; 21 39 52 58 70 71 89; 22 29 35 56; 23 36 63 87;
24 33 46 47 87; 25 39 70 90; 26 38 84; 27 28 60 61 76 78 95; 28 41 45 61 72 78 91; 29 56; 30 34 48 84; 31 32 65 81 82;
32 40 47 64 65 82; 33 40 47; 34 81; 35 44 49 50 53 56; 36 37 41 86 87; 37 41 49 72 86; 38 42 69 73; 39 70 71; 40 47 64; 41 45 72;
42 43 63 69 71; 43 48 63; 44 49 56 85; 45 58 77 89 91; 46 47 82; 47 82; 49 53 72 79 85 86; 50 53 61; 51 52 55 77; 52 55 70 88;
53 61 72; 54 55 57 67 88; 55 88; 57 67; 58 71 89; 59 62 80; 60 76 77 80 95; 61 72; 62 80; 64 65; 67 68 88; 68 88 90; 69 71;
70 88 90; 73 74; 75 92 93 94; 76 80; 77 89 91 93 94 95; 78 91 92 95; 79 85 86; 81 82; 83 84; 86 87; 88 90; 91 92 94; 92 93 94 95;
93 94 95
"""
"""Each département, and those of a larger code that it touches."""
PAIRS = [(first, other) for first, *others in map(str.split, NEIGHBOURS.split(";")) for other in others]
FEWEST_APART = 24
"""Of 238 pairs, those that do not touch in the best grids that annealing found, from several starts."""
OVERSEAS = "97"


def distance(first: str, other: str) -> int:
    """Return how many steps, diagonal ones included, lead from one square to another: 1 when they touch."""
    one, two = tuiles.cases()[first], tuiles.cases()[other]
    return max(abs(one.colonne - two.colonne), abs(one.ligne - two.ligne))


def test_every_departement_of_a_region_has_a_square() -> None:
    with DEPARTEMENTS.open(encoding="utf-8", newline="") as rows:
        official = {row["code_departement"] for row in csv.DictReader(rows) if row["code_region"]}
    assert set(tuiles.cases()) == official


def test_no_two_departements_share_a_square() -> None:
    assert len(set(tuiles.cases().values())) == len(tuiles.cases())


def test_neighbours_touch_or_have_one_square_between_them() -> None:
    apart = {pair: distance(*pair) for pair in PAIRS if distance(*pair) > 1}
    assert set(apart.values()) <= {2}, apart
    assert len(apart) <= FEWEST_APART, apart


def test_the_overseas_departements_stand_in_a_column_of_their_own() -> None:
    overseas = {case.colonne for code, case in tuiles.cases().items() if code.startswith(OVERSEAS)}
    mainland = {case.colonne for code, case in tuiles.cases().items() if not code.startswith(OVERSEAS)}
    assert overseas == {1}
    assert min(mainland) > 1


@pytest.mark.parametrize(
    ("north", "south"), [("59", "75"), ("75", "63"), ("63", "34"), ("35", "33"), ("67", "68"), ("2B", "2A"), ("13", "2B")]
)
def test_the_north_is_above_the_south(north: str, south: str) -> None:
    assert tuiles.cases()[north].ligne < tuiles.cases()[south].ligne


@pytest.mark.parametrize(("west", "east"), [("29", "35"), ("35", "75"), ("75", "57"), ("57", "67"), ("33", "69"), ("69", "74")])
def test_the_west_is_left_of_the_east(west: str, east: str) -> None:
    assert tuiles.cases()[west].colonne < tuiles.cases()[east].colonne


@given(st.lists(st.integers(min_value=0, max_value=50)))
def test_shades_share_out_the_values_in_order(values: list[int]) -> None:
    shades = tuiles.paliers(values)
    positive = [value for value in values if value > 0]
    assert len(shades) <= tuiles.CLASSES
    assert all(low.haut < high.bas for low, high in pairwise(shades))
    for value in positive:
        shade = shades[tuiles.rang(value, shades) - 1]
        assert shade.bas <= value <= shade.haut
    assert {shade.bas for shade in shades} | {shade.haut for shade in shades} <= set(positive)


@pytest.mark.parametrize(
    ("values", "shades"),
    [
        ([], []),
        ([0, 0], []),
        ([0, 7], [Palier(7, 7)]),
        (range(1, 11), [Palier(1, 2), Palier(3, 4), Palier(5, 6), Palier(7, 8), Palier(9, 10)]),
        ([1, 1, 1, 1, 1, 1, 1, 1, 9], [Palier(1, 1), Palier(9, 9)]),
    ],
)
def test_shades_hold_about_as_many_values_each(values: list[int], shades: list[Palier]) -> None:
    assert tuiles.paliers(values) == shades


def test_no_dwelling_has_no_shade() -> None:
    assert tuiles.rang(0, [Palier(1, 5)]) == 0
