from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

import pytest
from streamlit.testing.v1 import AppTest

from dashboards.filtres.communs import Communs
from dashboards.filtres.satisfaction import Filtres
from dashboards.requetes import satisfaction as requetes_satisfaction
from data_contracts.layout import Home
from tests.unit.dashboards import made_rows, made_run

if TYPE_CHECKING:
    from data_contracts.publication import PublishedRun

OpenPage = Callable[..., AppTest]
Shown = Callable[[AppTest], str]


@pytest.fixture(scope="module")
def open_satisfaction(open_screen: Callable[..., AppTest]) -> OpenPage:
    return lambda **address: open_screen("satisfaction", **address)


def test_each_survey_is_told_on_its_own_scale(open_satisfaction: OpenPage, shown: Shown) -> None:
    text = shown(open_satisfaction())
    assert "Questionnaire envoyé · Bailleurs · échelle de 1 à 5 · 20 réponses, du 01/06/2025 au 01/03/2026" in text
    assert "Part de satisfaits 75 % de 53,1 à 88,8 % (intervalle à 95 %), 20 réponses" in text
    assert "Recommandation nette (NPS) +25 points 6 promoteurs, 3 détracteurs, 12 réponses" in text


def test_fewer_than_ten_answers_are_not_shown_and_it_is_said(open_satisfaction: OpenPage, shown: Shown) -> None:
    text = shown(open_satisfaction())
    assert "Part de satisfaits Masqué moins de 10 réponses" in text
    assert "Note de Je donne mon avis Masqué moins de 10 réponses" in text
    assert "Clarté Masqué moins de 10 réponses" in text
    assert "Sous 10 réponses, la part n'est pas montrée : Je donne mon avis" in text
    assert "10 sur 10" not in text


@pytest.mark.parametrize(
    ("filters", "answers"),
    [
        (Filtres(), 41),
        (Filtres(enquetes=("bailleurs",)), 20),
        (Filtres(publics=("instructeur", "inconnu")), 21),
        (Filtres(canaux=("jdma",)), 9),
        (Filtres(communs=Communs(depuis=date(2026, 1, 1))), 22),
        (Filtres(themes=("LOYER",), mot="rien"), 41),
    ],
)
def test_each_filter_keeps_what_it_says(run: PublishedRun, filters: Filtres, answers: int) -> None:
    assert requetes_satisfaction.ensemble(run, filters)["reponses"] == answers


@pytest.mark.parametrize(
    ("filters", "comments"),
    [
        (Filtres(), 10),
        (Filtres(themes=("DELAI",)), 2),
        (Filtres(avis="satisfaits"), 8),
        (Filtres(avis="insatisfaits"), 2),
        (Filtres(avis="sans_seuil"), 0),
        (Filtres(mot="RELANCÉS"), 2),
        (Filtres(mot="relancez"), 0),
        (Filtres(mot="loyer est"), 8),
        (Filtres(mot="%"), 10),
        (Filtres(canaux=("jdma",)), 0),
    ],
)
def test_comments_are_found_by_theme_by_opinion_and_by_word(run: PublishedRun, filters: Filtres, comments: int) -> None:
    assert requetes_satisfaction.nb_commentaires(run, filters) == comments
    assert len(requetes_satisfaction.commentaires(run, filters, 1)) == comments


def test_a_comment_is_written_as_it_is(open_satisfaction: OpenPage) -> None:
    blocks = [block.value for block in open_satisfaction().get("html")]
    assert any("Le loyer est &lt;b&gt;clair&lt;/b&gt;." in block for block in blocks)


def test_a_public_is_told_apart_by_scale(run: PublishedRun) -> None:
    found = requetes_satisfaction.par_public(run, Filtres())
    assert [(row["public"], row["echelle_max"], row["satisfaits"], row["reponses"]) for row in found] == [
        ("bailleur", 5, 15, 20),
        (None, 3, 9, 9),
    ]


def test_the_response_rate_is_that_of_all_years_and_its_absence_is_said(open_satisfaction: OpenPage, shown: Shown) -> None:
    text = shown(open_satisfaction(depuis="2026"))
    assert "« Enquête des bailleurs » : 50 % (de 35,2 à 64,8 %), 20 réponses pour 40 envois." in text
    assert "Sans taux de réponse, faute du nombre d'envois : Enquête des instructeurs, Je donne mon avis." in text


def test_periods_with_too_few_answers_are_said_and_not_drawn(open_satisfaction: OpenPage, shown: Shown) -> None:
    app = open_satisfaction(pas="mois", enquete="bailleurs")
    assert "4 périodes sur 4, par mois, ont moins de 10 réponses : le score n'en est pas montré." in shown(app)
    app = open_satisfaction(pas="annee", enquete="bailleurs")
    assert "2026 : 80 % (10 réponses) ; 2025 : 70 %." in shown(app)


def test_answers_without_a_date_are_said(open_satisfaction: OpenPage, shown: Shown) -> None:
    assert "9 réponses sans date : hors des évolutions." in shown(open_satisfaction())


def test_themes_are_counted_in_the_comments(open_satisfaction: OpenPage, shown: Shown) -> None:
    assert "« Loyer » est le thème le plus abordé : 8 commentaires sur 10 (80 %)." in shown(open_satisfaction())
    assert "leurs thèmes ne sont pas comptés" in shown(open_satisfaction(depuis="2025", jusqua="2025"))


def test_every_chart_has_its_sentence(open_satisfaction: OpenPage) -> None:
    charts = open_satisfaction().get("vega_lite_chart")
    assert charts
    assert all(len(chart.proto.alt) > 40 for chart in charts)


def test_the_address_keeps_the_filters(open_satisfaction: OpenPage) -> None:
    app = open_satisfaction()
    app.multiselect(key="satisfaction_enquetes").select("bailleurs").run()
    app.selectbox(key="satisfaction_avis").select("insatisfaits").run()
    app.text_input(key="satisfaction_mot").input(" relance ").run()
    assert app.query_params == {"enquete": "bailleurs", "avis": "insatisfaits", "mot": "relance"}
    assert not app.exception
    assert app.button(key="effacer").click().run().query_params == {}


def test_no_answer_for_these_filters_is_one_sentence(open_satisfaction: OpenPage, shown: Shown) -> None:
    assert "Aucune réponse ne répond à ces filtres." in shown(open_satisfaction(enquete="jdma", depuis="2026"))


@pytest.mark.usefixtures("empty_home")
def test_without_survey_the_page_says_what_is_missing_and_how_to_add_it(
    open_satisfaction: OpenPage, shown: Shown, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(made_rows.MARTS, "fct_avis", [])
    made_run.write_run(Home.from_environment())
    text = shown(open_satisfaction())
    assert "Aucune enquête de satisfaction n'est dans cette publication" in text
    assert "parc import satisfaction" in text
    assert " 0 " not in text


def test_the_answers_behind_a_figure_are_listed_and_lead_back(open_satisfaction: OpenPage, shown: Shown) -> None:
    app = open_satisfaction(enquete="bailleurs")
    app.button(key="lignes_reponses_0").click().run()
    assert app.query_params == {"enquete": "bailleurs", "liste": "reponses"}
    assert "20 lignes." in shown(app)
    app.button(key="retour").click().run()
    assert app.query_params == {"enquete": "bailleurs"}
