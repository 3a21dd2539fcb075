"""Small published runs with their report, and how it is read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import openpyxl

from dagster_project import publication
from dagster_project.checks.control import Control
from data_contracts.delivery import Delivery
from data_contracts.layout import Home
from data_contracts.publication import PublishedRun
from data_contracts.rapport.ecriture import HTML_FILE, XLSX_FILE
from tests.unit.dagster_project.made import Row, control, session
from tests.unit.extraits.made_parc import REGLE, constat

Rows = Mapping[str, Sequence[Row]]
GIRONDE = {"code_departement": "33", "nom_departement": "Gironde", "code_region": "75"}
TABLE = {"source": "ecoloweb", "livraison_id": "a1b2c3d4e5f60718", "table_source": "ecolo_avenant"}


def rows(**changes: Sequence[Row]) -> Rows:
    """Return the marts of a sound small run: ten rows received, one use that holds, a field half filled, two findings."""
    return {
        "dim_departement": [GIRONDE],
        "dim_regle": [REGLE],
        "rec_table": [{**TABLE, "nb_recus": 10, "nb_poses": 10}],
        "rec_convention": [{"source": "ecoloweb", "cle_source": "1", "destin": "publiee", "nb_lignes": 1}],
        "agg_usage": [usage(), usage(code_departement="33")],
        "agg_completude": [completude(nb_renseignes=50)],
        "fct_anomalie": [constat("a1", 1), constat("a2", 2, severite="anomalie")],
        **changes,
    }


def usage(**changes: object) -> Row:
    """Make the state of a use, usable in the whole of Ecoloweb."""
    return {
        "usage": "loyers",
        "rang_usage": 1,
        "titre": "Connaître les loyers",
        "question": "Quels sont les loyers ?",
        "source": "ecoloweb",
        "code_departement": "ensemble",
        "etat": "utilisable",
        "motif": "La plus basse des exigences tient : Loyer, 99,0 %, pour 95 % demandés.",
        "exigence": "Loyer",
        **changes,
    }


def completude(**changes: object) -> Row:
    """Make the completeness of a field in Gironde: a hundred values expected."""
    return {
        "mart": "fct_lot",
        "champ": "loyer_m2_eur",
        "libelle": "Loyer maximal.",
        "source": "ecoloweb",
        "code_departement": "33",
        "nb_applicables": 100,
        "nb_renseignes": 100,
        "taux_completude_pct": 50,
        **changes,
    }


def publish(
    home: Home,
    marts: Rows,
    run_id: str = "20261101T120000Z-aaaaaa",
    *,
    controls: Sequence[Control] = (),
    deliveries: Sequence[Delivery] = (),
) -> PublishedRun:
    """Publish made marts, the project's own way, with these checks."""
    made = session(home, marts, run_id=run_id, deliveries=deliveries)
    made.controls.record(controls or [control()])
    return publication.publish(made, threads=1, elapsed=dict)


class _Page(HTMLParser):
    """The text of a page, its tables (titles, then rows of texts) by caption, and what it refers to."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.tables: dict[str, list[list[str]]] = {}
        self.references: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self._rows: list[list[str]] = []
        self._open: list[str] | None = None
        self._caption = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self.references += [value or "" for name, value in attrs if name in {"href", "src", "data", "action"}]
        if tag == "table":
            self._rows = []
        elif tag == "tr":
            self._rows.append([])
        elif tag in {"th", "td", "caption"}:
            self._open, self._caption = [], tag == "caption"

    def handle_endtag(self, tag: str) -> None:
        if tag in {"th", "td", "caption"} and self._open is not None:
            text = " ".join("".join(self._open).split())
            if self._caption:
                self.tables[text] = self._rows
            else:
                self._rows[-1].append(text)
            self._open = None

    def handle_data(self, data: str) -> None:
        self.texts.append(data)
        if self._open is not None:
            self._open.append(data)


class Page:
    """The page of a report, as a reader takes it."""

    def __init__(self, run: PublishedRun) -> None:
        self.html = file(run, HTML_FILE).read_text(encoding="utf-8")
        parser = _Page()
        parser.feed(self.html)
        self.text = " ".join(" ".join(parser.texts).split())
        self.references, self.tags, self._tables = parser.references, parser.tags, parser.tables

    def table(self, caption: str) -> list[dict[str, str]]:
        """Return the rows of a table by their titles; none when the page does not show it."""
        titles, *lines = self._tables.get(caption, [[]])
        return [dict(zip(titles, line, strict=True)) for line in lines]


def book(run: PublishedRun) -> dict[str, list[dict[str, Any]]]:
    """Return the rows of each sheet of the workbook, by their titles."""
    found = openpyxl.load_workbook(file(run, XLSX_FILE))
    sheets = {}
    for sheet in found.worksheets:
        titles, *lines = sheet.iter_rows(values_only=True)
        sheets[sheet.title] = [dict(zip(map(str, titles), line, strict=True)) for line in lines]
    return sheets


def file(run: PublishedRun, name: str) -> Path:
    """Return one of the two files of a report."""
    return run.path / "rapport-qualite" / name
