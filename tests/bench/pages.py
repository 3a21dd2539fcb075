"""Measures in a real browser how long a reader of a run of national size waits for each page of the application.

« Froid » is the first reader of a run that was just published: nothing of it is in the caches of the server, nor of the application
in those of the browser. « Chaud » is the same page loaded again, by a session that finds what the first one left. « Filtre » is a
choice in the page that nobody made before. Useful is the moment when a first key figure, table or chart is up to date, whole the
one when nothing changes any more. Pages are those of the menu; with them, in turn, the least that Streamlit can show. Prints JSON.

    python -m tests.bench.pages [--home HOME] [--loads N] [--only WORD]
"""

from __future__ import annotations

import argparse
import json
import math
import os
import re
import shutil
import statistics
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, Locator, Page, sync_playwright

from dagster_project import publication
from dashboards.pages import ACCUEIL, GROUPES
from data_contracts.layout import Home
from data_contracts.publication import PublishedRun, current_run, published_runs
from tests.bench import national
from tests.support.application import QUIET, find_chromium, served

LOADS = 20
PERCENTILE = 0.95
TARGETS = {"froid": 3.0, "chaud": 3.0, "filtre": 0.5}
"""Seconds until something useful is up to date (design, §7)."""
WAIT_MS = 120_000
FLOOR = "Streamlit seul"
FLOOR_PAGE = Path(__file__).with_name("floor_page.py")
USEFUL_PAINT = Path(__file__).with_name("useful_paint.js").read_text(encoding="utf-8")
BEYOND = {
    "Fiche convention, un numéro cherché": "fiche_convention?recherche={numero}",
    "Fiche convention, la plus longue": "fiche_convention?convention={convention_id}",
    "Lignes derrière un chiffre": "lignes?ensemble=en_vigueur",
}
"""What the menu does not lead to at once."""
BIGGEST = """
select convention.convention_id, convention.numero
from fct_convention as convention
inner join (select convention_id, count(*) as lignes from fct_logement group by convention_id) using (convention_id)
order by lignes desc, convention_id
limit 1
"""
DEPARTMENTS = """
select nom_departement
from fct_convention
inner join dim_departement using (code_departement)
group by nom_departement
order by count(*) desc, nom_departement
"""


@dataclass
class Times:
    """What one way of coming to a page took, load by load, in seconds."""

    what: set[str] = field(default_factory=set)
    """What was useful: `chiffre`, `tableau`, `graphique`, `commentaire`, or `page` where only the whole page is."""
    useful: list[float] = field(default_factory=list)
    whole: list[float] = field(default_factory=list)

    def summary(self) -> dict[str, object]:
        """Return the percentile that is aimed at and the median."""
        return {
            "utile": sorted(self.what),
            "utile_p95_s": round(percentile(self.useful), 3),
            "utile_mediane_s": round(statistics.median(self.useful), 3),
            "entier_p95_s": round(percentile(self.whole), 3),
            "entier_mediane_s": round(statistics.median(self.whole), 3),
        }


def percentile(values: Sequence[float], share: float = PERCENTILE) -> float:
    """Return the smallest value that this share of the values does not exceed."""
    return sorted(values)[math.ceil(share * len(values)) - 1]


@contextmanager
def reading_room(home: Home) -> Iterator[Home]:
    """Give a home where the runs of another are links, to publish the last again and again: the other is only read."""
    with tempfile.TemporaryDirectory(dir=home.root, prefix=".lecture-") as folder:
        room = Home(Path(folder))
        room.published.mkdir()
        room.landing.symlink_to(home.landing)
        for run in published_runs(home):
            _link(run, room, run.run_id)
        yield room


@contextmanager
def just_published(run: PublishedRun, room: Home, name: str) -> Iterator[None]:
    """Publish a run once more under another name, for as long as it is read: no cache of the server knows it."""
    again = _link(run, room, name)
    publication.point_to(room, again)
    try:
        yield
    finally:
        shutil.rmtree(again.path)


def _link(run: PublishedRun, room: Home, name: str) -> PublishedRun:
    path = room.published / name
    shutil.copytree(run.path, path, copy_function=os.link)
    return PublishedRun(room, path)


def paths(run: PublishedRun) -> dict[str, str]:
    """Return the path of every page that is measured, by its name: those of the menu, then those beyond."""
    menu = {page.titre: "" if page is ACCUEIL else Path(page.script).stem for group in GROUPES.values() for page in group}
    with run.connect() as marts:
        biggest = marts.execute(BIGGEST).fetchone()
    assert biggest is not None
    convention_id, numero = biggest
    return menu | {name: path.format(convention_id=convention_id, numero=numero) for name, path in BEYOND.items()}


def note(page: Page, times: Times) -> None:
    """Wait until the page is whole and note what it took. Raises RuntimeError when the page shows an error."""
    page.wait_for_function("paintIsDone()", timeout=WAIT_MS)
    if page.get_by_test_id("stException").count():
        raise RuntimeError(f"{page.url} : {page.get_by_test_id('stException').first.inner_text()}")
    paint = page.evaluate("usefulPaint")
    times.whole.append(paint["whole"] / 1000)
    times.useful.append((paint["useful"] or paint["whole"]) / 1000)
    times.what.add(paint["what"] or "page")


def filter_field(page: Page) -> Locator | None:
    """Return the field that chooses a département, else the first one that chooses or searches something; None without any."""
    main = page.get_by_test_id("stMain")
    for found in (
        main.get_by_role("combobox", name=re.compile("département", re.IGNORECASE)),
        main.get_by_role("combobox"),
        main.get_by_role("textbox"),
    ):
        if found.count():
            return found.first
    return None


def choose(page: Page, field: Locator, department: str) -> None:
    """Choose a département where the field has them, the next value where it has others; or write it and validate."""
    field.click()
    if field.get_attribute("role") != "combobox":
        field.fill(department)
    elif re.search("département", field.get_attribute("aria-label") or "", re.IGNORECASE):
        field.press_sequentially(department)
        page.get_by_role("option", name=re.compile(department)).first.wait_for()
    else:
        page.get_by_role("option").first.wait_for()
        field.press("ArrowDown")
    page.evaluate("paintAgain()")
    field.press("Enter")


def measure(home: Home, loads: int, only: str) -> dict[str, object]:
    """Return what every page took, over as many loads; pages take turns, so that a slow moment of the machine is shared."""
    run, chromium = current_run(home), find_chromium()
    if chromium is None:
        raise RuntimeError("no chromium found: tests/prepare-browser installs one")
    with run.connect() as marts:
        departments = [name for (name,) in marts.execute(DEPARTMENTS).fetchall()]
    measured = {name: path for name, path in paths(run).items() if only.lower() in name.lower()}
    times: dict[str, dict[str, Times]] = defaultdict(lambda: defaultdict(Times))
    with reading_room(home) as room, served(room) as address, _floor_served() as floor, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(QUIET))
        for load in range(loads):
            read(browser, floor, departments[load % len(departments)], times[FLOOR])
            for rank, (name, path) in enumerate(measured.items()):
                print(f"{load + 1}/{loads} {name}", file=sys.stderr)
                with just_published(run, room, f"{run.run_id}-{load:02}-{rank:02}"):
                    read(browser, f"{address}/{path}", departments[load % len(departments)], times[name])
        browser.close()
    return {
        "chargements": loads,
        "lignes": {mart: run.manifest["marts"][mart]["lignes"] for mart in ("fct_convention", "fct_logement", "fct_anomalie")},
        "cibles_utile_p95_s": TARGETS,
        "pages": {name: {way: taken.summary() for way, taken in ways.items()} for name, ways in times.items()},
    }


@contextmanager
def _floor_served() -> Iterator[str]:
    with tempfile.TemporaryDirectory(prefix="parc-bench-plancher-") as folder, served(Home(Path(folder)), FLOOR_PAGE) as address:
        yield address


def read(browser: Browser, url: str, department: str, times: dict[str, Times]) -> None:
    """Come to a page cold, then warm, then choose something in it."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="fr-FR")
    page = context.new_page()
    page.add_init_script(USEFUL_PAINT)
    page.goto(url)
    note(page, times["froid"])
    page.reload()
    note(page, times["chaud"])
    field = None if "?" in url else filter_field(page)
    if field is not None:
        choose(page, field, department)
        note(page, times["filtre"])
    context.close()


def main() -> None:
    """Measure the run of a home, made for the occasion when none is given, and print the JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--home", type=Path, help="a home whose current run is of national size")
    parser.add_argument("--loads", type=int, default=LOADS)
    parser.add_argument("--only", default="", help="measure the pages whose name holds this word")
    arguments = parser.parse_args()
    with national.home(arguments.home) as home:
        json.dump(measure(home, arguments.loads, arguments.only), sys.stdout, ensure_ascii=False)


if __name__ == "__main__":
    main()
