from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

import duckdb
import pytest
from streamlit.testing.v1 import AppTest

from dashboards.filtres.communs import Communs
from dashboards.filtres.delais import CHOIX_AXE, Filtres
from dashboards.periodes import Periode
from dashboards.requetes import delais as requetes_delais
from dashboards.requetes import survie as requetes_survie
from data_contracts.layout import Home
from tests.unit.dashboards import made_indicateurs, made_rows, made_run

if TYPE_CHECKING:
    from data_contracts.publication import PublishedRun

OpenPage = Callable[..., AppTest]
Shown = Callable[[AppTest], str]
ALL = Filtres("T-08")
EVER = Communs(depuis=date(1977, 1, 1))


@pytest.fixture(scope="module")
def open_delais(open_screen: Callable[..., AppTest]) -> OpenPage:
    return lambda **address: open_screen("delais", **address)


def test_the_last_whole_year_is_described_by_its_percentiles(open_delais: OpenPage, shown: Shown) -> None:
    text = shown(open_delais())
    assert (
        "Sur 10 dossiers fermés en 2025, la moitié ont passé 55 jours ou moins dans l'étape, les trois quarts 77,5 ou moins, "
        "neuf sur dix 91 ou moins."
    ) in text
    assert "Médiane 55 jours, fermés en 2025" in text
    assert "Encore dans l'étape 6" in text


@pytest.mark.parametrize(
    ("filters", "closed", "open_files"),
    [
        (ALL, 10, 6),
        (Filtres("T-08", communs=Communs(depuis=date(2024, 1, 1), jusqua=date(2024, 12, 31))), 5, 6),
        (Filtres("T-08", communs=EVER), 15, 6),
        (Filtres("T-08", communs=Communs(("29",))), 5, 0),
        (Filtres("T-08", communs=Communs(("region-75", "33"))), 5, 6),
        (Filtres("T-08", services=("ecoloweb:9",), communs=EVER), 10, 6),
        (Filtres("T-08", communs=Communs(familles=("PLAI",))), 5, 0),
        (Filtres("T-08", communs=Communs(familles=("PLUS",))), 10, 6),
        (Filtres("T-08", natures=("SEM",), communs=EVER), 5, 0),
        (Filtres("T-15"), 1, 0),
    ],
)
def test_each_filter_keeps_what_it_says(run: PublishedRun, filters: Filtres, closed: int, open_files: int) -> None:
    counted = requetes_delais.chiffres(run, filters, requetes_delais.periode(run, filters))
    assert (counted["fermes"], counted["ouverts"]) == (closed, open_files)


def test_the_last_whole_year_is_the_latest_that_closed_a_file_before_the_current_one(run: PublishedRun) -> None:
    assert requetes_delais.periode(run, ALL) == Periode.de_l_annee(2025)
    assert requetes_delais.periode(run, Filtres("T-08", natures=("SEM",))) == Periode.de_l_annee(2024)
    assert requetes_delais.periode(run, Filtres("T-16")) == Periode()


def test_too_few_files_are_said_to_tell_no_trend(open_delais: OpenPage, shown: Shown) -> None:
    text = shown(open_delais(etape="T-15"))
    assert "Le seul dossier fermé en 2025 a passé 12 jours dans l'étape." in text
    assert "Sous 5 dossiers fermés, ces durées ne disent rien d'une tendance." in text


def test_business_days_measure_the_same_files(run: PublishedRun) -> None:
    assert requetes_delais.chiffres(run, Filtres("T-08", "ouvres"), Periode.de_l_annee(2025))["mediane"] == 27.5


def test_the_evolution_takes_the_finest_step_that_says_something(run: PublishedRun) -> None:
    assert requetes_delais.pas_retenu(run, ALL) == "mois"
    assert requetes_delais.pas_retenu(run, Filtres("T-15")) == "annee"
    found = requetes_delais.evolution(run, ALL, "mois")
    assert [(row["debut"], row["fermes"], row["mediane"]) for row in found] == [
        (date(2024, 6, 1), 5, 40),
        (date(2025, 4, 1), 5, 30),
        (date(2025, 10, 1), 5, 80),
    ]


def test_durations_spread_in_classes_that_hold_every_file(run: PublishedRun) -> None:
    found = requetes_delais.distribution(run, ALL, Periode.de_l_annee(2025))
    assert sum(row["dossiers"] for row in found) == 10
    assert all(row["fin"] is None or row["fin"] >= row["debut"] for row in found)
    assert [row["debut"] for row in found] == list(range(0, 101, 10))
    assert requetes_delais.distribution(run, Filtres("T-16"), Periode()) == []


def test_open_files_are_told_by_band_of_age(run: PublishedRun) -> None:
    whole, *statuses = requetes_delais.ages(run, ALL)
    assert [whole[f"tranche_{rank}"] for rank in range(5)] == [1, 1, 1, 1, 2]
    assert [row["statut"] for row in statuses] == ["INSTRUCTION"]


@pytest.mark.parametrize("axis", [axis for axis in CHOIX_AXE if axis != "type"])
def test_every_break_down_holds_every_file(run: PublishedRun, axis: str) -> None:
    found = requetes_delais.ventilation(run, Filtres("T-08", axe=axis), Periode())
    several = 5 if axis == "financement" else 0
    assert sum(row["fermes"] for row in found) == 15 + several
    assert sum(row["ouverts"] for row in found) == 6


def test_an_amendment_of_several_types_counts_in_each(run: PublishedRun) -> None:
    found = requetes_delais.ventilation(run, Filtres("T-15", axe="type"), Periode())
    assert [(row["modalite"], row["fermes"]) for row in found] == [("5", 1), ("8", 1)]


def test_years_of_opening_are_told_with_the_interval_of_their_median(
    open_delais: OpenPage, shown: Shown, run: PublishedRun
) -> None:
    found = {row["annee"]: row for row in requetes_survie.cohortes(run, ALL)}
    assert (found[2024]["dossiers"], found[2024]["fermes"], found[2024]["mediane"]) == (5, 5, 40)
    assert found[2026]["mediane"] is None
    assert "Ouverts en 2024 (5 dossiers) : la moitié en sortent en 40 jours (intervalle à 95 % : de 40 à 40)." in shown(
        open_delais(ouverture="2024")
    )


def test_what_was_not_measured_and_what_is_left_out_are_said(open_delais: OpenPage, shown: Shown) -> None:
    text = shown(open_delais(territoire="29"))
    assert "Sur 27 passages par cette étape : 24 mesurés (88,9 %), 3 impossibles à mesurer." in text
    assert "Parmi les mesurés, 3 hors des chiffres de la page." in text
    assert "Écarté : la fin précède le début (voir les règles sur les dates) 2" in text
    assert "bailleur privé ou de nature inconnue 1" in text


def test_a_stage_that_nobody_follows_today_says_so(open_delais: OpenPage, shown: Shown) -> None:
    assert "Aucun des chiffres que l'équipe d'APiLos suit aujourd'hui (STATS.md) ne porte sur cette étape." in shown(open_delais())


@pytest.mark.usefixtures("empty_home")
def test_the_figure_followed_today_waits_for_its_source_and_says_why_it_differs(
    open_delais: OpenPage, shown: Shown, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(made_rows.MARTS, "kpi_catalogue", [*made_indicateurs.CATALOGUE, made_indicateurs.STATS])
    made_run.write_run(Home.from_environment())
    text = shown(open_delais())
    assert "elle attend une livraison d'APiLos" in text
    assert "Pourquoi ce chiffre et ceux de la page diffèrent : Il ne suit que les dossiers en attente." in text


@pytest.mark.usefixtures("empty_home")
def test_the_figure_followed_today_is_shown_once_it_is_known(
    open_delais: OpenPage, shown: Shown, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(made_rows.MARTS, "kpi_catalogue", [*made_indicateurs.CATALOGUE, made_indicateurs.STATS])
    value = {"kpi_id": "T-08-STATS", "mesure": "moyenne", "axe": "ensemble", "modalite": "ensemble", "effectif": 12, "valeur": 59.5}
    monkeypatch.setitem(made_rows.MARTS, "kpi_valeur", [value])
    made_run.write_run(Home.from_environment())
    text = shown(open_delais())
    assert "Création → mise à la signature, selon STATS.md : 59,5 jours, sur 12 dossiers." in text
    assert "elle attend" not in text


def test_a_stage_is_defined_one_click_away(open_delais: OpenPage, shown: Shown) -> None:
    text = shown(open_delais())
    assert "Définition, population, source et date de T-08 · Dépôt → signature" in text
    assert "Population de T-08." in text
    assert "données au 01/11/2026" in text


def test_every_chart_has_its_sentence_and_its_table(open_delais: OpenPage) -> None:
    app = open_delais()
    charts = app.get("vega_lite_chart")
    assert len(charts) == 5
    assert all(len(chart.proto.alt) > 60 for chart in charts)
    assert len(app.get("download_button")) == 7 * 3


def test_lines_are_told_apart_by_their_points_and_their_dashes(open_delais: OpenPage) -> None:
    drawn = [json.loads(chart.proto.spec) for chart in open_delais().get("vega_lite_chart")]
    lines = [spec for spec in drawn if "strokeDash" in json.dumps(spec["layer"]) and "color" in json.dumps(spec)]
    assert len(lines) == 2


def test_the_address_keeps_the_filters(open_delais: OpenPage) -> None:
    app = open_delais()
    app.selectbox(key="delais_etape").select("T-15").run()
    app.selectbox(key="delais_axe").select("type").run()
    app.multiselect(key="commun_territoires").select("33").run()
    assert app.query_params == {"etape": "T-15", "axe": "type", "territoire": "33"}
    assert not app.exception
    assert app.button(key="effacer").click().run().query_params == {}


def test_a_stage_without_a_measured_file_says_why(open_delais: OpenPage, shown: Shown) -> None:
    text = shown(open_delais(etape="T-16"))
    assert "Aucun dossier n'a été mesuré dans cette étape : la fin de la page dit pourquoi." in text
    assert "Écarté : date de début inconnue 4" in text
    assert "75e centile" not in text


def test_no_file_for_these_filters_is_one_sentence(open_delais: OpenPage, shown: Shown) -> None:
    assert "Aucun dossier ne répond à ces filtres. En élargir un, ou les effacer." in shown(open_delais(territoire="56"))


@pytest.mark.usefixtures("empty_home")
def test_a_run_that_dates_no_stage_says_what_to_deliver(
    open_delais: OpenPage, shown: Shown, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(made_rows.MARTS, "fct_delai", [])
    monkeypatch.setitem(made_rows.MARTS, "rec_delai", [])
    made_run.write_run(Home.from_environment())
    assert "Aucune étape n'est connue de cette publication" in shown(open_delais())


@pytest.mark.usefixtures("empty_home")
def test_a_run_of_an_earlier_version_says_to_build_another(open_delais: OpenPage, shown: Shown) -> None:
    run = made_run.write_run(Home.from_environment())
    with duckdb.connect(str(run.database)) as connection:
        connection.execute("alter table marts.fct_delai drop column est_suivi")
    assert "en construire une avec « parc run »" in shown(open_delais())


def test_the_files_behind_a_figure_are_as_many_as_it_counts_the_longest_first(run: PublishedRun) -> None:
    when = requetes_delais.periode(run, ALL)
    counted = requetes_delais.chiffres(run, ALL, when)
    closed, open_ = (requetes_delais.Dossiers(run, ALL, when, ouverts) for ouverts in (False, True))
    assert (closed.nombre(), open_.nombre()) == (counted["fermes"], counted["ouverts"])
    assert len(list(closed)) == closed.nombre()
    days = [row["duree"] for row in open_.page(50, 0)]
    assert days == sorted(days, reverse=True)


def test_a_figure_leads_to_its_files_and_back(open_delais: OpenPage, shown: Shown) -> None:
    app = open_delais()
    app.button(key="lignes_delais_3").click().run()
    assert app.query_params["liste"] == "fermes"
    assert "T-08, dossiers fermés en 2025, les plus longs d'abord" in shown(app)
    app.button(key="retour").click().run()
    assert "liste" not in app.query_params
