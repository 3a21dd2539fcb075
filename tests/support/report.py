"""The quality report of a run, as a reader takes it: the texts and tables of its page, the sheets of its workbook."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

import openpyxl

from data_contracts.layout import REPORT_FOLDER
from data_contracts.publication import PublishedRun
from data_contracts.rapport.ecriture import XLSX_FILE


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
        assert run.quality_report is not None
        self.html = run.quality_report.read_text(encoding="utf-8")
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
    found = openpyxl.load_workbook(run.path / REPORT_FOLDER / XLSX_FILE)
    sheets = {}
    for sheet in found.worksheets:
        titles, *lines = sheet.iter_rows(values_only=True)
        sheets[sheet.title] = [dict(zip(map(str, titles), line, strict=True)) for line in lines]
    return sheets
