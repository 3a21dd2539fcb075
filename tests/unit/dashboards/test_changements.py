from __future__ import annotations

import io
import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

import pyarrow.parquet as pq
import pytest
from streamlit.testing.v1 import AppTest

from dashboards import comparaison
from dashboards.components.liste_changements import fichier, valeur
from dashboards.fichiers import en_parquet
from dashboards.filtres.changements import Filtres
from dashboards.filtres.communs import Communs
from dashboards.requetes import changements as requetes_changements
from data_contracts.acces.perimetre import Perimetre
from data_contracts.layout import MANIFEST_FILE, Home
from tests.unit.dashboards import made_changements
from tests.unit.dashboards.made_changements import AFTER, BEFORE, EXPECTED

if TYPE_CHECKING:
    from dashboards.comparaison import Paire
    from data_contracts.publication import PublishedRun

OpenPage = Callable[..., AppTest]
Shown = Callable[[AppTest], str]


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PublishedRun]:
    """The later of the two made runs, in the home that the application reads."""
    _, after = made_changements.publish_both(Home(tmp_path_factory.mktemp("changements")))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PARC_HOME", str(after.home.root))
        yield after


@pytest.fixture(scope="module")
def open_changes(open_screen: Callable[..., AppTest]) -> OpenPage:
    return lambda **address: open_screen("changements", **address)


def pair(run: PublishedRun, filters: Filtres | None = None) -> Paire:
    found = requetes_changements.paire(run, filters or Filtres())
    assert found is not None
    return found


def counted(run: PublishedRun, filters: Filtres) -> dict[str, int]:
    ici = pair(run, filters)
    return {nature: row["changements"] for nature, row in requetes_changements.par_nature(ici, filters).items()}


def test_the_run_read_is_compared_with_the_one_it_was_published_against(run: PublishedRun) -> None:
    ici = pair(run)
    assert (ici.avant.run_id, ici.apres.run_id, ici.est_publiee) == (BEFORE, AFTER, True)
    assert counted(run, Filtres()) == EXPECTED


def test_any_two_runs_are_compared_the_older_first_as_the_build_compares_them(run: PublishedRun) -> None:
    swapped = Filtres(avant=AFTER, apres=BEFORE)
    assert pair(run, swapped) == pair(run)
    computed = replace(pair(run), est_publiee=False)
    for read in (requetes_changements.par_departement, requetes_changements.par_champ, requetes_changements.par_regle):
        assert read(computed, Filtres()) == read(pair(run), Filtres())
    listed = [row["changement_id"] for row in requetes_changements.tous(computed, Filtres())]
    assert listed == [row["changement_id"] for row in requetes_changements.liste(pair(run), Filtres(), 1)]


@pytest.mark.parametrize("est_publiee", [True, False])
def test_a_reader_of_one_departement_is_told_its_changes_and_no_other(run: PublishedRun, *, est_publiee: bool) -> None:
    ici = replace(pair(run.vue_par(Perimetre(("29",), donnees_personnelles=False))), est_publiee=est_publiee)
    assert {row["code_departement"] for row in requetes_changements.tous(ici, Filtres())} == {"29"}


@pytest.mark.usefixtures("empty_home")
def test_a_comparison_made_outlives_the_files_of_its_runs() -> None:
    before, after = made_changements.publish_both(Home.from_environment())
    computed = comparaison.Paire(before, after, est_publiee=False)
    comparaison.preparer(computed)
    shutil.rmtree(before.path)
    shutil.rmtree(after.path / "marts")
    assert sum(row["changements"] for row in comparaison.lire(computed, "select count(*) as changements from fct_changement")) == 9


@pytest.mark.parametrize(
    ("filters", "total"),
    [
        (Filtres(communs=Communs(("29",))), 1),
        (Filtres(communs=Communs(("33",))), 8),
        (Filtres(communs=Communs(bailleur="Armor")), 2),
        (Filtres(communs=Communs(sources=("ecoloweb",))), 9),
        (Filtres(communs=Communs(sources=("apilos",))), 0),
        (Filtres(causes=("livraison",)), 9),
        (Filtres(causes=("regle",)), 0),
        (Filtres(champs=("statut",)), 1),
    ],
)
def test_each_filter_keeps_what_it_says_in_either_comparison(run: PublishedRun, filters: Filtres, total: int) -> None:
    for ici in (pair(run), replace(pair(run), est_publiee=False)):
        assert sum(row["changements"] for row in requetes_changements.par_nature(ici, filters).values()) == total


def test_figures_tell_each_nature_and_lead_to_their_changes(open_changes: OpenPage, shown: Shown) -> None:
    app = open_changes()
    text = shown(app)
    assert "De la publication du 01/11/2026 à 10 h 12, données au 01/11/2026, à la publication du 08/11/2026 à 10 h 12" in text
    assert ": 9 changements." in text
    assert "Champs modifiés 3 sur 2 conventions" in text
    assert "Constats nouveaux 1 dont 0 cas, hors informations" in text
    assert f"données au 01/11/2026, publication {AFTER}" in text
    app.button(key="lignes_changements_3").click().run()
    assert app.query_params == {"nature": "constat_nouveau"}
    assert "Changements 1 à 1 sur 1" in shown(app)


def test_causes_places_fields_and_rules_are_told(open_changes: OpenPage, shown: Shown) -> None:
    text = shown(open_changes())
    assert "« Nouvelle livraison Ecoloweb du 31/10/2026, limitée aux départements 33, 29 » : 9 changements sur 9 (100 %)." in text
    assert "« Gironde (33) » : 8 changements sur 9 (88,9 %), devant « Finistère (29) » (1)." in text
    assert "« Publication » : 1 changement sur 3 (33,3 %), devant « Logements » (1)" in text
    assert "« DUR-003 · Durée d'une convention PLS inférieure à 15 ans » : 3 changements sur 4 (75 %)" in text
    assert "Convention modifiée 3 3" in text


def test_a_change_is_shown_with_its_values_in_words_and_leads_to_where_it_can_be_read(open_changes: OpenPage, shown: Shown) -> None:
    app = open_changes()
    text = shown(app)
    assert "Statut Opposable Résiliée" in text
    assert "Logements 12 11" in text
    html = " ".join(block.value for block in app.get("html"))
    assert f"fiche_convention?convention=ecoloweb%3A5&publication={AFTER}" in html
    assert f"fiche_convention?convention=ecoloweb%3A3&publication={BEFORE}" in html
    assert f"cas?constat={'e' * 24}&amp;publication={AFTER}" in html
    assert f"cas?constat={'c' * 24}&amp;publication={BEFORE}" in html


def test_what_only_a_removed_run_shows_leads_nowhere(run: PublishedRun, open_changes: OpenPage) -> None:
    kept = run.home.compared / BEFORE
    shutil.copytree(run.home.published / BEFORE, kept)
    away = run.home.root / "away"
    (run.home.published / BEFORE).rename(away)
    requetes_changements._dossier_de_reference.clear()  # noqa: SLF001 - the reference of the run has moved
    try:
        app = open_changes()
        assert not app.exception
        html = " ".join(block.value for block in app.get("html"))
        assert "convention=ecoloweb%3A5" in html
        assert "convention=ecoloweb%3A3" not in html
    finally:
        away.rename(run.home.published / BEFORE)
        shutil.rmtree(kept)
        requetes_changements._dossier_de_reference.clear()  # noqa: SLF001 - it is back


@pytest.mark.parametrize(
    ("field", "raw", "written"),
    [
        ("statut", "SIGNEE", "Signée"),
        ("statut", None, "vide"),
        ("date_publication", "2020-03-09", "09/03/2020"),
        ("surface_utile_m2", "1250.50", "1250,50"),
        (None, "2020-03-09 est écrit tel quel.", "2020-03-09 est écrit tel quel."),
        (None, None, "—"),
    ],
)
def test_a_value_is_written_for_a_french_reader(field: str | None, raw: str | None, written: str) -> None:
    assert valeur(field, raw) == written


def test_the_files_hold_every_change(run: PublishedRun) -> None:
    found = pq.read_table(io.BytesIO(en_parquet(fichier(pair(run), Filtres())))).to_pylist()
    assert len(found) == 9
    assert {row["convention_id"] for row in found} == {f"ecoloweb:{key}" for key in range(1, 6)}


def test_the_address_names_two_runs_and_other_filters(open_changes: OpenPage) -> None:
    app = open_changes()
    app.selectbox(key="changements_avant").select(BEFORE).run()
    app.multiselect(key="changements_natures").select("constat_resolu").run()
    assert app.query_params == {"avant": BEFORE, "nature": "constat_resolu"}
    assert not app.exception
    assert app.button(key="effacer").click().run().query_params == {}


def test_the_same_run_twice_is_told(open_changes: OpenPage, shown: Shown) -> None:
    assert "Les deux publications choisies sont la même" in shown(open_changes(avant=AFTER, apres=AFTER))


def test_an_unknown_run_or_nature_is_left_out_and_named(open_changes: OpenPage, shown: Shown) -> None:
    text = shown(open_changes(avant="20200101T000000Z-zzzzzz", nature="couleur"))
    assert "avant=20200101T000000Z-zzzzzz, nature=couleur" in text
    assert ": 9 changements." in text


def test_no_change_for_these_filters_is_one_sentence(open_changes: OpenPage, shown: Shown) -> None:
    assert "Aucun changement ne répond à ces filtres." in shown(open_changes(territoire="56"))
    text = shown(open_changes(territoire="29", nature="constat_resolu"))
    assert "Aucun changement de cette nature ne répond à ces filtres." in text


@pytest.mark.usefixtures("empty_home")
def test_a_first_publication_has_nothing_to_be_compared_with(open_changes: OpenPage, shown: Shown) -> None:
    made_changements.publish(Home.from_environment(), BEFORE, made_changements.OLD, "l1")
    app = open_changes()
    assert "Aucune publication ne précède celle-ci avec d'autres livraisons" in shown(app)
    assert not app.selectbox


@pytest.mark.usefixtures("empty_home")
def test_runs_that_hold_the_same_say_that_nothing_changed(open_changes: OpenPage, shown: Shown) -> None:
    home = Home.from_environment()
    made_changements.publish(home, BEFORE, made_changements.OLD, "l1")
    made_changements.publish(home, AFTER, made_changements.OLD, "l2")
    assert "Rien n'a changé" in shown(open_changes())


@pytest.mark.usefixtures("empty_home")
def test_a_run_of_an_earlier_version_is_offered_for_no_comparison(open_changes: OpenPage, shown: Shown) -> None:
    home = Home.from_environment()
    old = made_changements.publish(home, BEFORE, made_changements.OLD, "l1")
    manifest = old.path / MANIFEST_FILE
    content = json.loads(manifest.read_text(encoding="utf-8"))
    manifest.write_text(json.dumps({name: value for name, value in content.items() if name != "droit"}), encoding="utf-8")
    made_changements.publish(home, AFTER, made_changements.NEW, "l2")
    app = open_changes()
    assert "il n'y a rien à quoi la comparer" in shown(app)
    assert not app.selectbox


def test_every_chart_has_its_sentence_and_its_table(open_changes: OpenPage) -> None:
    app = open_changes()
    charts = app.get("vega_lite_chart")
    assert len(charts) == 4
    assert all(len(chart.proto.alt) > 40 for chart in charts)
    assert len(app.get("download_button")) == 3 * (len(charts) + 2)
