"""Rows of a published run, as dictionaries that hold Python values."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    import duckdb

Ligne = dict[str, Any]
"""One row of a result, column → Python value."""

Parametres = tuple[Any, ...] | dict[str, Any]
"""The values of a query: by rank for $1, by name for $nom."""

_LOT = 5000
"""Rows taken at once."""


def parcourir(connection: duckdb.DuckDBPyConnection, requete: str, parametres: Parametres = ()) -> Iterator[Ligne]:
    """Give the rows of a query on the marts one by one, through a cursor of its own; nothing of them is kept.

    What a user typed travels in `parametres`, never in the text.
    """
    with connection.cursor() as cursor:
        cursor.execute("use marts")
        result = cursor.execute(requete, parametres)
        names = [description[0] for description in result.description or ()]
        while rows := result.fetchmany(_LOT):
            yield from (dict(zip(names, row, strict=True)) for row in rows)


def depuis_json(texte: str | None) -> Any:  # noqa: ANN401 - whatever the JSON holds
    """Return what a JSON column holds; decimals keep their digits."""
    return json.loads(texte, parse_float=Decimal) if texte else None
