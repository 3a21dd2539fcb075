"""A workbook read without the library that wrote it: what its XML holds, cell by cell."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass
from xml.etree import ElementTree as ET

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


@dataclass(frozen=True)
class RawCell:
    """A cell as the XML says it."""

    kind: str
    """inlineStr, s, n, b, e, str…"""
    value: str
    has_formula: bool


def raw_sheets(content: bytes) -> dict[str, list[dict[str, RawCell]]]:
    """Return the rows of each sheet by name; a row gives its cells by column letter, empty ones left out."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        targets = {
            relation.attrib["Id"]: relation.attrib["Target"].removeprefix("/xl/")
            for relation in _parsed(archive.read("xl/_rels/workbook.xml.rels"))
        }
        names = {
            sheet.attrib["name"]: targets[sheet.attrib[_ID]]
            for sheet in _parsed(archive.read("xl/workbook.xml")).iter(f"{_MAIN}sheet")
        }
        return {name: _rows(archive.read(f"xl/{target}")) for name, target in names.items()}


def _parsed(xml: bytes) -> ET.Element:
    return ET.fromstring(xml)  # noqa: S314 - a file that the test has just written


def _rows(xml: bytes) -> list[dict[str, RawCell]]:
    return [
        {re.sub(r"\d", "", cell.attrib["r"]): _cell(cell) for cell in row if len(cell)} for row in _parsed(xml).iter(f"{_MAIN}row")
    ]


def _cell(cell: ET.Element) -> RawCell:
    texts = [element.text or "" for tag in ("t", "v") for element in cell.iter(f"{_MAIN}{tag}")]
    return RawCell(cell.attrib.get("t", "n"), "".join(texts), cell.find(f"{_MAIN}f") is not None)
