"""Says where a received table stops being readable. DuckDB finds out while it reads, whatever the query that reads."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from contextlib import contextmanager

import duckdb

from data_contracts.errors import BadInputError
from ingest.readers.reception import ReceivedTable

LINE = re.compile(r"CSV Error on Line: (\d+)")


@contextmanager
def explained(tables: Collection[ReceivedTable]) -> Iterator[None]:
    """Turn what DuckDB says of an unreadable file into one French sentence: BadInputError. Other errors pass."""
    try:
        yield
    except duckdb.Error as error:
        text = str(error)
        damaged = next((table for table in tables if f"file = {table.path}\n" in text or f'file "{table.path}"' in text), None)
        damaged = damaged or next(filter(_is_damaged_parquet, tables), None)
        if damaged is None:
            raise
        # DuckDB quotes the row it could not read, personal data included: its own words stop here.
        raise _sentence(damaged, text) from None


def _is_damaged_parquet(table: ReceivedTable) -> bool:
    """Return whether a Parquet file can't be read whole: what DuckDB says of its inside does not name it."""
    if table.path.suffix.lower() != ".parquet":
        return False
    try:
        with duckdb.connect() as connection:
            connection.execute(f"select bit_xor(hash(received)) from {table.relation} as received")
    except duckdb.Error:
        return True
    return False


def _sentence(table: ReceivedTable, text: str) -> BadInputError:
    where = table.place
    if line := LINE.search(text):
        where += f", ligne {table.line_in_delivery(int(line[1]))}"
    if "unicode" in text or "utf-8" in text:
        return BadInputError(f"{where} : le texte n'est pas encodé en UTF-8 ; refaire la livraison en UTF-8.")
    if "CSV" in text:
        return BadInputError(
            f"{where} : les champs ne correspondent pas aux colonnes annoncées ; refaire l'export ou le transférer de nouveau."
        )
    return BadInputError(f"{where} : le contenu est abîmé ; le refaire ou le transférer de nouveau.")
