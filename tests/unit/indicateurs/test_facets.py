"""What an indicator that looks at its lines in several ways gives."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from tests.support import made_measures
from tests.support.made_measures import INDICATOR

from .test_values import LINES, answers

Row = dict[str, Any]
BARE = {key: value for key, value in INDICATOR.items() if key not in {"axes", "mesures"}}
COUNT = {"nom": "nombre", "libelle": "Nombre", "unite": "lignes", "valeur": "count(*)"}


def values(folder: Path, *facets: Row) -> set[tuple[object, ...]]:
    made = made_measures.read(folder, {**BARE, "volets": list(facets)})
    found = answers(made.query(made.indicators["E-01"]), LINES)
    return {(row["axe"], row["modalite"], row["periode"], row["valeur"], row["population"]) for row in found}


def test_each_facet_has_its_axes_its_period_and_its_lines(tmp_path: Path) -> None:
    months = {"axes": ["ensemble"], "periode": "strftime(jour, '%Y-%m')", "mesures": [COUNT]}
    departments = {"axes": ["departement"], "parmi": "jour > date '2026-10-31'", "mesures": [COUNT]}

    assert values(tmp_path, months, departments) == {
        ("ensemble", "ensemble", "2026-10", 1, 1),
        ("ensemble", "ensemble", "2026-11", 3, 3),
        ("departement", "33", None, 1, 1),
        ("departement", "29", None, 1, 1),
        ("departement", "non renseigné", None, 1, 1),
    }


def test_a_facet_may_look_at_other_lines(tmp_path: Path) -> None:
    facet = {"axes": ["ensemble"], "lignes": "select * from fct_essai where nombre = 5", "mesures": [COUNT]}

    assert values(tmp_path, facet) == {("ensemble", "ensemble", None, 1, 1)}


def test_a_facet_without_a_line_says_nothing(tmp_path: Path) -> None:
    facet = {"axes": ["ensemble", "departement"], "parmi": f"jour < date '{date(1977, 1, 1)}'", "mesures": [COUNT]}

    assert values(tmp_path, facet) == set()


def test_the_marts_that_facets_read_are_told(tmp_path: Path) -> None:
    facet = {"axes": ["ensemble"], "lignes": "select * from dim_essai", "mesures": [COUNT]}

    assert made_measures.read(tmp_path, {**BARE, "volets": [facet]}).read_by_indicators() == ["dim_essai", "fct_essai"]


def test_a_measure_and_an_axis_of_two_facets_are_told_once(tmp_path: Path) -> None:
    facet = {"axes": ["ensemble"], "mesures": [COUNT]}
    other = {"axes": ["departement", "ensemble"], "periode": "year(jour)", "mesures": [{**COUNT, "nom": "autre"}, COUNT]}
    indicator = made_measures.read(tmp_path, {**BARE, "volets": [facet, other]}).indicators["E-01"]

    assert [measure.nom for measure in indicator.measures] == ["nombre", "autre"]
    assert indicator.followed == ("ensemble", "departement")
