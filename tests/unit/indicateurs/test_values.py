"""What an indicator gives on made lines: shares, counts, axes, periods; and what counts as a value that is there."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support import made_measures
from tests.support.made_measures import COMPLETENESS, INDICATOR, MARTS

Row = dict[str, Any]
LINES: list[Row] = [
    {"code_departement": "33", "nombre": 5, "jour": date(2026, 10, 31)},
    {"code_departement": "33", "nombre": 50, "jour": date(2026, 11, 1)},
    {"code_departement": "29", "nombre": 50, "jour": date(2026, 11, 2)},
    {"code_departement": None, "nombre": None, "jour": date(2026, 11, 3)},
]


def answers(select: str, lines: list[Row]) -> list[Row]:
    """Run a select on lines of `fct_essai`."""
    with duckdb.connect() as connection:
        columns = ", ".join(f"{name} {kind}" for name, kind in MARTS["fct_essai"].items())
        connection.execute(f"create table fct_essai ({columns}); create table parametre as select date '2026-11-15' date_reference")
        for line in lines:
            marks = ", ".join("?" for _ in line)
            connection.execute(f"insert into fct_essai ({', '.join(line)}) values ({marks})", list(line.values()))
        found = connection.execute(select)
        names = [column[0] for column in found.description or ()]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def values(folder: Path, lines: list[Row], **changes: Any) -> list[Row]:  # noqa: ANN401 - values of a YAML file
    made = made_measures.read(folder, {**INDICATOR, **changes})
    return answers(made.query(made.indicators["E-01"]), lines)


def test_a_share_comes_with_what_it_rests_on_whole_and_along_each_axis(tmp_path: Path) -> None:
    found = {
        (row["axe"], row["modalite"]): (row["valeur"], row["numerateur"], row["denominateur"], row["effectif"], row["population"])
        for row in values(tmp_path, LINES)
    }

    assert found == {
        ("ensemble", "ensemble"): (Decimal("66.6667"), 2, 3, 4, 4),
        ("departement", "33"): (50, 1, 2, 2, 2),
        ("departement", "29"): (100, 1, 1, 1, 1),
        ("departement", "non renseigné"): (None, 0, 0, 1, 1),
    }


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["33", "29", None]), st.none() | st.integers(0, 20)), max_size=12))
def test_whatever_the_lines_the_values_of_an_axis_add_up_to_the_whole(
    tmp_path_factory: pytest.TempPathFactory, lines: list[tuple[str | None, int | None]]
) -> None:
    rows = [{"code_departement": department, "nombre": number} for department, number in lines]
    found = values(tmp_path_factory.mktemp("essai"), rows)

    for figure in ("numerateur", "denominateur", "population"):
        whole, parts = ([row[figure] for row in found if (row["axe"] == "ensemble") is alone] for alone in (True, False))
        assert sum(whole) == sum(parts)
    assert sum(row["population"] for row in found) == 2 * len(lines)


def test_without_a_line_an_indicator_says_nothing(tmp_path: Path) -> None:
    assert values(tmp_path, []) == []


def test_a_measure_may_give_its_value_and_count_what_it_rests_on(tmp_path: Path) -> None:
    median = {"nom": "mediane", "libelle": "Médiane", "unite": "m²", "valeur": "median(nombre)", "effectif": "count(nombre)"}

    (found,) = values(tmp_path, LINES, axes=["ensemble"], mesures=[median])

    assert (found["mesure"], found["valeur"], found["numerateur"]) == ("mediane", 50, None)
    assert (found["effectif"], found["population"]) == (3, 4)


def test_several_measures_are_as_many_rows(tmp_path: Path) -> None:
    counts = [{"nom": name, "libelle": name, "unite": "lignes", "valeur": "count(*)"} for name in ("un", "deux")]

    assert [row["mesure"] for row in values(tmp_path, LINES, axes=["ensemble"], mesures=counts)] == ["un", "deux"]


def test_a_period_splits_every_axis(tmp_path: Path) -> None:
    found = values(tmp_path, LINES, periode="strftime(jour, '%Y-%m')")

    assert {(row["axe"], row["modalite"], row["periode"], row["population"]) for row in found} == {
        ("ensemble", "ensemble", "2026-10", 1),
        ("ensemble", "ensemble", "2026-11", 3),
        ("departement", "33", "2026-10", 1),
        ("departement", "33", "2026-11", 1),
        ("departement", "29", "2026-11", 1),
        ("departement", "non renseigné", "2026-11", 1),
    }


def test_lines_may_be_counted_from_the_reference_date(tmp_path: Path) -> None:
    lines = "select * from fct_essai cross join parametre where jour >= date_trunc('month', parametre.date_reference)"

    (found,) = values(tmp_path, LINES, axes=["ensemble"], lignes=lines)

    assert found["population"] == 3


@pytest.mark.parametrize(
    ("field", "absent", "given"),
    [
        ("nombre", 0, 1),
        ("nombre", None, -1),
        ("surface", Decimal("0.00"), Decimal("0.01")),
        ("texte", "", "x"),
        ("texte", "  ", " x "),
        ("texte", None, "0"),
        ("liste", [], [""]),
        ("liste", None, ["x"]),
        ("jour", None, date(1977, 1, 3)),
        ("oui", None, False),
    ],
)
def test_nothing_empty_text_zero_and_empty_list_are_absent(tmp_path: Path, field: str, absent: object, given: object) -> None:
    made = made_measures.read(tmp_path, completeness=[{**COMPLETENESS, "champs": [{"champ": field}]}])
    lines = [{"source": "ecoloweb", "code_departement": "33", field: value} for value in (absent, given)]

    (found,) = answers(made.completeness_query(made.completeness["fct_essai"]), lines)

    assert (found["champ"], found["libelle"]) == (field, f"Sens de {field}.")
    assert (found["nb_applicables"], found["nb_renseignes"]) == (2, 1)


def test_a_field_counts_only_where_it_is_expected(tmp_path: Path) -> None:
    fields = [{"champ": "nombre", "applicable": "texte = 'attendu'"}, {"champ": "texte"}]
    made = made_measures.read(tmp_path, completeness=[{**COMPLETENESS, "champs": fields}])
    lines = [
        {"source": "ecoloweb", "code_departement": "33", "texte": "attendu", "nombre": 1},
        {"source": "ecoloweb", "code_departement": "33", "texte": "autre", "nombre": 1},
        {"source": "ecoloweb", "code_departement": "33", "texte": None, "nombre": 1},
        {"source": "ecoloweb", "code_departement": None, "texte": "attendu", "nombre": 0},
    ]

    found = answers(made.completeness_query(made.completeness["fct_essai"]), lines)

    assert {(row["code_departement"], row["champ"], row["nb_applicables"], row["nb_renseignes"]) for row in found} == {
        ("33", "nombre", 1, 1),
        ("33", "texte", 3, 2),
        ("non renseigné", "nombre", 1, 0),
        ("non renseigné", "texte", 1, 1),
    }
