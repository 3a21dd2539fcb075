from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import TYPE_CHECKING

import pytest
from streamlit.testing.v1 import AppTest

from dashboards.filtres.communs import TOUT, Communs
from dashboards.requetes import adoption as requetes_adoption
from dashboards.requetes import ensembles, ensembles_adoption
from dashboards.requetes.ensembles import Ensemble
from data_contracts.layout import Home
from tests.support.indicator_figures import told
from tests.unit.dashboards import made_adoption, made_rows, made_run

if TYPE_CHECKING:
    from data_contracts.publication import PublishedRun

OpenPage = Callable[..., AppTest]
Shown = Callable[[AppTest], str]
SETS = [un for un in vars(ensembles_adoption).values() if isinstance(un, Ensemble)]
GIRONDE, BRETAGNE = Communs(("33",)), Communs(("region-53",))


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PublishedRun]:
    """The made run, with APiLos."""
    home = Home(tmp_path_factory.mktemp("adoption"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(made_run, "MARTS", made_rows.MARTS | made_adoption.MARTS)
        published = made_run.write_run(home)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PARC_HOME", str(home.root))
        yield published


@pytest.fixture(scope="module")
def open_adoption(open_screen: Callable[..., AppTest]) -> OpenPage:
    return lambda **address: open_screen("adoption", **address)


@pytest.fixture(scope="module")
def text(open_adoption: OpenPage, shown: Shown) -> str:
    return shown(open_adoption())


def published(run: PublishedRun, measure: str, axis: str = "ensemble", value: str = "ensemble") -> float:
    """Return what an indicator tells of a value of an axis at the reference date."""
    return float(told(run, measure, axis)[value, None] or 0)


def test_owners_and_offices_active_are_those_of_the_indicators(run: PublishedRun) -> None:
    whole, gironde = requetes_adoption.actifs(run, TOUT), requetes_adoption.actifs(run, GIRONDE)
    assert (whole["bailleurs_90"], whole["bailleurs_365"], whole["services_90"], whole["services_365"]) == (1, 2, 1, 2)
    for days in (90, 365):
        assert whole[f"bailleurs_{days}"] == published(run, f"A-01.nb_{days}")
        assert whole[f"services_{days}"] == published(run, f"A-02.nb_{days}")
        assert gironde[f"bailleurs_{days}"] == published(run, f"A-01.nb_{days}", "departement", "33")
    assert 100 * whole["bailleurs_365"] / whole["bailleurs_avec_compte"] == published(run, "A-01.part_365")
    assert 100 * whole["services_365"] / whole["services_avec_compte"] == published(run, "A-02.part_365")


def test_each_step_of_the_funnel_is_that_of_the_indicator(run: PublishedRun) -> None:
    counted = requetes_adoption.entonnoir(run, TOUT)
    measures = ("nb_avec_compte", "nb_connectes", "nb_bailleur_connecte", "nb_avec_dossier", "nb_avec_soumis", "nb_avec_instruit")
    told_of = [published(run, f"A-04.{measure}") for measure in (*measures, "nb_avec_valide")]
    assert [counted[step.code] for step in ensembles_adoption.ENTONNOIR] == told_of == [2, 2, 3, 3, 2, 2, 1]
    assert counted[ensembles_adoption.CONNUS.code] == published(run, "A-04.nb_services") == 3


def test_departements_covered_are_those_of_the_indicator(run: PublishedRun) -> None:
    rows = requetes_adoption.departements(run, TOUT)
    covered = [row["code_departement"] for row in rows if row["premiere_validation"]]
    assert covered == ["33"]
    assert 100 * len(covered) / len(rows) == published(run, "A-03.part")
    assert [row["code_departement"] for row in requetes_adoption.departements(run, BRETAGNE)] == ["29", "35", "56"]


def test_friction_is_that_of_the_indicator(run: PublishedRun) -> None:
    counted = requetes_adoption.frottements(run, TOUT)
    assert 100 * counted["retours"] / counted["dossiers"] == pytest.approx(published(run, "S-08.retours_pour_100"), abs=5e-5)
    assert 100 * counted["reactivations"] / counted["dossiers"] == pytest.approx(
        published(run, "S-08.reactivations_pour_100"), abs=5e-5
    )
    assert counted["age_correction"] == published(run, "S-08.age_correction") == 264
    assert sum(counted[f"retours_{rank}"] for rank in range(len(requetes_adoption.RETOURS))) == counted["dossiers"] == 3


def test_the_figures_are_told_in_sentences(text: str) -> None:
    assert (
        "Dans l'année qui précède le 01/11/2026, 2 bailleurs ont soumis un dossier et 2 services en ont instruit ; "
        "dans les 90 derniers jours, 1 et 1."
    ) in text
    assert "1 département couvert sur 5. Sans validation à ce jour : Finistère (29), Ille-et-Vilaine (35)," in text
    assert "3 services d'APiLos : 2 ont un compte, 2 un dossier soumis, 1 un dossier validé (33,3 %)." in text
    assert "4 comptes sur 14 (28,6 %) ne se sont jamais connectés." in text
    assert "Retours pour 100 dossiers 66,7 2 retours en correction ; 33,3 % des dossiers sans aucun" in text
    assert "Nées dans APiLos : en 2025, 30 des 50 conventions signées (60 %)." in text
    assert "50 conventions signées en 2025 ; l'année qui en a le plus est 2025 : 50." in text


def test_each_office_is_told_with_what_it_lacks_first(text: str) -> None:
    assert "DDTM <33> 33 Va jusqu'à la validation 4 3 2 5 4 4 3" in text
    assert "Brest Métropole 29 Aucun dossier validé 2 1 1 1 1 1 0" in text
    assert "DDT sans compte — Sans compte 0 0 1 1 0 0 0" in text


def test_a_protected_share_of_accounts_is_neither_shown_nor_drawn(open_adoption: OpenPage, text: str) -> None:
    assert f"Administrateurs protégé protégé protégé {made_adoption.MOTIF}" in text
    spoken = [chart for chart in open_adoption().get("vega_lite_chart") if "jamais connectés" in chart.proto.alt]
    assert len(spoken) == 1
    assert "Administrateurs" not in spoken[0].proto.spec


def test_a_protected_year_is_never_worked_out(open_adoption: OpenPage, run: PublishedRun, shown: Shown) -> None:
    [hidden, _] = requetes_adoption.signees(run, Communs(("29",)))
    assert (hidden["annee"], hidden["protegees"]) == (2025, 1)
    assert all(hidden[figure] is None for figure in ("signees", "nees", "nees_parmi", "avenants", "avenants_parmi"))
    app = open_adoption(territoire="29")
    text = shown(app)
    assert f"1 année protégée, dont aucun chiffre n'est montré : {made_adoption.MOTIF.lower()}." in text
    assert f"2025 protégé — protégé 1 {made_adoption.MOTIF}" in text
    assert "Conventions signées en 2026 7" in text
    links = [link.proto.query_string for link in app.main.get("page_link") if "conventions_signees" in link.proto.query_string]
    assert all("2026-01-01" in link for link in links)


def test_several_departements_add_up_what_is_not_protected(open_adoption: OpenPage, run: PublishedRun, shown: Shown) -> None:
    year = requetes_adoption.signees(run, Communs(("33", "29")))[0]
    assert (year["signees"], year["cellules"], year["protegees"]) == (43, 2, 1)
    app = open_adoption(territoire="33,29", depuis="2025", jusqua="2025")
    assert "Dans 1 année, un département au moins est protégé" in shown(app)
    assert not [link for link in app.main.get("page_link") if "conventions_" in link.proto.query_string]


@pytest.mark.parametrize(
    ("filters", "months", "years"),
    [
        (TOUT, ["2024-05", "2024-06", "2026-02", "2026-09", "2026-10"], [2024, 2025, 2026]),
        (Communs(depuis=date(2026, 2, 8)), ["2026-02", "2026-09", "2026-10"], [2026]),
        (Communs(depuis=date(2024, 6, 1), jusqua=date(2025, 1, 1)), ["2024-06"], [2024, 2025]),
        (Communs(("29",)), ["2026-02"], [2025, 2026]),
        (Communs(("974",)), [], []),
    ],
)
def test_dates_and_territories_bound_what_is_told_over_time(
    run: PublishedRun, filters: Communs, months: list[str], years: list[int]
) -> None:
    assert [f"{row['mois']:%Y-%m}" for row in requetes_adoption.par_mois(run, filters)] == months
    assert [row["annee"] for row in requetes_adoption.signees(run, filters)] == years


def test_a_state_does_not_follow_the_dates(run: PublishedRun) -> None:
    past = Communs(jusqua=date(2020, 1, 1))
    assert requetes_adoption.actifs(run, past) == requetes_adoption.actifs(run, TOUT)
    assert requetes_adoption.frottements(run, past) == requetes_adoption.frottements(run, TOUT)


@pytest.mark.parametrize("ensemble", SETS, ids=lambda ensemble: ensemble.code)
def test_a_set_lists_as_many_rows_as_it_counts(run: PublishedRun, ensemble: Ensemble) -> None:
    counted = ensembles.compter(run, TOUT, [ensemble])[ensemble.code]
    assert len(list(ensembles.Lignes(run, TOUT, ensemble))) == counted


@pytest.mark.parametrize("ensemble", {un.genre.code: un for un in SETS}.values(), ids=lambda ensemble: ensemble.genre.code)
def test_the_rows_behind_a_figure_can_be_seen(open_screen: OpenPage, shown: Shown, ensemble: Ensemble) -> None:
    text = shown(open_screen("lignes", ensemble=ensemble.code))
    assert ensemble.titre in text
    assert " ligne" in text


def test_owners_and_offices_active_are_listed_as_they_are_counted(run: PublishedRun) -> None:
    counted = requetes_adoption.actifs(run, BRETAGNE)
    for ensemble, figure in (
        (ensembles_adoption.BAILLEURS_90, "bailleurs_90"),
        (ensembles_adoption.BAILLEURS_365, "bailleurs_365"),
        (ensembles_adoption.SERVICES_90, "services_90"),
        (ensembles_adoption.SERVICES_365, "services_365"),
    ):
        assert ensembles.compter(run, BRETAGNE, [ensemble])[ensemble.code] == counted[figure]


def test_every_chart_has_its_sentence_and_every_table_its_files(open_adoption: OpenPage) -> None:
    app = open_adoption()
    charts = app.get("vega_lite_chart")
    assert len(charts) == 10
    assert all(len(chart.proto.alt) > 40 for chart in charts)
    assert len(app.get("download_button")) == 3 * len([block for block in app.get("html") if "<table" in block.value])


def test_a_territory_without_anything_says_so(open_adoption: OpenPage, shown: Shown) -> None:
    text = shown(open_adoption(territoire="974"))
    assert "Aucun dossier né dans APiLos n'a été soumis ni instruit dans ces mois." in text
    assert "Aucun service d'APiLos n'a de programme dans ces départements." in text
    assert "Aucun dossier né dans APiLos n'a été soumis dans ces départements." in text
    assert "Aucune convention signée n'est connue dans ces années." in text


def test_without_apilos_the_page_says_how_to_add_it_and_shows_what_ecoloweb_gives(
    empty_home: Home, open_adoption: OpenPage, shown: Shown, monkeypatch: pytest.MonkeyPatch
) -> None:
    empty = {mart: [] for mart in ("fct_passage", "agg_service", "agg_compte")}
    ecoloweb = {"dim_livraison": [{"livraison_id": "a", "source": "ecoloweb"}]}
    monkeypatch.setattr(made_run, "MARTS", made_rows.MARTS | made_adoption.MARTS | empty | ecoloweb)
    made_run.write_run(empty_home)
    text = shown(open_adoption())
    assert "Cette publication n'a lu aucune livraison d'APiLos" in text
    assert "parc import apilos SAUVEGARDE" in text
    assert "Bailleurs actifs sur" not in text
    assert "50 conventions signées en 2025" in text


def test_a_run_of_zero_rows_says_what_is_missing(
    empty_home: Home, open_adoption: OpenPage, shown: Shown, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(made_run, "MARTS", {})
    made_run.write_run(empty_home)
    text = shown(open_adoption())
    assert "Cette publication n'a lu aucune livraison d'APiLos" in text
    assert "Aucune convention signée n'est connue dans ces années." in text
