from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from tests.browser.conftest import Demo


def test_a_column_is_searched_then_its_table_is_read_and_its_address_shared(demo: Demo, open_page: Callable[[], Page]) -> None:
    page = open_page()
    page.goto(f"{demo.address}/dictionnaire")
    field = page.get_by_label("Chercher une table ou une colonne")
    field.fill("durée prêt ans")
    field.press("Enter")
    expect(page.get_by_role("table", name="Colonnes trouvées")).to_contain_text("duree_pret_ans")
    expect(page).to_have_url(re.compile("recherche="))
    page.get_by_role("button", name="Lots courants · fct_lot").click()

    shared = open_page()
    shared.goto(page.url)
    expect(shared.get_by_role("table", name="Colonnes de fct_lot")).to_contain_text("Valeurs possibles\u00a0: PLUS, PLAI")
    shared.get_by_role("button", name="Retour au dictionnaire").click()
    expect(shared.get_by_role("table", name="Colonnes trouvées")).to_be_visible()


def test_the_dictionary_and_the_models_are_downloaded_from_the_run_that_is_read(demo: Demo, open_page: Callable[[], Page]) -> None:
    page = open_page()
    page.goto(f"{demo.address}/dictionnaire")
    page.get_by_role("tab", name="Téléchargements").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Pour un programme (JSON)").click()

    assert download.value.suggested_filename == f"dictionnaire_{demo.run.run_id}.json"
    tables = json.loads(Path(download.value.path()).read_text(encoding="utf-8"))["tables"]
    assert {table["nom"]: table["lignes"] for table in tables} == {
        mart: said["lignes"] for mart, said in demo.run.manifest["marts"].items()
    }
    expect(page.get_by_role("button", name="Documentation de dbt (HTML)")).to_be_visible()


def test_the_published_page_of_the_dictionary_is_filtered_by_words_without_accents(
    demo: Demo, open_page: Callable[[int], Page]
) -> None:
    page = open_page(390)
    page.goto(f"file://{demo.run.path}/dictionnaire.html")
    page.get_by_label("Chercher").fill("DUREE pret")

    expect(page.get_by_text(re.compile(r"^\d+ colonnes dans \d+ tables\.$"))).to_be_visible()
    expect(page.locator("[id='fct_lot.duree_pret_ans']")).to_be_visible()
    expect(page.locator("[id='fct_lot.lot_id']")).not_to_be_visible()
    expect(page.locator("[id='dim_commune']")).not_to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == 390


def test_the_published_page_of_dbt_shows_a_model_without_the_network(demo: Demo, open_page: Callable[[], Page]) -> None:
    page = open_page()
    page.goto(f"file://{demo.run.path}/documentation/dbt.html#!/model/model.parc.fct_lot")

    expect(page.get_by_role("heading", name=re.compile("^fct_lot"))).to_be_visible()
