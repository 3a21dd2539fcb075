"""Who may see what: every way into the application, tried by nobody, by a reader of one département, by a reader of them all."""

from __future__ import annotations

import io
import re
import shutil
import zipfile
from typing import TYPE_CHECKING, NamedTuple

import openpyxl
import pyarrow.parquet as pq
import pytest
from playwright.sync_api import expect

from dagster_project import publication
from dashboards import pages
from data_contracts.acces import journal
from data_contracts.acces.perimetre import Perimetre
from data_contracts.layout import Home
from data_contracts.publication import PublishedRun, current_run
from tests.support import identites
from tests.support.application import served
from tests.support.browser import wait_until_drawn

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Page

    from tests.browser.conftest import Demo

LIMITED, FULL = "camille.exemple@ddt.example", "dominique.exemple@dhup.example"
MARKS = """
select numero from fct_convention where numero is not null
union select numero_norm from fct_convention where numero_norm is not null
union select anomalie_id from fct_anomalie
union select agrement_id from fct_agrement
union select nom from dim_bailleur where not coalesce(est_personne_physique, false) and length(nom) > 12
"""
"""What tells that something was shown: numbers, identifiers and names that no sentence holds by chance."""
BIGGEST = (
    "select code_departement from fct_anomalie where code_departement is not null group by all order by count(*) desc, 1 limit 1"
)


SETS = ("conventions", "avenants", "bailleurs", "rapprochements", "notees", "non_publiees", "perdues_apilos", "quarantaine")
"""Rows behind figures, of every kind."""


class Place(NamedTuple):
    """The application with its readers: its address, its home, what the limited one must never be sent, and ways to ask for it."""

    address: str
    home: Home
    hidden: frozenset[bytes]
    ways: dict[str, str]


@pytest.fixture(scope="module")
def place(demo: Demo, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """The demo parc, published twice, whose readers sign in with a provider of their own."""
    home = Home(tmp_path_factory.mktemp("acces") / "parc")
    shutil.copytree(
        demo.run.home.root, home.root, symlinks=True, ignore=shutil.ignore_patterns("build", "dagster", "cache", "demo")
    )
    before = current_run(home)
    again = PublishedRun(home, home.published / "20991231T235959Z-bbbbbb")
    shutil.copytree(before.path, again.path)
    publication.point_to(home, again)
    with before.connect() as connection:
        department = _one(connection.execute(BIGGEST).fetchall())
    with identites.provider([LIMITED, FULL]) as issuer:
        identites.configure(
            home,
            issuer,
            {
                LIMITED: {"departements": [department], "donnees_personnelles": False},
                FULL: {"departements": "tous", "donnees_personnelles": True},
            },
        )
        with served(home) as address:
            yield Place(address, home, _hidden(before, department), _ways(before, department))


def _one(found: list[tuple[str]]) -> str:
    ((value,),) = found
    return value


def _marks(run: PublishedRun) -> set[str]:
    with run.connect() as connection:
        return {mark for (mark,) in connection.execute(MARKS).fetchall()}


def _hidden(run: PublishedRun, department: str) -> frozenset[bytes]:
    """What only the other départements have: a text that is part of another that may be seen tells nothing."""
    visible = _marks(run.vue_par(Perimetre((department,))))
    seen = "\n".join(visible)
    return frozenset(mark.encode() for mark in _marks(run) - visible if mark not in seen)


def _ways(run: PublishedRun, department: str) -> dict[str, str]:
    """Every path of the application, with what an address may hold to ask for another département."""
    with run.connect() as connection:
        (other,) = connection.execute(
            """
            select {
                'departement': convention.code_departement, 'convention': convention.convention_id, 'numero': convention.numero,
                'constat': constat.anomalie_id, 'bailleur': bailleur.nom, 'commune': convention.nom_commune
            }
            from fct_convention as convention
            inner join fct_anomalie as constat using (convention_id)
            inner join dim_bailleur as bailleur on convention.bailleur_id = bailleur.bailleur_id
            where convention.code_departement <> ?
            order by convention.convention_id
            limit 1
            """,
            (department,),
        ).fetchone() or ({},)
    there = f"territoire={other['departement']}"
    screens = [page for group in (*pages.GROUPES.values(), pages.HORS_MENU) for page in group]
    return {
        **{page.titre: page.adresse for page in screens},
        **{f"{page.titre}, un autre département": f"{page.adresse}?{there}" for page in screens},
        **{f"lignes « {code} »": f"lignes?ensemble={code}" for code in SETS},
        "une fiche d'ailleurs": f"fiche_convention?convention={other['convention']}",
        "un numéro d'ailleurs": f"fiche_convention?recherche={other['numero']}",
        "un bailleur d'ailleurs": f"fiche_convention?recherche={other['bailleur']}",
        "une commune d'ailleurs": f"fiche_convention?recherche={other['commune']}",
        "un constat d'ailleurs": f"cas?constat={other['constat']}",
        "deux publications comparées": f"changements?avant={run.run_id}&apres=20991231T235959Z-bbbbbb&{there}",
        "une publication d'avant": f"cas?publication={run.run_id}&{there}",
    }


class Reader:
    """A tab that keeps everything the server sends it."""

    def __init__(self, page: Page, address: str) -> None:
        self.page, self.address = page, address
        self._received: list[bytes] = []
        page.on("websocket", lambda socket: socket.on("framereceived", self._keep))

    def _keep(self, frame: str | bytes) -> None:
        self._received.append(frame.encode() if isinstance(frame, str) else frame)

    def reads(self, path: str) -> bytes:
        """Return what the server sends for a path, until its page is drawn."""
        self._received.clear()
        self.page.goto(f"{self.address}/{path}")
        wait_until_drawn(self.page)
        expect(self.page.get_by_test_id("stException")).to_have_count(0)
        return b"".join(self._received) + self.page.content().encode()


def _leaks(content: bytes, hidden: frozenset[bytes], asked: str = "") -> list[bytes]:
    """Return what of the hidden a content holds, beside what its own address says."""
    return sorted(mark for mark in hidden if mark in content and mark not in asked.encode())


def test_nobody_is_sent_anything_without_signing_in(place: Place, open_page: Callable[[], Page]) -> None:
    reader = Reader(open_page(), place.address)
    marks = frozenset(mark.encode() for mark in _marks(current_run(place.home)))
    sent = {path: _leaks(reader.reads(path), marks, path) for path in place.ways.values() if "territoire" not in path}
    assert {path: found for path, found in sent.items() if found} == {}
    expect(reader.page.get_by_role("heading", level=1)).to_have_text("Se connecter")


def test_who_the_rights_file_does_not_name_is_sent_nothing(place: Place, open_page: Callable[[], Page]) -> None:
    page = open_page()
    reader = Reader(page, place.address)
    identites.sign_in(page, place.address, identites.SANS_DROIT)
    content = reader.reads("cas")
    expect(page.get_by_role("heading", level=1)).to_have_text("Accès à demander")
    assert _leaks(content, frozenset(mark.encode() for mark in _marks(current_run(place.home)))) == []


def test_a_reader_of_one_departement_is_sent_nothing_of_another_by_any_way(place: Place, open_page: Callable[[], Page]) -> None:
    page = open_page()
    reader = Reader(page, place.address)
    identites.sign_in(page, place.address, LIMITED)
    sent = {way: _leaks(reader.reads(path), place.hidden, path) for way, path in place.ways.items()}
    assert {way: found for way, found in sent.items() if found} == {}


def test_a_reader_of_all_of_france_is_sent_what_the_other_is_not(place: Place, open_page: Callable[[], Page]) -> None:
    page = open_page()
    reader = Reader(page, place.address)
    identites.sign_in(page, place.address, FULL)
    shown = (
        "Cas non réglementaires",
        "une fiche d'ailleurs",
        "un bailleur d'ailleurs",
        "un constat d'ailleurs",
        "lignes « conventions »",
    )
    found = {way: _leaks(reader.reads(place.ways[way]), place.hidden) for way in shown}
    assert all(found.values()), found


def test_no_file_that_a_limited_reader_takes_holds_anything_of_another_departement(
    place: Place, open_page: Callable[[], Page]
) -> None:
    page = open_page()
    identites.sign_in(page, place.address, LIMITED)
    taken: dict[str, list[bytes]] = {}
    for screen in (page for group in pages.GROUPES.values() for page in group):
        page.goto(f"{place.address}/{screen.adresse}")
        wait_until_drawn(page)
        while (folded := page.locator("details:not([open]) > summary")).count():
            folded.first.click()
            wait_until_drawn(page)
        for button in page.get_by_test_id("stDownloadButton").get_by_role("button").all():
            if not button.is_visible() or (re.search("XLSX|Parquet", button.inner_text()) and screen is not pages.CAS):
                continue
            with page.expect_download() as downloaded:
                button.click()
            taken[downloaded.value.suggested_filename] = _leaks(_text(downloaded.value.path()), place.hidden)
    assert len(taken) > 20
    assert {name: found for name, found in taken.items() if found} == {}
    written = {entry["objet"] for entry in journal.lire(place.home.access_journal) if entry["geste"] == "telechargement"}
    assert written == set(taken)


def _text(path: Path) -> bytes:
    """Return what a downloaded file says, whatever its form."""
    content = path.read_bytes()
    if content.startswith(b"PAR1"):
        return str(pq.read_table(io.BytesIO(content)).to_pylist()).encode()
    if not content.startswith(b"PK"):
        return content
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if "xl/workbook.xml" not in archive.namelist():
            return b"\n".join(archive.read(name) for name in archive.namelist())
    sheets = openpyxl.load_workbook(io.BytesIO(content), read_only=True)
    return "\n".join(str(cell) for sheet in sheets for row in sheet.iter_rows(values_only=True) for cell in row).encode()


def test_a_decision_is_signed_by_who_is_connected_and_written_in_the_journal(place: Place, open_page: Callable[[], Page]) -> None:
    page = open_page()
    identites.sign_in(page, place.address, LIMITED)
    page.goto(f"{place.address}/cas")
    wait_until_drawn(page)
    page.get_by_role("button", name=re.compile(r"^[A-Z]{2,3}-\d{3} · ")).first.click()
    author = page.get_by_label("Auteur (qui décide)")
    expect(author).to_have_value(LIMITED)
    expect(author).to_be_disabled()
    page.get_by_text("Faux positif", exact=True).first.click()
    page.get_by_label(re.compile("^Motif")).fill("Vérifié dans le dossier.")
    page.get_by_role("button", name="Enregistrer la décision").click()
    expect(page.get_by_text("Décision enregistrée")).to_be_visible()
    decided = [entry for entry in journal.lire(place.home.access_journal) if entry["geste"] == "decision"]
    assert [entry["lecteur"] for entry in decided] == [LIMITED]


def test_a_link_sent_by_a_colleague_is_found_again_after_signing_in(place: Place, open_page: Callable[[], Page]) -> None:
    page = open_page()
    identites.answer_as(page, FULL)
    page.goto(f"{place.address}/regles?regle=FIN-001")
    page.get_by_role("button", name="Se connecter").click()
    page.get_by_role("button", name="Se déconnecter").wait_for()
    expect(page).to_have_url(f"{place.address}/regles?regle=FIN-001")


def test_a_right_that_is_taken_away_is_gone_at_the_next_page(place: Place, open_page: Callable[[], Page]) -> None:
    page = open_page()
    identites.sign_in(page, place.address, FULL)
    rights = place.home.access_rights.read_text(encoding="utf-8")
    try:
        place.home.access_rights.write_text(rights.replace(FULL, "autre@dhup.example"), encoding="utf-8")
        page.get_by_role("link", name="Cas non réglementaires").first.click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Accès à demander")
    finally:
        place.home.access_rights.write_text(rights, encoding="utf-8")
