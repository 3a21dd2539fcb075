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


def test_the_indicators_of_quality_are_there() -> None:
    assert [name for name in measures().indicators if name.startswith("Q-")] == [f"Q-{number:02}" for number in range(1, 7)]


def test_the_indicators_of_processing_time_that_the_sources_can_tell_are_there() -> None:
    told = [name for name in measures().indicators if name.startswith("T-")]

    assert told == ["T-08", "T-09", "T-10", "T-11", "T-12", "T-13", "T-14", "T-15", "T-18"]


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
    ],
)
def test_a_broken_indicator_is_refused_with_its_file_and_the_reason(tmp_path: Path, changes: dict[str, Any], why: str) -> None:
    said = refusal(tmp_path, {key: value for key, value in {**INDICATOR, **changes}.items() if value is not None})

    assert why in said
    assert f"{tmp_path / 'indicateurs' / 'essai.yml'}, ligne " in said


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
