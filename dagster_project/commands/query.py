"""`parc sql`: reads the current run, and nothing else. The connection is locked; only statements that read are accepted."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import IO, TYPE_CHECKING, Any

import duckdb

from dagster_project.terminal import harmless
from data_contracts.errors import BadInputError
from data_contracts.publication import current_run

if TYPE_CHECKING:
    from data_contracts.layout import Home

READS = {duckdb.StatementType.SELECT, duckdb.StatementType.EXPLAIN}
BATCH = 50_000
WIDE = 10_000
"""Columns of text given to a table that isn't shown on a terminal: it is never folded."""
CAUSES: tuple[tuple[type[duckdb.Error], str], ...] = (
    (duckdb.ParserException, "elle n'est pas du SQL correct"),
    (duckdb.CatalogException, "elle nomme une table ou une fonction qui n'existe pas"),
    (duckdb.PermissionException, "elle lit ou écrit hors de la publication, ce qui n'est pas permis"),
    (duckdb.ConversionException, "une valeur ne se convertit pas"),
    (duckdb.BinderException, "elle nomme une colonne qui n'existe pas ou mélange des types"),
    (duckdb.InvalidInputException, "elle demande ce qu'une lecture ne permet pas"),
)


def run(home: Home, query: str, output: str) -> None:
    """Execute a query on the current run and write its result on the standard output.

    Raises BadInputError for an unknown format, for a query that doesn't only read, and for one that DuckDB refuses.
    """
    writer = WRITERS.get(output)
    if writer is None:
        raise BadInputError(f"Le format « {output} » n'existe pas : choisir {', '.join(WRITERS)}.")
    with current_run(home).connect() as connection:
        try:
            writer(_result(connection, query), sys.stdout)
        except duckdb.Error as error:
            raise refused(error) from error


def refused(error: duckdb.Error) -> BadInputError:
    """Return the sentence for a query that DuckDB refused, with its own words."""
    cause = next((french for kind, french in CAUSES if isinstance(error, kind)), "DuckDB ne peut pas l'exécuter")
    words = str(error).strip().splitlines()[0]
    return BadInputError(f"La requête est refusée : {cause} (« {words} »).")


def _result(connection: duckdb.DuckDBPyConnection, query: str) -> duckdb.DuckDBPyConnection:
    statements = duckdb.extract_statements(query)
    if len(statements) != 1:
        found = f"{len(statements)} instruction{'s' if len(statements) > 1 else ''}"
        raise BadInputError(f"La requête contient {found} : en donner une, qui lit (SELECT …).")
    if statements[0].type not in READS:
        raise BadInputError(f"L'instruction {statements[0].type.name} n'est pas permise : la publication se lit, par un SELECT.")
    return connection.execute(statements[0])


def _columns(result: duckdb.DuckDBPyConnection) -> list[str]:
    return [column[0] for column in result.description or ()]


def _table(result: duckdb.DuckDBPyConnection, stream: IO[str]) -> None:
    from rich.console import Console  # noqa: PLC0415 - the other formats go without
    from rich.table import Column, Table  # noqa: PLC0415 - same reason
    from rich.text import Text  # noqa: PLC0415 - same reason

    table = Table(*(Column(Text(harmless(name))) for name in _columns(result)))
    rows = result.fetchall()
    for row in rows:
        table.add_row(*(Text("" if value is None else harmless(_text(value))) for value in row))
    console = Console(file=stream, width=None if stream.isatty() else WIDE)
    console.print(table)
    console.print(f"{len(rows)} ligne{'s' if len(rows) > 1 else ''}", highlight=False)


def _csv(result: duckdb.DuckDBPyConnection, stream: IO[str]) -> None:
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(_columns(result))
    while rows := result.fetchmany(BATCH):
        writer.writerows([None if value is None else _text(value) for value in row] for row in rows)


def _json(result: duckdb.DuckDBPyConnection, stream: IO[str]) -> None:
    columns = _columns(result)
    rows = [dict(zip(columns, row, strict=True)) for row in result.fetchall()]
    json.dump(rows, stream, ensure_ascii=False, default=_plain)
    stream.write("\n")


def _parquet(result: duckdb.DuckDBPyConnection, stream: IO[str]) -> None:
    from pyarrow import parquet  # noqa: PLC0415 - the other formats go without

    reader = result.to_arrow_reader(BATCH)
    with parquet.ParquetWriter(stream.buffer, reader.schema, compression="zstd") as writer:  # type: ignore[attr-defined]
        for batch in reader:
            writer.write_batch(batch)


def _text(value: Any) -> str:  # noqa: ANN401 - any value of DuckDB
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False, default=_plain)
    return str(value)


def _plain(value: Any) -> float | str:  # noqa: ANN401 - any value of DuckDB
    if isinstance(value, Decimal):
        return float(value)
    return value.isoformat() if isinstance(value, date | datetime) else str(value)


WRITERS: dict[str, Callable[[duckdb.DuckDBPyConnection, IO[str]], None]] = {
    "table": _table,
    "csv": _csv,
    "json": _json,
    "parquet": _parquet,
}
