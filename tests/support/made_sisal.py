"""A made SISAL report, as the infocentre exports it: what a test says of a row, the plainest thing for the rest; names are made."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path

from openpyxl import Workbook

ORDINARY = {
    "Année Gestion Programmation": "2016",
    "Année Gestion Clôture": "NA",
    "Année Gestion Début": "2016",
    "N° Opération GALION": "2016130550001",
    "Commune": "Aix-en-Provence",
    "Zone 123": "2",
    "Zone ABC": "A",
    "Type Financement": "MIXTE",
    "Gestionnaire": "Métropole inventée",
    "MOA (nom officiel)": "SA HLM INVENTEE",
    "MOA (code SIRET)": "73282932000074",
    "MOA Adresse 1": " ",
    "MOA Code postal": "13001",
    "MOA Ville": " MARSEILLE",
    "Type d'habitat": "collectif",
    "Nom Opération": "LES TILLEULS",
    "Adresse Opération 1": "",
    "Réf. Parcelle cadastrale": "13001 000 MD 0002",
    "Réf. Coordonnées XY": "5.398985 ; 43.545464",
    "Année Achèvement Travaux": "",
    "Nature logement": "Logements ordinaires",
    "Type Bénéficiaire": "Ménages",
    "Produit": "PLUS",
    "Nb logts": "10",
    "SU totale": "650,5",
    "Nb Garages aériens": "0",
    "Loyer Garages aériens": "0",
    "Nb Garages enterrés": "4",
    "Loyer Garages enterrés": "45",
    "Nb Places Stationnement": "0",
    "Loyer Places Stationnement": "0",
    "Nb Jardins": "0",
    "Loyer Jardins": "0",
}
"""Every column of the report, in its order, and what it holds in an ordinary row."""

Rows = Iterable[dict[str, str]]


def lines(rows: Rows, titles: Sequence[str] = ("", "Rapport 1", "")) -> list[list[str]]:
    """Return the lines of a report: titles, labels, then the rows, each given by what it has of its own."""
    width = len(ORDINARY)
    above = [[title, *[""] * (width - 1)] for title in titles]
    return [*above, list(ORDINARY), *(list((ORDINARY | row).values()) for row in rows)]


def write_csv(
    path: Path, rows: Rows, *, delimiter: str = ",", encoding: str = "utf-8", titles: Sequence[str] = ("", "Rapport 1", "")
) -> Path:
    """Write a report in CSV, with the line ends of Windows."""
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter).writerows(lines(rows, titles))
    path.write_bytes(text.getvalue().encode(encoding))
    return path


def write_xlsx(path: Path, rows: Rows) -> Path:
    """Write the same report in XLSX: what can be a number is one, as in the export."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for line in lines(rows):
        sheet.append([_number(cell) for cell in line])
    book.save(path)
    return path


def _number(cell: str) -> str | float | None:
    text = cell.replace("\u00a0", "").replace(",", ".")
    return (float(text) if "." in text else int(text)) if text.replace(".", "", 1).isdigit() else cell or None
