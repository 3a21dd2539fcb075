"""The Kaplan–Meier median of an indicator, against examples worked out by hand and against estimates made otherwise."""

from __future__ import annotations

from fractions import Fraction
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support import kaplan_meier, made_measures
from tests.support.kaplan_meier import File
from tests.support.made_measures import INDICATOR

from .test_values import answers

MEDIAN = {
    "nom": "mediane",
    "libelle": "Médiane",
    "unite": "jours",
    "survie": {"duree": "nombre", "est_censure": "oui"},
}
FILES = st.lists(st.tuples(st.integers(0, 12), st.booleans()), max_size=14)


@pytest.fixture(scope="module")
def select(tmp_path_factory: pytest.TempPathFactory) -> str:
    made = made_measures.read(tmp_path_factory.mktemp("essai"), {**INDICATOR, "mesures": [MEDIAN]})
    return made.query(made.indicators["E-01"])


def whole(select: str, files: list[File]) -> dict[str, Any] | None:
    """What the whole of the files gives, nothing without a file."""
    rows = answers(select, [{"nombre": days, "oui": is_open} for days, is_open in files])
    return next((row for row in rows if row["axe"] == "ensemble"), None)


@pytest.mark.parametrize(
    ("files", "median"),
    [
        # all closed: 3/4 at 1, 2/4 at 2
        ([(1, False), (2, False), (3, False), (4, False)], 2),
        # 4/5 at 1, 4/5 at 2 (open), 4/5 × 2/3 at 3, × 1/2 at 4
        ([(1, False), (2, True), (3, False), (4, False), (5, False)], 4),
        # a file open as long as another took counts among those exposed: 2/3 at 5, 0 at 9
        ([(5, False), (5, True), (9, False)], 9),
        # Freireich's 6-MP patients, whose published median is 23 weeks
        (
            [(days, False) for days in (6, 6, 6, 7, 10, 13, 16, 22, 23)]
            + [(days, True) for days in (6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35)],
            23,
        ),
        # 3/4 × 2/3 is one half, whatever the roundings
        ([(1, False), (2, False), (3, True), (4, True)], 2),
        # fewer than half are closed
        ([(1, False), (5, True), (6, True)], None),
        ([(3, True)], None),
        ([(0, False)], 0),
    ],
)
def test_the_median_is_the_one_worked_out_by_hand(select: str, files: list[File], median: int | None) -> None:
    found = whole(select, files)

    assert found is not None
    assert found["valeur"] == median


def test_the_closed_are_told_of_all_the_files(select: str) -> None:
    found = whole(select, [(1, False), (2, True), (3, False)])

    assert found is not None
    assert (found["numerateur"], found["denominateur"], found["effectif"], found["population"]) == (2, 3, 3, 3)


def test_each_value_of_an_axis_has_its_own_median(select: str) -> None:
    rows = answers(
        select,
        [
            {"code_departement": code, "nombre": days, "oui": False}
            for code, days in [("33", 1), ("33", 1), ("33", 9), ("29", 7), (None, 5)]
        ],
    )

    found = {row["modalite"]: row["valeur"] for row in rows}
    assert found == {"ensemble": 5, "33": 1, "29": 7, "non renseigné": 5}


def test_each_period_has_its_own_median(tmp_path: Path) -> None:
    made = made_measures.read(tmp_path, {**INDICATOR, "axes": ["ensemble"], "periode": "texte", "mesures": [MEDIAN]})
    lines = [{"texte": year, "nombre": days, "oui": False} for year, days in [("2025", 3), ("2026", 8), ("2026", 8)]]

    found = answers(made.query(made.indicators["E-01"]), lines)

    assert {row["periode"]: row["valeur"] for row in found} == {"2025": 3, "2026": 8}


def test_without_a_file_nothing_is_said(select: str) -> None:
    assert whole(select, []) is None


@settings(max_examples=100, deadline=None)
@given(FILES)
def test_whatever_the_files_the_median_is_that_of_exact_fractions(select: str, files: list[File]) -> None:
    found = whole(select, files)

    assert (found["valeur"] if found else None) == kaplan_meier.median(files)


@settings(max_examples=50, deadline=None)
@given(FILES.filter(bool))
def test_when_every_file_is_closed_it_is_the_lower_median(select: str, files: list[File]) -> None:
    days = sorted(duration for duration, _ in files)
    found = whole(select, [(duration, False) for duration in days])

    assert found is not None
    assert found["valeur"] == days[(len(days) - 1) // 2]


@pytest.fixture(scope="module")
def lifelines() -> ModuleType:
    return import_module("lifelines")


def is_clear_of_one_half(files: list[File]) -> bool:
    """Whether no share is one half: there, the roundings of lifelines decide which day it calls the median."""
    return bool(files) and Fraction(1, 2) not in kaplan_meier.survival(files).values()


@settings(max_examples=50, deadline=None)
@given(FILES.filter(is_clear_of_one_half))
def test_it_is_the_median_of_lifelines(select: str, lifelines: ModuleType, files: list[File]) -> None:
    fitted = lifelines.KaplanMeierFitter().fit([days for days, _ in files], [not is_open for _, is_open in files])
    found = whole(select, files)

    assert found is not None
    assert (float("inf") if found["valeur"] is None else float(found["valeur"])) == fitted.median_survival_time_
