from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from streamlit.testing.v1 import AppTest

from dashboards.requetes import dictionnaire as requetes_dictionnaire
from data_contracts.dictionnaire import contenu, fichiers
from data_contracts.dictionnaire.contenu import Lineage
from data_contracts.loader import products
from tests.unit.dashboards import made_run
from tests.unit.dashboards.conftest import APP

if TYPE_CHECKING:
    from data_contracts.layout import Home
    from data_contracts.publication import PublishedRun

Shown = Callable[[AppTest], str]
LINEAGE = Lineage({"fct_lot": ("int_lot",)}, {"fct_lot": ("ecoloweb.lot",)}, {"ecoloweb.lot": "Lots reçus."})
DICTIONARY = contenu.content(products().values(), dict.fromkeys(products(), 1234), LINEAGE, made_run.REFERENCE)


@pytest.fixture
def told(empty_home: Home) -> PublishedRun:
    """The made run, with its dictionary."""
    run = made_run.write_run(empty_home)
    fichiers.write(run.path, DICTIONARY)
    return run


def opened(**address: str) -> AppTest:
    app = AppTest.from_file(str(APP), default_timeout=60).switch_page("screens/dictionnaire.py")
    app.query_params.update(address)
    return app.run()


def labels(app: AppTest) -> list[str]:
    """What may be downloaded."""
    return [button.proto.label for button in app.get("download_button")]


def found(search: str) -> set[str]:
    return {
        f"{column['table']}.{column['nom']}" for column in requetes_dictionnaire.colonnes_trouvees(DICTIONARY["tables"], search)
    }


@pytest.mark.parametrize(
    ("search", "column"),
    [
        ("duree pret", "fct_lot.duree_pret_ans"),
        ("DURÉE DU PRÊT", "fct_lot.duree_pret_ans"),
        ("fct_lot duree_pret", "fct_lot.duree_pret_ans"),
        ("dureepretans", "fct_lot.duree_pret_ans"),
        ("OUTRE_MER famille", "fct_lot.famille_financement"),
        ("dim_bailleur gestionnaire", "fct_lot.gestionnaire_id"),
        ("m² parcelle", "fct_parcelle.superficie_m2"),
    ],
)
def test_a_column_is_found_by_its_name_its_table_its_meaning_its_values_or_its_unit(search: str, column: str) -> None:
    assert column in found(search)


def test_every_word_searched_counts() -> None:
    assert found("durée prêt licorne") == set()


@pytest.mark.usefixtures("told")
def test_every_table_leads_to_its_own_view(shown: Shown) -> None:
    app = opened()
    assert f"{len(products())} tables" in [tab.label for tab in app.tabs]

    app.button(key="ouvrir_fct_lot").click().run()

    assert app.query_params == {"table": "fct_lot"}
    said = shown(app)
    assert "1 234 lignes" in said
    assert "une convention × un programme × un type de financement" in said
    assert "Famille du financement dans le vocabulaire de l'entrepôt. Valeurs possibles : PLUS, PLAI" in said
    assert "Elle lit directement int_lot" in said
    assert "ecoloweb.lot Lots reçus." in said


@pytest.mark.usefixtures("told")
def test_a_search_is_kept_when_a_table_is_opened_and_left(shown: Shown) -> None:
    app = opened(recherche="durée prêt ans")
    assert "duree_pret_ans" in shown(app)

    app.button(key="ouvrir_fct_lot").click().run()
    app.button(key="retour").click().run()

    assert app.query_params == {"recherche": "durée prêt ans"}


@pytest.mark.usefixtures("told")
@pytest.mark.parametrize(
    ("address", "words"),
    [
        ({"recherche": "licorne"}, "Aucune colonne ne répond à « licorne »."),
        ({"table": "fct_licorne"}, "Aucune table « fct_licorne » dans la publication du 01/11/2026"),
    ],
)
def test_what_the_dictionary_does_not_know_is_said(shown: Shown, address: dict[str, str], words: str) -> None:
    assert words in shown(opened(**address))


def test_a_run_without_dictionary_says_so_and_gives_no_file(shown: Shown, empty_home: Home) -> None:
    made_run.write_run(empty_home)
    app = opened()

    assert "Cette publication a été construite sans dictionnaire." in shown(app)
    assert labels(app) == []


def test_the_files_that_the_run_has_are_downloaded(shown: Shown, told: PublishedRun) -> None:
    report = told.path / "rapport-qualite" / "rapport-qualite.html"
    report.parent.mkdir()
    report.write_text("<p>Rapport</p>", encoding="utf-8")
    app = opened()

    assert labels(app) == ["Page à lire (HTML)", "Tableau (CSV pour Excel)", "Pour un programme (JSON)", "Page à lire (HTML)"]
    assert "Modèles et lignage Rapport qualité Contrôles" in shown(app)


def test_a_folder_is_downloaded_as_one_archive(told: PublishedRun) -> None:
    (told.path / "controles" / "static").mkdir(parents=True)
    (told.path / "controles" / "index.html").write_text("<p>Contrôles</p>", encoding="utf-8")
    (told.path / "controles" / "static" / "page.css").write_text("p {}", encoding="utf-8")
    [controles] = requetes_dictionnaire.fichiers(told)["Contrôles"]

    with zipfile.ZipFile(io.BytesIO(controles.contenu(told))) as archive:
        names = {name for name in archive.namelist() if not name.endswith("/")}
    assert names == {"controles/index.html", "controles/static/page.css"}
    assert controles.nom(told) == f"controles_{told.run_id}.zip"
