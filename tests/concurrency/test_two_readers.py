"""Two readers on the application while a run is published: no error, and every figure seen belongs to one run or to the other."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from itertools import cycle
from typing import TYPE_CHECKING, NamedTuple

from playwright.sync_api import expect

from dagster_project import publication
from data_contracts.extraits import formats
from data_contracts.publication import PublishedRun, current_run
from tests.support.application import served
from tests.support.browser import DRAWN
from tests.support.command import parc_does
from tests.unit.dashboards import made_run

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest
    from playwright.sync_api import Locator, Page

    from data_contracts.layout import Home

LATER = "2027-03-01"
CASES = "etat = 'ouverte' and severite in ('non_reglementaire', 'anomalie')"
FIGURES = {
    "Accueil": {
        "Conventions": "select count(*) from fct_convention",
        "Conventions en vigueur": "select count(*) from fct_convention where est_en_vigueur",
        "Logements conventionnés": "select sum(nb_logements) from fct_convention where est_en_vigueur",
    },
    "Cas non réglementaires": {
        "Cas": f"select count(*) from fct_anomalie where {CASES}",
        "Conventions concernées": f"select count(distinct convention_id) from fct_anomalie where {CASES}",
    },
    "Délais": {
        "Encore dans l'étape": "select count(*) from fct_delai where est_suivi and est_censure and etape_id = 'T-08'",
    },
}
"""Some figures of each page, by the words that stand above them, and the queries that give them."""
PATHS = {"Accueil": "/", "Cas non réglementaires": "/cas", "Délais": "/delais"}
PATIENCE = 120_000
"""Milliseconds for a page to be drawn while a run takes the machine."""


class Seen(NamedTuple):
    """What a reader saw on a page at one instant."""

    page: str
    figures: tuple[str, ...]
    """The day of the data, then the figures of the page, as they are written."""


class Reader:
    """Somebody with the application in a browser, who goes round its pages."""

    def __init__(self, page: Page, address: str) -> None:
        """Open the first page."""
        self.page, self.address, self.round = page, address, cycle(FIGURES)
        self.broken: list[str] = []
        page.set_default_timeout(PATIENCE)
        page.on("pageerror", lambda error: self.broken.append(str(error)))
        self.open_anew()

    def click_on(self) -> None:
        """Go to the next page as people do, in the same session."""
        self.here = next(self.round)
        self.page.get_by_role("link", name=self.here).first.click()

    def open_anew(self) -> None:
        """Open the next page by its address, in a new session."""
        self.here = next(self.round)
        self.page.goto(f"{self.address}{PATHS[self.here]}", wait_until="commit")

    def look(self) -> Seen:
        """Return what the page shows once it is drawn, and demand that it shows no error."""
        *_, last = FIGURES[self.here]
        expect(self.page.get_by_text(last, exact=True).first).to_be_visible(timeout=PATIENCE)
        self.page.wait_for_function(DRAWN)
        shown = self.page.locator("body").inner_text()
        assert not re.search("Traceback|Error|Exception", shown), shown
        assert self.broken == []
        return Seen(self.here, tuple(_below(title, shown) for title in ("Données au", *FIGURES[self.here])))

    def go_round(self) -> set[Seen]:
        """Return what every page shows, from the next one on."""
        seen = set()
        for _ in FIGURES:
            self.click_on()
            seen.add(self.look())
        return seen

    @property
    def offer(self) -> Locator:
        """The button that moves to a newer run."""
        return self.page.get_by_role("button", name="Lire la plus récente")


def _below(title: str, shown: str) -> str:
    """Return the words that stand below a title."""
    found = re.search(rf"^{re.escape(title)}\n+(.+)$", shown, re.MULTILINE)
    assert found, f"« {title} » is not in: {shown}"
    return found[1]


def figures_of(run: PublishedRun) -> set[Seen]:
    """Return what the pages must show of a run."""
    day = formats.jour(run.reference_date)
    with run.connect() as marts:
        return {
            Seen(page, (day, *(formats.nombre(marts.execute(query).fetchall()[0][0]) for query in queries.values())))
            for page, queries in FIGURES.items()
        }


def logged(home: Home) -> str:
    """Return what the application said to who runs it."""
    return (home.root / "streamlit.log").read_text(encoding="utf-8")


def test_readers_see_one_run_or_the_other_while_one_is_published_and_move_when_they_ask(
    changing: Home, open_page: Callable[[], Page]
) -> None:
    before = figures_of(current_run(changing))
    stayed, came_back = set(), set()
    with served(changing) as address, ThreadPoolExecutor(1) as pool:
        stays, comes_back = Reader(open_page(), address), Reader(open_page(), address)
        publishing = pool.submit(parc_does, changing, "run", "--date-reference", LATER)
        rounds_left = len(FIGURES) + 1  # the first page looked at once it is over may have been opened before
        while rounds_left:
            rounds_left -= publishing.done()
            stayed.add(stays.look())
            came_back.add(comes_back.look())
            stays.click_on()
            comes_back.open_anew()
        publishing.result()
        after = figures_of(current_run(changing))
        stayed.add(stays.look())
        came_back.add(comes_back.look())
        offered = stays.offer.is_visible(), comes_back.offer.is_visible()
        stays.offer.click()
        expect(stays.offer).to_have_count(0)
        moved = stays.go_round()

    assert {one.figures[1:] for one in before}.isdisjoint(one.figures[1:] for one in after)
    assert stayed == before
    assert after <= came_back <= before | after
    assert came_back & before
    assert offered == (True, False)
    assert moved == after
    assert "Traceback" not in logged(changing)


def test_a_reader_whose_run_is_removed_is_told_and_reads_the_current_one(
    home: Home, open_page: Callable[[], Page], monkeypatch: pytest.MonkeyPatch
) -> None:
    old = made_run.write_run(home)
    before = figures_of(old)
    with served(home) as address:
        reader = Reader(open_page(), address)
        first = {reader.look()} | reader.go_round()
        monkeypatch.setitem(made_run.MARTS, "fct_convention", made_run.MARTS["fct_convention"][:-1])
        monkeypatch.setattr(publication, "KEPT_RUNS", 1)
        new = made_run.write_run(home, made_run.SECOND)
        assert publication.prune(home, new.published_at + timedelta(days=1)) == [old.run_id]

        reader.click_on()
        expect(reader.page.get_by_text(f"La publication {old.run_id} a été retirée du disque")).to_be_visible()
        second = {reader.look()} | reader.go_round()

    assert first == before
    assert second == figures_of(new)
    assert before != figures_of(new)
    assert "Traceback" not in logged(home)
