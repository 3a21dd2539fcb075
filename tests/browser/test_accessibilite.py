from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe

from dashboards import pages
from tests.support.browser import wait_until_drawn

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from tests.browser.conftest import Demo

GRAVE = {"serious", "critical"}
MENU = [page for group in pages.GROUPES.values() for page in group]
DETAILS = {
    "un constat": "/cas?constat={constat}",
    "une fiche": "/fiche_convention?convention={convention}",
    "une recherche": "/fiche_convention?recherche=habitat",
    "une règle": "/regles?regle=FIN-001",
    "une table": "/dictionnaire?table=fct_lot",
    "des lignes": "/lignes?ensemble=mixtes",
    "une page inconnue": "/cas?constat=inconnu&territoire=999",
}


@pytest.fixture(scope="module")
def known(demo: Demo) -> dict[str, str]:
    """A finding of the demo, and an agreement that has events, amendments and an agrément."""
    with demo.run.connect() as connection:
        found = connection.execute(
            """
            select
                (select min(anomalie_id) from fct_anomalie where regle_id = 'FIN-001'),
                (
                    select min(convention_id)
                    from fct_rapprochement
                    where convention_id in (select convention_id from fct_evenement)
                        and convention_id in (select convention_id from fct_avenant)
                )
            """
        ).fetchone()
    assert found is not None
    return {"constat": found[0], "convention": found[1]}


def _violations(page: Page) -> list[str]:
    """The serious and critical violations of the page, everything that unfolds being unfolded."""
    wait_until_drawn(page)
    page.evaluate("document.querySelectorAll('details').forEach(details => { details.open = true; })")
    found = Axe().run(page).response["violations"]
    return [f"{one['id']} : {node['html'][:200]}" for one in found if one["impact"] in GRAVE for node in one["nodes"]]


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("screen", MENU, ids=lambda screen: screen.titre)
def test_a_page_has_no_serious_accessibility_violation(
    demo: Demo, open_page: Callable[[int], Page], screen: pages.Page, width: int
) -> None:
    page = open_page(width)
    page.goto(f"{demo.address}/{screen.adresse}")
    assert _violations(page) == []


@pytest.mark.parametrize("view", DETAILS)
def test_a_view_that_a_page_opens_has_no_serious_accessibility_violation(
    demo: Demo, open_page: Callable[[], Page], known: dict[str, str], view: str
) -> None:
    page = open_page()
    page.goto(demo.address + DETAILS[view].format(**known))
    assert _violations(page) == []
