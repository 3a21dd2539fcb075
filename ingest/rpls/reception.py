"""Receives the detailed file of RPLS, in CSV: one dwelling a line, five million of them, read by DuckDB where the file lies.

Nothing in the file says its encoding: UTF-8, Latin-1 or that of Windows. Its columns changed names: FINAN became FINAN_CODE, and
those of 2016 to 2018 end with « _red ». A row has no identifier: its rank names it.
"""

from __future__ import annotations

import codecs
import csv
import re
from collections.abc import Mapping
from functools import partial
from pathlib import Path

from data_contracts.clauses import file_literal
from data_contracts.errors import BadInputError
from data_contracts.source_contract import ColumnType, SourceTable
from data_contracts.text_file import DELIMITERS
from ingest.readers.reception import Identity, ReceivedTable, Reception, Request
from ingest.readers.report import slug

DWELLING, RANK = "logement", "rang"
"""The table of the contract, and its column that the file does not hold."""
REDUCED, CODE = "_red", "_code"
"""What the names of columns may end with."""
CHUNK = 8 << 20
HEADER_LIMIT = 1 << 16
"""Bytes in which the first line must end."""
LATIN, WINDOWS = "latin-1", "cp1252"
ONLY_WINDOWS = re.compile(b"[\x80-\x9f]")
"""Bytes that are letters in Windows's encoding, and nothing in Latin-1: DuckDB reads the latter only."""
UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
MINIMUM = 10
"""Columns of the contract that tell such a file from any other."""


def receive(path: Path, identity: Identity, request: Request) -> Reception:
    """Read the file. Raises BadInputError when its first line is not the header of such a file."""
    contract = request.contract[DWELLING]
    encoding = _encoding(path)
    header = _header(path, encoding)
    delimiter = max(DELIMITERS, key=header.count)
    names = {column.nom for column in contract.colonnes} - {RANK}
    columns = tuple(_name(label, names) for label in next(csv.reader([header], delimiter=delimiter), []))
    if len(names.intersection(columns)) < MINIMUM:
        raise BadInputError(
            f"« {path.name} » n'a pas l'en-tête d'un fichier détaillé du RPLS (DEPCOM, CONV, NUMCONV…) : vérifier le fichier donné."
        )
    file = _readable(path, encoding, request.folder)
    read = _read(file, len(columns), delimiter, "utf-8" if encoding == WINDOWS else encoding)
    values = ", ".join(_value(rank, name, contract) for rank, name in enumerate(columns))
    relation = f"(select {values}, (1 + row_number() over ())::varchar as c{len(columns)} from {read})"
    received = ReceivedTable(DWELLING, (*columns, RANK), relation, 2, f"« {path.name} »", file)
    return Reception({DWELLING: received}, (), identity)


def _name(label: str, known: set[str]) -> str:
    """Return the name that the contract gives a column, whatever the year of the file; that of the file when it knows none."""
    name = slug(label)
    for candidate in (name, name.removesuffix(REDUCED)):
        if candidate in known:
            return candidate
        if candidate + CODE in known:
            return candidate + CODE
    return name


def _value(rank: int, name: str, contract: SourceTable) -> str:
    """Return the SQL of a column: a decimal comma becomes the point that the contract reads."""
    types: Mapping[str, ColumnType] = {column.nom: column.type for column in contract.colonnes}
    column = f"c{rank}"
    return f"replace({column}, ',', '.') as {column}" if types.get(name) is ColumnType.REEL else column


def _read(path: Path, columns: int, delimiter: str, encoding: str) -> str:
    types = ", ".join(f"'c{rank}': 'VARCHAR'" for rank in range(columns))
    return (
        f"read_csv({file_literal(path)}, auto_detect = false, header = true, delim = '{delimiter}', quote = '\"', escape = '\"', "
        f"nullstr = '', allow_quoted_nulls = false, encoding = '{encoding}', columns = {{{types}}})"
    )


def _encoding(path: Path) -> str:
    """Return the encoding of the whole file: as soon as one byte is not UTF-8, Latin-1, or Windows's when a byte is only there."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    with path.open("rb") as file:
        if file.read(2) in UTF_16:
            raise BadInputError(f"« {path.name} » est en UTF-16 : le refaire en UTF-8.")
        file.seek(0)
        try:
            while chunk := file.read(CHUNK):
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            file.seek(0)
            return WINDOWS if any(ONLY_WINDOWS.search(chunk) for chunk in iter(partial(file.read, CHUNK), b"")) else LATIN
    return "utf-8"


def _readable(path: Path, encoding: str, folder: Path) -> Path:
    """Return a file that DuckDB reads: that of the delivery, or its text in UTF-8 when it is in Windows's encoding."""
    if encoding != WINDOWS:
        return path
    copy = folder / f"{DWELLING}.csv"
    with path.open("rb") as source, copy.open("wb") as target:
        while chunk := source.read(CHUNK):
            target.write(chunk.decode(WINDOWS, errors="replace").encode())
    return copy


def _header(path: Path, encoding: str) -> str:
    with path.open("rb") as file:
        line = file.readline(HEADER_LIMIT)
    if len(line) == HEADER_LIMIT and not line.endswith(b"\n"):
        raise BadInputError(f"« {path.name} » : la première ligne dépasse {HEADER_LIMIT >> 10} Ko ; vérifier le fichier donné.")
    text = line.decode("utf-8-sig" if encoding == "utf-8" else encoding, errors="replace").strip()
    if not text:
        raise BadInputError(f"« {path.name} » est vide : le transférer de nouveau.")
    return text
