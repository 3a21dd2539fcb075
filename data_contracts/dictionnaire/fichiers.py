"""The files of the dictionary: a page to read, a sheet to filter, JSON for programs. Their bytes depend on what they say only."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from data_contracts.dictionnaire.contenu import Json
from data_contracts.extraits import formats
from data_contracts.extraits.csv_excel import csv_excel

NAME = "dictionnaire"
_TEMPLATE = "page.html.j2"


@dataclass(frozen=True)
class _Column:
    """A column of the sheet."""

    champ: str
    titre: str


_SHEET = (
    _Column("table", "Table"),
    _Column("titre", "Titre de la table"),
    _Column("grain", "Une ligne est"),
    _Column("version", "Version"),
    _Column("responsable", "Responsable"),
    _Column("lignes", "Lignes"),
    _Column("nom", "Colonne"),
    _Column("type_en_clair", "Type"),
    _Column("type", "Type technique"),
    _Column("unite", "Unité"),
    _Column("est_cle", "Dans la clé"),
    _Column("peut_etre_vide", "Peut être vide"),
    _Column("description", "Sens"),
    _Column("valeurs", "Valeurs possibles"),
    _Column("reference", "Renvoie à"),
)


def write(folder: Path, dictionary: Json) -> None:
    """Write the three files of a dictionary in `folder`."""
    (folder / f"{NAME}.json").write_text(json.dumps(dictionary, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    (folder / f"{NAME}.csv").write_bytes(csv_excel(_rows(dictionary), _SHEET))
    (folder / f"{NAME}.html").write_text(page(dictionary), encoding="utf-8")


def page(dictionary: Json) -> str:
    """Return the dictionary as one HTML page that needs nothing else: no network, no script to read it all."""
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= {"nombre": formats.nombre, "pluriel": formats.pluriel, "typographie": formats.typographie}
    return environment.get_template(_TEMPLATE).render(
        date_reference=formats.jour(date.fromisoformat(dictionary["date_reference"])),
        tables=dictionary["tables"],
        origines=dictionary["origines"],
    )


def _rows(dictionary: Json) -> Iterator[Json]:
    """Give one row a column of a mart."""
    for table in dictionary["tables"]:
        for column in table["colonnes"]:
            yield {**table, **column, "table": table["nom"]}
