from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from streamlit.testing.v1 import AppTest

from tests.unit.dashboards import made_run

if TYPE_CHECKING:
    from data_contracts.layout import Home

Start = Callable[[], AppTest]
Shown = Callable[[AppTest], str]
OpenScreen = Callable[..., AppTest]


@pytest.fixture(scope="module")
def accueil(start: Start) -> AppTest:
    return start()


@pytest.fixture(scope="module")
def text(accueil: AppTest, shown: Shown) -> str:
    return shown(accueil)


def test_it_says_which_run_is_read_and_its_reference_date(text: str) -> None:
    assert "publiées le 01/11/2026 à 10 h 12, à la date de référence du 01/11/2026" in text


@pytest.mark.parametrize(
    ("figure", "value"),
    [
        ("Conventions", "29"),
        ("Conventions en vigueur", "27"),
        ("Logements conventionnés", "1 793"),
        ("Bailleurs", "2"),
        ("Conventions mixtes", "1"),
        ("Conventions ANAH", "1"),
        ("Avenants", "2"),
        ("Sans publication", "1"),
        ("Expiration passée", "1"),
    ],
)
def test_a_key_figure_comes_with_its_value_its_definition_and_its_source(text: str, figure: str, value: str) -> None:
    card = text[text.index(f"{figure} {value} ") :][:600]
    assert f"Définition de « {figure} »" in card
    assert "Source fct_" in card
    assert f"données au 01/11/2026, publication {made_run.FIRST}" in card


def test_agreements_in_force_spread_by_kind_family_and_departement(text: str) -> None:
    assert "« Logements ordinaires » : 22 conventions sur 27 (81,5 %), devant « Résidence sociale » (5)." in text
    assert "« PLUS » : 25 conventions sur 27 (92,6 %)" in text
    assert "« Finistère (29) » : 9 conventions sur 27 (33,3 %), devant « Ille-et-Vilaine (35) » (8)." in text


@pytest.mark.parametrize("spread", ["par nature de logement", "par famille de financement", "par département"])
def test_every_chart_has_a_text_equivalent_and_a_table_to_download(accueil: AppTest, spread: str) -> None:
    spoken = [chart.proto.alt for chart in accueil.get("vega_lite_chart")]
    assert any(spread in words and "conventions sur 27" in words for words in spoken)
    assert any(spread in button.label for button in accueil.get("download_button"))


def test_open_cases_are_counted_by_severity_and_lead_to_their_page(accueil: AppTest, text: str) -> None:
    assert "Cas non réglementaires 1 sur 1 convention" in text
    assert "Anomalies 24 sur 24 conventions" in text
    assert "À vérifier 1 sur 0 convention" in text
    links = {link.proto.query_string for link in accueil.main.get("page_link") if link.proto.page == "cas"}
    assert links == {"severite=non_reglementaire", "severite=anomalie", "severite=a_verifier", ""}


def test_informations_are_said_not_to_be_cases(text: str) -> None:
    assert "Hors de ces cas, 1 information : rien à y corriger." in text


def test_a_run_without_rule_says_nothing_of_cases(
    empty_home: Home, start: Start, shown: Shown, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(made_run.MARTS, "dim_regle", [])
    made_run.write_run(empty_home)
    assert "Cas non réglementaires" not in shown(start())


def test_each_reader_is_told_where_to_start(accueil: AppTest, text: str) -> None:
    links = {link.proto.label.replace("\\", ""): link.proto.page for link in accueil.main.get("page_link")}
    assert links["Analyste LO3 ou DDT"] == "cas"
    assert links["Équipe produit"] == "delais"
    assert links["Administrateur des données"] == "qualite"
    assert "Vérifier ce qui a été reçu, refusé et contrôlé" in text


def test_one_line_says_whether_the_publication_can_be_trusted_and_leads_to_the_rest(accueil: AppTest, text: str) -> None:
    assert "2 contrôles : 1 réussi, 1 alerte, 0 blocage." in text
    assert "Ecoloweb, reçue le 31/10/2026, soit 1 jour pour 400 permis." in text
    labels = {link.proto.label: link.proto.page for link in accueil.main.get("page_link")}
    assert labels["Voir la qualité des données"] == "qualite"


def test_without_publication_the_page_says_what_to_do(empty_home: Home, start: Start, shown: Shown) -> None:
    text = shown(start())
    assert f"Aucune publication dans {empty_home.published}" in text
    assert "make demo" in text
    assert "parc run" in text


def test_without_an_agreement_in_force_spreads_are_a_sentence(
    empty_home: Home, start: Start, shown: Shown, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(made_run.MARTS, "fct_convention", [{"convention_id": "ecoloweb:1", "source": "ecoloweb"}])
    made_run.write_run(empty_home)
    assert "Aucune convention n'est en vigueur." in shown(start())


def test_an_empty_run_shows_sentences_and_what_to_import(
    empty_home: Home, start: Start, shown: Shown, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(made_run, "MARTS", {})
    monkeypatch.setattr(made_run, "CHECKS", [])
    made_run.write_run(empty_home)
    text = shown(start())
    assert "Importer Ecoloweb (« parc import ecoloweb »)" in text
    assert "Aucun contrôle n'est enregistré pour cette publication." in text


def test_a_session_keeps_its_run_and_is_told_of_a_newer_one(empty_home: Home, start: Start, shown: Shown) -> None:
    made_run.write_run(empty_home)
    app = start()
    made_run.write_run(empty_home, made_run.SECOND, published=datetime(2026, 11, 8, 9, 12, tzinfo=UTC))
    told = shown(app.run())
    assert "Une publication plus récente est disponible, du 08/11/2026 à 10 h 12." in told
    assert f"publication {made_run.FIRST}" in told

    moved = shown(app.sidebar.button[0].click().run())
    assert f"publication {made_run.SECOND}" in moved
    assert "plus récente" not in moved


def test_a_session_whose_run_was_pruned_moves_to_the_current_one_and_says_so(empty_home: Home, start: Start, shown: Shown) -> None:
    made_run.write_run(empty_home)
    app = start()
    made_run.write_run(empty_home, made_run.SECOND)
    shutil.rmtree(empty_home.published / made_run.FIRST)
    text = shown(app.run())
    assert f"La publication {made_run.FIRST} a été retirée du disque" in text
    assert f"publication {made_run.SECOND}" in text


def test_a_session_opened_on_the_run_that_an_address_names_keeps_it_from_page_to_page(
    empty_home: Home, open_screen: OpenScreen, shown: Shown
) -> None:
    made_run.write_run(empty_home)
    made_run.write_run(empty_home, made_run.SECOND)
    app = open_screen("accueil", publication=made_run.FIRST)
    del app.query_params["publication"]  # a link to another page drops it
    text = shown(app.run())
    assert f"publication {made_run.FIRST}" in text
    assert "Une publication plus récente est disponible" in text
