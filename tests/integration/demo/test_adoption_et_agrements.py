"""The pages « Adoption » and « Agréments sans convention », against the indicators that the same run publishes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from dashboards import donnees
from dashboards.filtres.communs import TOUT, Communs
from dashboards.requetes import adoption as requetes_adoption
from dashboards.requetes import agrements as requetes_agrements
from dashboards.requetes import ensembles_adoption

if TYPE_CHECKING:
    from tests.integration.demo.conftest import WholeDemo

HALF_OF_THE_LAST_DIGIT = 5e-5


@pytest.fixture(autouse=True)
def _opened_once(whole_demo: WholeDemo, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let pages read the connection that the tests hold: one process opens a run once."""
    monkeypatch.setattr(donnees, "_entiere", lambda _run: whole_demo.marts)


def published(demo: WholeDemo, measure: str, axis: str = "ensemble") -> dict[tuple[str, str], Any]:
    """Return the figures of a measure (A-08.part_couverte) by value of the axis and period."""
    rows = demo.marts.execute(
        "select modalite, periode, valeur from kpi_valeur where kpi_id = $1 and mesure = $2 and axe = $3",
        [*measure.split("."), axis],
    ).fetchall()
    return {(value, period): None if figure is None else float(figure) for value, period, figure in rows}


def test_coverage_is_that_of_a_08_whole_by_year_and_by_departement(whole_demo: WholeDemo) -> None:
    reference = whole_demo.run.reference_date.isoformat()
    expected = published(whole_demo, "A-08.part_couverte")
    whole, *years = requetes_agrements.couverture(whole_demo.run, TOUT)
    told = {("ensemble", reference): whole} | {("ensemble", str(row["annee"])): row for row in years if row["annee"]}
    assert told.keys() == expected.keys()
    for key, row in told.items():
        assert 100 * row["couvertes"] / row["operations"] == pytest.approx(expected[key], abs=HALF_OF_THE_LAST_DIGIT)
    for (code, period), share in published(whole_demo, "A-08.part_couverte", "departement").items():
        if period == reference and code in {"13", "33", "59", "75", "93"}:
            row = requetes_agrements.couverture(whole_demo.run, Communs((code,)))[0]
            assert 100 * row["couvertes"] / row["operations"] == pytest.approx(share, abs=HALF_OF_THE_LAST_DIGIT)


@pytest.mark.parametrize(
    ("origin", "median", "p90"),
    [
        ("programmation", "T-12.mediane_annees", "T-12.p90_annees"),
        ("numero", "T-12.mediane_annees_creation", "T-12.p90_annees_creation"),
    ],
)
def test_years_to_the_signature_are_those_of_t_12(whole_demo: WholeDemo, origin: str, median: str, p90: str) -> None:
    rows = [row for row in requetes_agrements.delais(whole_demo.run, TOUT) if row["origine"] == origin and row["annee"]]
    assert len(rows) > 1
    assert {("ensemble", str(row["annee"])): row["mediane"] for row in rows} == published(whole_demo, median)
    assert {("ensemble", str(row["annee"])): pytest.approx(row["p90"], abs=HALF_OF_THE_LAST_DIGIT) for row in rows} == published(
        whole_demo, p90
    )


def test_activity_steps_and_friction_are_those_of_a_01_to_a_04_and_s_08(whole_demo: WholeDemo) -> None:
    def figure(measure: str) -> Any:  # noqa: ANN401 - a figure or nothing
        return published(whole_demo, measure)["ensemble", whole_demo.run.reference_date.isoformat()]

    active = requetes_adoption.actifs(whole_demo.run, TOUT)
    for days in (90, 365):
        assert (active[f"bailleurs_{days}"], active[f"services_{days}"]) == (figure(f"A-01.nb_{days}"), figure(f"A-02.nb_{days}"))
    share = 100 * active["bailleurs_365"] / active["bailleurs_avec_compte"]
    assert 0 < share == pytest.approx(figure("A-01.part_365"), abs=HALF_OF_THE_LAST_DIGIT)
    rows = requetes_adoption.departements(whole_demo.run, TOUT)
    covered = sum(row["premiere_validation"] is not None for row in rows)
    assert 100 * covered / len(rows) == pytest.approx(figure("A-03.part"), abs=HALF_OF_THE_LAST_DIGIT)
    steps = requetes_adoption.entonnoir(whole_demo.run, TOUT)
    measures = ("nb_avec_compte", "nb_connectes", "nb_bailleur_connecte", "nb_avec_dossier", "nb_avec_soumis", "nb_avec_instruit")
    assert [steps[step.code] for step in ensembles_adoption.ENTONNOIR] == [
        figure(f"A-04.{measure}") for measure in (*measures, "nb_avec_valide")
    ]
    files = requetes_adoption.frottements(whole_demo.run, TOUT)
    returns = 100 * files["retours"] / files["dossiers"]
    assert returns == pytest.approx(figure("S-08.retours_pour_100"), abs=HALF_OF_THE_LAST_DIGIT)
    assert files["age_correction"] == figure("S-08.age_correction")


def test_a_territory_never_tells_a_year_that_is_protected(whole_demo: WholeDemo) -> None:
    hidden = whole_demo.marts.execute(
        """
        select modalite, periode::integer
        from kpi_valeur
        where kpi_id = 'A-06' and mesure = 'nb_signees' and axe = 'departement' and est_protegee and modalite ~ '^\\d+$'
        order by all
        limit 20
        """
    ).fetchall()
    assert hidden
    for code, year in hidden:
        [row] = [row for row in requetes_adoption.signees(whole_demo.run, Communs((code,))) if row["annee"] == year]
        assert (row["signees"], row["nees"], row["nees_parmi"], row["avenants"], row["avenants_parmi"]) == (None,) * 5
