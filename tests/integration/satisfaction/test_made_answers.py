"""From made answers to the figures: each scale apart, small numbers hidden, nothing lost, nobody named."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from math import sqrt
from typing import Any

import duckdb
import pytest

from dashboards import donnees
from dashboards.components.notes import nps
from dashboards.filtres.communs import Communs
from dashboards.filtres.satisfaction import Filtres
from dashboards.intervalles import wilson
from dashboards.requetes import satisfaction as requetes_satisfaction
from data_contracts.layout import Home
from data_contracts.publication import current_run

Marts = duckdb.DuckDBPyConnection


def measured(marts: Marts, measure: str, axis: str, value: str, period: str = "2026") -> tuple[Any, ...]:
    """Return value, numerator, denominator and count of a measure, told by its indicator and its name: S-01.part."""
    found = marts.execute(
        "select valeur, numerateur, denominateur, effectif from kpi_valeur "
        "where kpi_id || '.' || mesure = $1 and axe = $2 and modalite = $3 and periode = $4",
        [measure, axis, value, period],
    ).fetchall()
    [row] = found
    return row


def test_every_answer_received_is_published_or_in_quarantine(marts: Marts) -> None:
    [(received, landed, refused, staged, gap)] = marts.execute(
        "select nb_recus, nb_poses, nb_quarantaine, nb_staging, ecart from rec_table "
        "where source = 'satisfaction' and table_source = 'reponse'"
    ).fetchall()

    assert (received, landed, refused, staged, gap) == (37, 36, 1, 36, 0)
    assert marts.execute("select count(*) from fct_avis").fetchall() == [(36,)]


def test_a_note_keeps_its_scale_and_is_told_on_ten_apart(marts: Marts) -> None:
    found = marts.execute(
        "select distinct canal, public, valeur, echelle_min, echelle_max, note_10, est_satisfait, recommandation "
        "from fct_avis where valeur is not null order by all"
    ).fetchall()

    assert found == [
        ("enquete", "bailleur", 2, 1, 5, Decimal("2.50"), False, None),
        ("enquete", "bailleur", 3, 1, 5, 5, False, None),
        ("enquete", "bailleur", 5, 1, 5, 10, True, None),
        ("enquete", "instructeur", 6, 0, 10, 6, None, 6),
        ("enquete", "instructeur", 8, 0, 10, 8, None, 8),
        ("enquete", "instructeur", 10, 0, 10, 10, None, 10),
        ("jdma", None, 1, 1, 3, 0, False, None),
        ("jdma", None, 2, 1, 3, 5, False, None),
        ("jdma", None, 3, 1, 3, 10, True, None),
    ]


def test_a_comment_names_nobody_and_tells_its_themes(marts: Marts) -> None:
    found = marts.execute("select distinct verbatim, themes from fct_avis where verbatim is not null order by all").fetchall()

    assert found == [
        ("Le loyer est faux, appeler Mme [nom masqué] au [numéro masqué]", ["LOYER"]),
        ("Note oubliée", []),
        ("Publication au SPF en retard", ["DELAI", "SPF"]),
    ]


def test_a_departement_that_does_not_exist_is_left_empty(marts: Marts) -> None:
    found = marts.execute("select code_departement, count(*) from fct_avis where public = 'bailleur' group by all order by all")

    assert found.fetchall() == [("2A", 4), ("33", 8), (None, 1)]


def test_the_share_of_satisfied_comes_with_its_interval(marts: Marts) -> None:
    satisfied, answers = 8, 13
    assert measured(marts, "S-01.part", "enquete", "Enquête bailleurs 2026") == (Decimal("61.5385"), satisfied, answers, answers)

    share, z = satisfied / answers, 1.96
    centre, half = share + z**2 / (2 * answers), z * sqrt(share * (1 - share) / answers + z**2 / (4 * answers**2))
    for measure, bound in (("borne_basse", centre - half), ("borne_haute", centre + half)):
        [value, *_] = measured(marts, f"S-01.{measure}", "enquete", "Enquête bailleurs 2026")
        assert float(value) == pytest.approx(100 * bound / (1 + z**2 / answers), abs=1e-3)


def test_two_scales_are_never_counted_together(marts: Marts) -> None:
    found = marts.execute("select distinct modalite from kpi_valeur where kpi_id = 'S-01' and axe = 'public' order by all")

    assert found.fetchall() == [("bailleur, de 1 à 5",), ("non renseigné, de 1 à 3",)]


def test_under_ten_answers_only_their_number_is_told(marts: Marts) -> None:
    assert measured(marts, "S-02.note", "ensemble", "ensemble", "2025") == (None, None, None, 1)


def test_the_note_of_jdma_counts_a_smiley_zero_five_or_ten(marts: Marts) -> None:
    assert measured(marts, "S-02.note", "ensemble", "ensemble") == (Decimal("6.8182"), 75, 11, 11)


def test_the_nps_rests_on_eleven_points_alone(marts: Marts) -> None:
    assert measured(marts, "S-03.nps", "enquete", "Instructeurs 2026") == (40, 4, 10, 10)
    assert marts.execute("select distinct modalite from kpi_valeur where kpi_id = 'S-03' and axe = 'enquete'").fetchall() == [
        ("Instructeurs 2026",)
    ]


def test_clarity_is_a_mean_from_one_to_five(marts: Marts) -> None:
    assert measured(marts, "S-04.clarte", "ensemble", "ensemble") == (Decimal("3.7273"), 41, 11, 11)


def test_the_rate_of_answers_exists_where_the_sent_are_counted(marts: Marts) -> None:
    assert measured(marts, "S-05.taux", "enquete", "Enquête bailleurs 2026", "2026-11-01") == (25, 13, 52, 13)
    assert marts.execute("select distinct modalite from kpi_valeur where kpi_id = 'S-05' and axe = 'enquete'").fetchall() == [
        ("Enquête bailleurs 2026",)
    ]


def test_comments_and_their_themes_are_counted(marts: Marts) -> None:
    assert measured(marts, "S-06.nb_avis", "ensemble", "ensemble")[0] == 35
    assert measured(marts, "S-06.part_commentee", "public", "bailleur") == (Decimal("30.7692"), 4, 13, 13)
    assert measured(marts, "S-06.nb_loyer", "public", "bailleur")[0] == 4


def test_the_page_shows_the_figures_of_the_indicators(surveyed: Home, marts: Marts, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(donnees, "_entiere", lambda _run: marts)  # one process opens a run once
    rows = requetes_satisfaction.par_enquete(
        current_run(surveyed), Filtres(communs=Communs(depuis=date(2026, 1, 1), jusqua=date(2026, 12, 31)))
    )
    found = {row["enquete"]: row for row in rows}
    for survey, count in (("Enquête bailleurs 2026", 13), ("Je donne mon avis", 11)):
        share = wilson(found[survey]["satisfaits"], found[survey]["avec_seuil"])
        assert share is not None
        for measure, value in zip(("part", "borne_basse", "borne_haute"), share, strict=True):
            told = measured(marts, f"S-01.{measure}", "enquete", survey)
            assert (float(told[0]), told[3]) == (pytest.approx(value, abs=1e-3), count)
    score = nps(found["Instructeurs 2026"])
    assert score == pytest.approx(float(measured(marts, "S-03.nps", "enquete", "Instructeurs 2026")[0]), abs=1e-3)
