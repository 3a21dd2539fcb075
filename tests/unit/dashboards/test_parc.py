from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

import duckdb
import pytest
from streamlit.testing.v1 import AppTest

from dashboards.components.parc import distinguer
from tests.unit.dashboards import made_parc, made_run

if TYPE_CHECKING:
    from data_contracts.layout import Home

OpenPage = Callable[..., AppTest]
Shown = Callable[[AppTest], str]


@pytest.fixture
def open_parc(empty_home: Home, open_screen: OpenPage, monkeypatch: pytest.MonkeyPatch) -> OpenPage:
    """Open the page on the run whose agreements have a past."""
    for mart, rows in made_parc.HISTORY.items():
        monkeypatch.setitem(made_run.MARTS, mart, rows)
    made_run.write_run(empty_home)
    return lambda screen="parc", **address: open_screen(screen, **address)


def table(app: AppTest, caption: str) -> str:
    """Return the words of the table of this caption."""
    (found,) = [block.value for block in app.get("html") if f"<figcaption>{caption}" in block.value]
    return " ".join(re.sub(r"<[^>]+>", " ", found).split())


def test_it_opens_on_the_reference_date_and_says_its_figures_with_their_definitions(open_parc: OpenPage, shown: Shown) -> None:
    text = shown(open_parc())
    assert "En vigueur au 01/11/2026" in text
    for figure in (
        "Conventions en vigueur, hors ANAH 5 83,3 % de celles en vigueur",
        "Logements ordinaires 113",
        "Logements de foyers 30 comptés à part",
        "Lits de foyers 45 à ne pas ajouter aux logements",
        "Logements vendus, démolis ou changés d'usage 5",
        "Conventions ANAH 1 2 logements, hors du parc social",
    ):
        assert figure in text
    assert "6 conventions et 150 logements, ce que compte l'Accueil." in text
    assert "Parc au 01/11/2026." in text


def test_a_past_day_shows_the_state_of_that_day_and_leads_to_its_rows(open_parc: OpenPage, shown: Shown) -> None:
    app = open_parc(au="2009-12-31")
    text = shown(app)
    assert "En vigueur au 31/12/2009" in text
    assert "Logements ordinaires 138" in text
    assert "ce que compte l'Accueil" not in text
    leads = {link.proto.query_string for link in app.main.get("page_link") if link.proto.page == "lignes"}
    assert "ensemble=parc_logements&au=2009-12-31" in leads
    assert "ensemble=parc_conventions&axe=echue&valeur=oui" in leads


def test_the_rows_of_a_past_day_are_listed_with_what_they_add_up_to(open_parc: OpenPage, shown: Shown) -> None:
    text = shown(open_parc("lignes", ensemble="parc_logements", au="2009-12-31", axe="departement", valeur="35"))
    assert "Logements ordinaires au 31/12/2009 · Ille-et-Vilaine (35)" in text
    assert "3 lignes, 31 logements en tout." in text


@pytest.mark.parametrize(
    ("address", "title"),
    [
        ({"ensemble": "parc_conventions", "axe": "famille", "valeur": "PLS"}, "hors ANAH au 01/11/2026 · PLS"),
        ({"ensemble": "parc_tous", "axe": "nature", "valeur": "RESIDENCE_SOCIALE"}, "Logements au 01/11/2026 · Résidence sociale"),
        ({"ensemble": "parc_logements", "axe": "commune", "valeur": ""}, "Logements ordinaires au 01/11/2026 · Commune inconnue"),
        ({"ensemble": "parc_logements", "axe": "bailleur", "valeur": "ecoloweb:52"}, "Logis de l'Armor"),
        ({"ensemble": "parc_foyers", "axe": "tacite", "valeur": "2029"}, "Reconduites, prochaine échéance tacite en 2029"),
        ({"ensemble": "parc_sorties", "annee": "2014"}, "Conventions sorties en 2014"),
        ({"ensemble": "parc_sorties"}, "Conventions sorties sans date connue"),
        ({"ensemble": "parc_sans_etat", "au": "2000-01-01"}, "Conventions signées dont l'état au 01/01/2000 est inconnu"),
    ],
)
def test_each_set_of_rows_says_what_it_holds(open_parc: OpenPage, shown: Shown, address: dict[str, str], title: str) -> None:
    text = shown(open_parc("lignes", **address))
    assert title in text
    assert "1 ligne" in text or "lignes" in text


@pytest.mark.parametrize(
    "address",
    [
        {"ensemble": "parc_logements", "au": "2030-01-01"},
        {"ensemble": "parc_logements", "au": "hier"},
        {"ensemble": "parc_logements", "axe": "couleur", "valeur": "bleu"},
        {"ensemble": "parc_sorties", "annee": "l'an dernier"},
        {"ensemble": "parc_sans_etat", "au": "2030-01-01"},
    ],
)
def test_an_address_that_names_no_rows_is_told(open_parc: OpenPage, shown: Shown, address: dict[str, str]) -> None:
    assert "L'adresse ne désigne aucun chiffre" in shown(open_parc("lignes", **address))


def test_a_day_to_come_is_refused_with_a_sentence(open_parc: OpenPage, shown: Shown) -> None:
    text = shown(open_parc(au="2030-01-01"))
    assert "Le 01/01/2030 est à venir pour ces données : aucune source n'en connaît l'état." in text
    assert "En vigueur au 01/11/2026" in text


def test_a_day_before_everything_is_told_to_be_empty(open_parc: OpenPage, shown: Shown) -> None:
    text = shown(open_parc(au="1980-01-01"))
    assert "Aucune convention n'est en vigueur au 01/01/1980 avec ces filtres." in text
    assert "Carte des départements" not in text


def test_agreements_whose_state_of_that_day_nobody_knows_are_told(open_parc: OpenPage, shown: Shown) -> None:
    assert "sans état connu" not in shown(open_parc())
    text = shown(open_parc(au="2000-01-01"))
    assert "1 convention signée avant ce jour, sans état connu à cette date" in text


def test_a_square_says_its_code_and_value_and_chooses_its_departement(open_parc: OpenPage, shown: Shown) -> None:
    app = open_parc(mesure="conventions")
    square = app.button(key="tuile_29")
    assert square.label == "**29** 3 *conventions, Finistère*"
    chosen = square.click().run()
    assert chosen.query_params["territoire"] == "29"
    assert chosen.query_params["mesure"] == "conventions"
    assert chosen.button(key="tuile_33").label == "**33** 2 *conventions, Gironde*"
    assert chosen.button(key="tuile_29").label.endswith("choisi*")
    assert "« Quimper » : 3 conventions sur 3 (100 %)" in shown(chosen)
    assert "territoire" not in chosen.button(key="tuile_29").click().run().query_params


def test_the_spread_by_territory_narrows_with_the_filter(open_parc: OpenPage, shown: Shown) -> None:
    assert "Par région" in shown(open_parc())
    region = shown(open_parc(territoire="region-53"))
    assert "Par département" in region
    assert "Par commune" in region
    town = shown(open_parc(territoire="29"))
    assert "Par département" not in town
    assert "Par commune" in town


def test_every_bar_of_a_spread_leads_to_its_rows_of_that_day(open_parc: OpenPage) -> None:
    app = open_parc(au="2009-12-31", territoire="33", mesure="conventions")
    (towns,) = [block.value for block in app.get("html") if "<figcaption>Conventions au 31/12/2009, par commune" in block.value]
    assert (
        "lignes?territoire=33&amp;ensemble=parc_conventions&amp;au=2009-12-31&amp;axe=commune&amp;valeur=33063&amp;publication="
        in towns
    )


def test_the_cliff_has_every_year_and_stands_apart_from_tacit_renewals(open_parc: OpenPage, shown: Shown) -> None:
    app = open_parc(au="2009-12-31", mesure="conventions")
    text = shown(app)
    assert "Un terme n'est pas une sortie : sans dénonciation, la convention se reconduit tacitement" in text
    assert "Toujours à partir de la date de référence, le 01/11/2026" in text
    assert "2 conventions dont le terme tombe de 2026 à 2041 ; le plus en 2026 (1)." in text
    years = table(app, "Conventions dont le terme tombe de 2026 à 2041, par année")
    assert all(f" {year} " in years for year in range(2026, 2042))
    assert "2029 1" in table(app, "Conventions dont le terme est passé")
    assert "terme passé sans reconduction possible : 1 convention, 7 logements ordinaires, 0 logement de foyer." in text


def test_exits_are_shown_by_year(open_parc: OpenPage, shown: Shown) -> None:
    app = open_parc(mesure="conventions")
    assert "2 conventions dénoncées ou résiliées, dont 1 sans date connue, au tableau seulement." in shown(app)
    assert "Sans date 1 1 0 4 0" in table(app, "Conventions dénoncées ou résiliées, par année")


def test_every_chart_has_its_sentence_and_its_table(open_parc: OpenPage) -> None:
    app = open_parc()
    charts = [chart.proto.alt for chart in app.get("vega_lite_chart")]
    files = {button.label.partition("*« ")[2] for button in app.get("download_button")}
    assert len(charts) >= 7
    for spoken in charts:
        caption = spoken.partition(". ")[0]
        assert any(label.replace("\\", "").startswith(caption) for label in files), caption


def test_owners_of_the_same_name_are_told_apart() -> None:
    rows = [{"libelle": "Habitat", "code": "a"}, {"libelle": "Logis", "code": "b"}, {"libelle": "Habitat", "code": "c"}]
    assert [row["libelle"] for row in distinguer(rows)] == ["Habitat (a)", "Logis", "Habitat (c)"]


def test_a_run_of_an_earlier_version_is_told(empty_home: Home, open_screen: OpenPage, shown: Shown) -> None:
    run = made_run.write_run(empty_home)
    with duckdb.connect(str(run.database)) as connection:
        connection.execute("alter table marts.fct_convention_version drop column date_vigueur_debut")
    assert "en construire une avec « parc run »" in shown(open_screen("parc"))
