"""The indicators of the checkout, and how a broken file of them is refused."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from data_contracts.errors import BadInputError
from data_contracts.indicator_loader import measures
from tests.support import made_measures
from tests.support.made_measures import COMPLETENESS, INDICATOR

FACET = {"axes": ["ensemble"], "mesures": INDICATOR["mesures"]}
SURVIVAL: dict[str, Any] = {
    "nom": "mediane",
    "libelle": "Médiane",
    "unite": "jours",
    "survie": {"duree": "nombre", "est_censure": "oui"},
}


def refusal(folder: Path, *indicators: dict[str, Any], completeness: list[dict[str, Any]] | None = None) -> str:
    with pytest.raises(BadInputError) as refused:
        made_measures.read(folder, *indicators, completeness=completeness)
    return str(refused.value)


CATALOGUE = {
    "T": 18,
    "S": 8,
    "A": 8,
    "P": 12,
    "Q": 8,
}
"""How many indicators the catalogue of the trade has in each family, numbered from 01."""


def test_every_indicator_of_the_trade_is_measured_or_says_why_it_is_not() -> None:
    wanted = {f"{family}-{number:02}" for family, count in CATALOGUE.items() for number in range(1, count + 1)}
    found = measures().indicators

    assert wanted - found.keys() == set()
    assert {name for name in wanted if not (measures().query(found[name]) or found[name].motif)} == set()


def test_the_figures_of_today_stand_under_their_own_name_and_say_why_they_differ() -> None:
    today = {name: indicator for name, indicator in measures().indicators.items() if name.endswith("-STATS")}

    assert sorted(today) == ["T-01-STATS", "T-03-STATS", "T-04-STATS", "T-14-STATS"]
    assert all(indicator.explication for indicator in today.values())


def test_a_processing_time_is_never_told_by_a_mean() -> None:
    figures = [
        measure.valeur or ""
        for name, indicator in measures().indicators.items()
        if name.startswith("T-")
        for measure in indicator.measures
    ]

    assert not any("avg" in figure or "mean" in figure for figure in figures)


def test_every_axis_is_followed_by_an_indicator() -> None:
    followed = {axis for indicator in measures().indicators.values() for axis in indicator.followed}
    assert followed == measures().axes.keys()


def test_the_marts_that_models_must_name_are_told(tmp_path: Path) -> None:
    both = "with e as (select * from fct_essai) select e.* from e cross join dim_essai cross join parametre"
    made = made_measures.read(tmp_path, {**INDICATOR, "lignes": both}, completeness=[COMPLETENESS])

    assert made.read_by_indicators() == ["dim_essai", "fct_essai"]
    assert made.read_by_completeness() == ["fct_essai"]


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"titre": None}, "« titre » : clé absente"),
        ({"inconnue": 1}, "« inconnue » : clé inconnue"),
        ({"mesures": []}, "« mesures » : liste vide"),
        ({"mesures": [{"nom": "part", "libelle": "Part", "unite": "%", "numerateur": "1"}]}, "la mesure part donne sa valeur, ou"),
        ({"mesures": INDICATOR["mesures"] * 2}, "deux mesures portent le même nom"),
        ({"mesures": None}, "E-01 donne ses axes et ses mesures, ou des volets"),
        ({"axes": None}, "E-01 donne ses axes et ses mesures, ou des volets"),
        ({"volets": [FACET]}, "E-01 a des volets : ses axes, ses périodes et ses mesures y sont"),
        (
            {"axes": None, "mesures": None, "volets": [FACET, {**FACET, "mesures": [{**INDICATOR["mesures"][0], "unite": "m"}]}]},
            "deux mesures de E-01 portent le nom part",
        ),
        ({"axes": None, "mesures": None, "volets": [{**FACET, "parmi": "hauteur > 3"}]}, "E-01 ne se calcule pas (« Binder Error"),
        ({"axes": None, "mesures": None, "volets": [{**FACET, "lignes": "select * from"}]}, "n'est pas une requête SQL"),
        ({"axes": None, "mesures": None, "volets": [{**FACET, "axes": ["region"]}]}, "E-01 suit l'axe « region »"),
        ({"mesures": [{**SURVIVAL, "valeur": "1"}]}, "la mesure mediane est une médiane de survie : elle ne donne rien d'autre"),
        ({"mesures": [{**SURVIVAL, "survie": {"duree": "nombre", "est_censure": "absent"}}]}, "E-01 ne se calcule pas"),
        ({"axes": ["region"]}, "l'indicateur E-01 suit l'axe « region », absent de axes.yml"),
        (
            {"lignes": "select * from fct_absente"},
            "E-01 ne se calcule pas (« Catalog Error: Table with name fct_absente",
        ),
        ({"lignes": "select nombre from fct_essai"}, "l'indicateur E-01 ne se calcule pas (« Binder Error"),
        ({"lignes": "select * from"}, "« lignes » de l'indicateur E-01 n'est pas une requête SQL"),
        ({"lignes": "select 1; select 2"}, "« lignes » de l'indicateur E-01 n'est pas une requête SQL (plusieurs requêtes)"),
        (
            {"lignes": "select * from read_csv('/etc/passwd')"},
            "« lignes » de l'indicateur E-01 lit autre chose",
        ),
        ({"periode": "mois"}, "l'indicateur E-01 ne se calcule pas"),
        ({"lignes": "select * from fct_essai where nombre > $absent"}, "E-01 lit $absent, qui n'est pas un paramètre"),
        ({"motif": "Rien."}, "E-01 est actif : il donne ses lignes"),
        ({"etat": "non_derivable", "motif": "Rien.", "unite": "m"}, "E-01 n'est pas mesuré : il donne son motif et son unité"),
        ({"protection": {"seuil": 5, "sensible": "hauteur > 3"}}, "E-01 ne se calcule pas (« Binder Error"),
        ({"protection": {"seuil": 1, "sensible": "true"}}, "« protection.seuil »"),
        ({"protection": {"seuil": 5, "sensible": "true"}, "mesures": [SURVIVAL]}, "une médiane de survie n'y a pas sa place"),
        (
            {"protection": {"seuil": 5, "sensible": "true"}, "axes": None, "mesures": None, "volets": [FACET, FACET]},
            "E-01 est protégé : chaque mesure y est d'un seul volet",
        ),
    ],
)
def test_a_broken_indicator_is_refused_with_its_file_and_the_reason(tmp_path: Path, changes: dict[str, Any], why: str) -> None:
    said = refusal(tmp_path, {key: value for key, value in {**INDICATOR, **changes}.items() if value is not None})

    assert why in said
    assert f"{tmp_path / 'indicateurs' / 'essai.yml'}, ligne " in said


def test_an_indicator_that_nothing_measures_says_why_and_has_no_select(tmp_path: Path) -> None:
    bare = {key: value for key, value in INDICATOR.items() if key not in {"lignes", "axes", "mesures"}}
    made = made_measures.read(tmp_path, {**bare, "etat": "en_attente_de_source", "motif": "Pas encore.", "unite": "%"})

    assert made.query(made.indicators["E-01"]) is None
    assert made.read_by_indicators() == []


def test_a_parameter_of_the_law_is_read_at_the_reference_date(tmp_path: Path) -> None:
    made = made_measures.read(tmp_path, {**INDICATOR, "lignes": "select * from fct_essai where jour >= $mixte_interdit_du"})

    assert "jour >= ('2024-02-08'::date)" in str(made.query(made.indicators["E-01"]))


def test_two_indicators_of_one_name_are_refused(tmp_path: Path) -> None:
    assert "l'indicateur E-01 est déclaré deux fois" in refusal(tmp_path, INDICATOR, INDICATOR)


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"mart": "fct_absente"}, "fct_absente n'est pas une table publiée"),
        ({"champs": [{"champ": "hauteur"}]}, "fct_essai n'a pas de colonne hauteur"),
        ({"champs": [{"champ": "nombre", "applicable": "hauteur > 3"}]}, "la complétude de fct_essai ne se calcule pas"),
        ({"lignes": "select nombre from fct_essai"}, "la complétude de fct_essai ne se calcule pas"),
    ],
)
def test_a_broken_completeness_is_refused_with_its_file_and_the_reason(tmp_path: Path, changes: dict[str, Any], why: str) -> None:
    said = refusal(tmp_path, completeness=[{**COMPLETENESS, **changes}])

    assert why in said
    assert f"{tmp_path / 'indicateurs' / 'completude.yml'}, ligne " in said


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    made_measures.write(tmp_path, INDICATOR)
    (tmp_path / "indicateurs" / "axes.yml").unlink()

    with pytest.raises(BadInputError, match=r"axes\.yml ne se lit pas : vérifier qu'il existe"):
        measures(tmp_path / "indicateurs", tmp_path / "products")
