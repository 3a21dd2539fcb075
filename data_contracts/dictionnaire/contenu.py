"""What the dictionary says of each mart and each column, in the stable form of `dictionnaire.json` (docs/exploitation.md)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from data_contracts.product_contract import Product, ProductColumn

FORMAT = 1
_TYPES = {
    "VARCHAR": "texte",
    "INTEGER": "nombre entier",
    "BIGINT": "nombre entier",
    "DOUBLE": "nombre",
    "BOOLEAN": "oui ou non",
    "DATE": "date",
    "TIMESTAMP": "date et heure",
    "JSON": "données structurées (JSON)",
    "VARCHAR[]": "liste de textes",
}
_DECIMAL = re.compile(r"DECIMAL\(\d+,(?P<decimals>\d+)\)")

Json = dict[str, Any]


@dataclass(frozen=True)
class Lineage:
    """Where the rows of the marts come from."""

    parents: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """What each mart reads: names of models, or `source.table`."""
    origins: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """The tables that no model makes and that each mart depends on, near or far, as `source.table`."""
    tables: Mapping[str, str] = field(default_factory=dict)
    """What each of these tables holds."""


def content(products: Iterable[Product], rows: Mapping[str, int], lineage: Lineage, reference: date) -> Json:
    """Return the dictionary of a run; `rows` are its rows by mart, `reference` the day that stands for today in it."""
    return {
        "format": FORMAT,
        "date_reference": reference.isoformat(),
        "tables": [_table(product, rows[product.mart], lineage) for product in products],
        "origines": [{"nom": name, "description": said} for name, said in sorted(lineage.tables.items())],
    }


def type_in_words(kind: str) -> str:
    """Say a DuckDB type to who writes no SQL; one that nobody named is said as it is."""
    decimal = _DECIMAL.fullmatch(kind)
    return f"nombre à {decimal['decimals']} décimales" if decimal else _TYPES.get(kind, kind)


def _table(product: Product, rows: int, lineage: Lineage) -> Json:
    return {
        "nom": product.mart,
        "titre": product.titre,
        "description": product.description,
        "grain": product.grain,
        "version": product.version,
        "responsable": product.responsable,
        "lignes": rows,
        "cle_primaire": list(product.cle_primaire),
        "parents": list(lineage.parents.get(product.mart, ())),
        "origines": list(lineage.origins.get(product.mart, ())),
        "colonnes": [_column(column, column.nom in product.cle_primaire) for column in product.colonnes],
    }


def _column(column: ProductColumn, is_key: bool) -> Json:  # noqa: FBT001 - private, read at one place
    return {
        "nom": column.nom,
        "type": column.type,
        "type_en_clair": type_in_words(column.type),
        "unite": column.unite,
        "est_cle": is_key,
        "peut_etre_vide": not (column.obligatoire or is_key),
        "description": column.description,
        "valeurs": None if column.valeurs is None else list(column.valeurs),
        "reference": column.reference,
    }
