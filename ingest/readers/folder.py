"""Reads a folder of CSV or Parquet files, one file a table: the file's name without its extension is the table's."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import duckdb

from data_contracts.clauses import file_literal, quote
from data_contracts.errors import BadInputError
from ingest.database import single
from ingest.readers.reception import Identity, ReceivedTable, Reception, Request

DELIMITERS = (",", ";", "\t")
HEADER_LIMIT = 1 << 16
"""Bytes in which the first line of a CSV file must end."""


def data_files(folder: Path, extension: str) -> list[Path]:
    """Return the files of a delivery, sorted by name."""
    return sorted(path for path in folder.iterdir() if path.suffix.lower() == extension and path.is_file())


def receive_csv(folder: Path, identity: Identity, request: Request) -> Reception:
    """Read CSV files with a header, in UTF-8, separated by comma, semicolon or tab: NULL is an empty field, '' a quoted one."""
    return _receive(folder, ".csv", identity, request, _csv_table)


def receive_parquet(folder: Path, identity: Identity, request: Request) -> Reception:
    """Read Parquet files, every column turned into text."""
    return _receive(folder, ".parquet", identity, request, _parquet_table)


def _receive(
    folder: Path, extension: str, identity: Identity, request: Request, reader: Callable[[Path], ReceivedTable]
) -> Reception:
    files = data_files(folder, extension)
    names = Counter(path.stem for path in files)
    if doubled := sorted(name for name, count in names.items() if count > 1):
        raise BadInputError(f"Le dossier « {folder.name} » donne deux fichiers pour la table {doubled[0]} : n'en garder qu'un.")
    tables = {path.stem: reader(path) for path in files if path.stem in request.contract}
    return Reception(tables, tuple(sorted(names.keys() - tables.keys())), identity)


def _csv_table(path: Path) -> ReceivedTable:
    header = _header(path)
    delimiter = max(DELIMITERS, key=header.count)
    if delimiter not in header:
        raise BadInputError(
            f"« {path.name} » n'a pas d'en-tête de colonnes séparées par une virgule, un point-virgule ou une tabulation : "
            "refaire l'export CSV avec ses noms de colonnes."
        )
    columns = tuple(next(csv.reader([header], delimiter=delimiter)))
    types = ", ".join(f"'c{rank}': 'VARCHAR'" for rank in range(len(columns)))
    relation = (
        f"read_csv({file_literal(path)}, auto_detect = false, header = true, delim = '{delimiter}', quote = '\"', escape = '\"', "
        f"nullstr = '', allow_quoted_nulls = false, columns = {{{types}}})"
    )
    return ReceivedTable(path.stem, columns, relation, 2, f"« {path.name} »", path)


def _header(path: Path) -> str:
    """Return the first line of a CSV file, without byte order mark nor end of line."""
    with path.open("rb") as file:
        line = file.readline(HEADER_LIMIT)
    if len(line) == HEADER_LIMIT and not line.endswith(b"\n"):
        raise BadInputError(
            f"« {path.name} » : la première ligne dépasse {HEADER_LIMIT >> 10} Ko ; refaire l'export CSV avec ses noms de colonnes."
        )
    if not line.strip():
        raise BadInputError(f"« {path.name} » est vide : refaire l'export CSV avec ses noms de colonnes.")
    try:
        return line.decode("utf-8-sig").rstrip("\r\n")
    except UnicodeDecodeError as error:
        raise BadInputError(f"« {path.name} » n'est pas encodé en UTF-8 : refaire l'export CSV en UTF-8.") from error


def _parquet_table(path: Path) -> ReceivedTable:
    file = f"read_parquet({file_literal(path)}, binary_as_string = true, hive_partitioning = false)"
    try:
        with duckdb.connect() as connection:
            columns = tuple(name for name, *_ in connection.execute(f"describe from {file}").fetchall())
            rows = single(connection, f"select count(*) from {file}")
    except duckdb.Error as error:
        raise BadInputError(
            f"« {path.name} » n'est pas un fichier Parquet lisible : le refaire ou le transférer de nouveau."
        ) from error
    texts = ", ".join(f"{quote(name)}::varchar as c{rank}" for rank, name in enumerate(columns))
    return ReceivedTable(path.stem, columns, f"(select {texts} from {file})", 1, f"« {path.name} »", path, rows)
