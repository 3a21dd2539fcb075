"""The dictionary: whole, stable, escaped, readable offline and in a French Excel."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import date
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any

import pytest

from data_contracts.dictionnaire import contenu, fichiers
from data_contracts.dictionnaire.contenu import Lineage
from data_contracts.loader import products
from data_contracts.product_contract import Product

if TYPE_CHECKING:
    from pathlib import Path

LOT = Product.model_validate(
    {
        "mart": "fct_lot",
        "version": 2,
        "responsable": "Bureau LO3 (DHUP)",
        "titre": "Lots <courants>",
        "grain": "un lot",
        "description": "Les lots : un & deux.",
        "acces": ["commun"],
        "cle_primaire": ["lot_id"],
        "colonnes": [
            {"nom": "lot_id", "type": "VARCHAR", "description": "Identifiant."},
            {"nom": "loyer_m2_eur", "type": "DECIMAL(14,2)", "unite": "€/m²", "description": "=Loyer <script>alert(1)</script>."},
            {"nom": "etat", "type": "VARCHAR", "description": "État.", "valeurs": ["A", "B"], "reference": "dim_etat.code"},
        ],
    }
)
LINEAGE = Lineage({"fct_lot": ("int_lot",)}, {"fct_lot": ("ecoloweb.lot",)}, {"ecoloweb.lot": "Lots reçus."})
REFERENCE = date(2026, 11, 1)


def dictionary(product: Product = LOT) -> dict[str, Any]:
    return contenu.content([product], {product.mart: 12345}, LINEAGE, REFERENCE)


@pytest.fixture(scope="module")
def whole() -> dict[str, Any]:
    """The dictionary of every mart of the project."""
    return contenu.content(products().values(), dict.fromkeys(products(), 1), Lineage(), REFERENCE)


class Seen(HTMLParser):
    """The identifiers, the addresses and the texts of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.ids: set[str] = set()
        self.addresses: list[str] = []
        self.texts: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        self.ids |= {said["id"]} if "id" in said else set()
        self.addresses += [f"{tag} {said[name]}" for name in ("href", "src", "action") if name in said]

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def test_the_json_has_the_form_that_is_documented() -> None:
    assert dictionary() == {
        "format": 1,
        "date_reference": "2026-11-01",
        "tables": [
            {
                "nom": "fct_lot",
                "titre": "Lots <courants>",
                "description": "Les lots : un & deux.",
                "grain": "un lot",
                "version": 2,
                "responsable": "Bureau LO3 (DHUP)",
                "lignes": 12345,
                "cle_primaire": ["lot_id"],
                "parents": ["int_lot"],
                "origines": ["ecoloweb.lot"],
                "colonnes": [
                    {
                        "nom": "lot_id",
                        "type": "VARCHAR",
                        "type_en_clair": "texte",
                        "unite": None,
                        "est_cle": True,
                        "peut_etre_vide": False,
                        "description": "Identifiant.",
                        "valeurs": None,
                        "reference": None,
                    },
                    {
                        "nom": "loyer_m2_eur",
                        "type": "DECIMAL(14,2)",
                        "type_en_clair": "nombre à 2 décimales",
                        "unite": "€/m²",
                        "est_cle": False,
                        "peut_etre_vide": True,
                        "description": "=Loyer <script>alert(1)</script>.",
                        "valeurs": None,
                        "reference": None,
                    },
                    {
                        "nom": "etat",
                        "type": "VARCHAR",
                        "type_en_clair": "texte",
                        "unite": None,
                        "est_cle": False,
                        "peut_etre_vide": True,
                        "description": "État.",
                        "valeurs": ["A", "B"],
                        "reference": "dim_etat.code",
                    },
                ],
            }
        ],
        "origines": [{"nom": "ecoloweb.lot", "description": "Lots reçus."}],
    }


def test_every_type_of_the_project_has_words(whole: dict[str, Any]) -> None:
    said = {column["type"]: column["type_en_clair"] for table in whole["tables"] for column in table["colonnes"]}

    assert [kind for kind, words in said.items() if kind == words] == []


def test_the_files_are_the_same_whenever_they_are_written(tmp_path: Path) -> None:
    for folder in ("une", "deux"):
        (tmp_path / folder).mkdir()
        fichiers.write(tmp_path / folder, dictionary())

    for path in (tmp_path / "une").iterdir():
        assert path.read_bytes() == (tmp_path / "deux" / path.name).read_bytes()
    assert json.loads((tmp_path / "une" / "dictionnaire.json").read_text(encoding="utf-8")) == dictionary()


def test_the_sheet_is_read_by_a_french_excel_and_its_texts_are_no_formulas(tmp_path: Path) -> None:
    fichiers.write(tmp_path, dictionary())

    raw = (tmp_path / "dictionnaire.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig")), delimiter=";"))
    assert [row["Colonne"] for row in rows] == ["lot_id", "loyer_m2_eur", "etat"]
    assert [row["Dans la clé"] for row in rows] == ["oui", "non", "non"]
    assert rows[1]["Sens"] == "'=Loyer <script>alert(1)</script>."
    assert rows[2]["Valeurs possibles"] == "A, B"
    assert {row["Lignes"] for row in rows} == {"12345"}


def test_the_page_shows_every_column_without_a_script(whole: dict[str, Any]) -> None:
    seen = Seen(fichiers.page(whole))

    assert {f"{table['nom']}.{column['nom']}" for table in whole["tables"] for column in table["colonnes"]} <= seen.ids


def test_the_links_of_the_page_stay_in_it_or_in_its_folder(whole: dict[str, Any]) -> None:
    seen = Seen(fichiers.page(whole))

    inside = {address.removeprefix("a #") for address in seen.addresses if address.startswith("a #")}
    assert inside <= seen.ids
    assert [address for address in seen.addresses if not address.startswith("a #")] == ["a documentation/dbt.html"]
    assert re.findall(r"https?://|url\(|@import", fichiers.page(whole)) == []


def test_what_contracts_say_is_shown_and_never_obeyed() -> None:
    page = fichiers.page(dictionary())

    assert "<script>alert(1)" not in page
    assert "=Loyer <script>alert(1)</script>." in " ".join(Seen(page).texts)
    assert "Lots <courants>" in " ".join(Seen(page).texts)


def test_the_page_writes_numbers_and_dates_as_french_readers_do() -> None:
    page = fichiers.page(dictionary())

    assert "12\u202f345 lignes" in page
    assert "01/11/2026" in page
    assert "Les lots\u00a0: un &amp; deux." in page
