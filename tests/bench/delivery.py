"""Makes an Ecoloweb delivery of as many agreements as asked: those of another dump, drawn again in SQL, or some of them.

A draw gives identifiers, keys and numbers of its own to an agreement and to all that hangs on it, so that no two agreements bear
the same number unless they did in the same draw. Owners are drawn fewer times, since one owner has many agreements. What a larger
parc does not lengthen (codes, communes, offices) stays as it is.

    python -m tests.bench.delivery AGREEMENTS DELIVERY [--dump FILE]
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import duckdb

from data_contracts.clauses import literal, quote
from data_contracts.loader import source_tables
from ingest.demo import generate, noms
from ingest.demo.referentiels import liste
from ingest.demo.schema import ECOLOWEB
from ingest.formats import Format, detect, identity
from ingest.readers.pg_dump import receive_custom, receive_sql
from ingest.readers.reception import ReceivedTable, Request
from tests.bench.archive import CHUNK, Archive, Table

DEMO = 10_000
"""Agreements of the demo that is drawn from when no dump is given."""
SEED = 42
DRAWS_OF_OWNERS = 10
AGREEMENT = "conventionapl"
OWNERS = frozenset({"bailleur", "adressebailleur", "contactbailleur"})
DWELLING_ADDRESS = "logementadresse"
"""What a dwelling points at and nobody else does."""
NUMBERS = frozenset({"noreglementaire", "nonormalise", "referencepublication"})
"""What tells an agreement or its publication from another, in words."""
DIGITS = 3
"""Of the number of a draw, at the end of those words: as many for each, or two of them could meet."""
MADE_SIREN = 7
"""First digit of the SIREN of the owners drawn again."""


class Reference(NamedTuple):
    """A foreign key."""

    table: str
    column: str
    referred: str


REFERENCES = tuple(
    Reference(key["table"], key["colonnes"], key["reference"]) for key in liste("cles") if key["genre"] == "FOREIGN KEY"
)


@dataclass(frozen=True)
class Dump:
    """The tables of a dump in a database, one column of COPY text each, escapes still in place; names without prefix."""

    connection: duckdb.DuckDBPyConnection
    columns: Mapping[str, tuple[str, ...]]

    def count(self, table: str) -> int:
        """Return how many rows a table has."""
        return int(self.connection.execute(f"select count(*) from {table}").fetchall()[0][0])

    def beyond_identifiers(self) -> int:
        """Return a power of ten that no identifier reaches."""
        highest = " union all ".join(
            f"select max(id::bigint) as id from {table}" for table in self.columns if "id" in self.columns[table]
        )
        return 10 ** len(str(self.connection.execute(f"select max(id) from ({highest})").fetchall()[0][0]))


def hanging(tables: Mapping[str, tuple[str, ...]]) -> frozenset[str]:
    """Return the tables whose rows hang on an agreement, directly or not, with the agreements themselves."""
    found = {AGREEMENT, DWELLING_ADDRESS}
    while more := {key.table for key in REFERENCES if key.referred in found and key.table in tables} - found:
        found |= more
    return frozenset(found)


def make(agreements: int, delivery: Path, dump: Path | None = None) -> None:
    """Write a delivery of about that many agreements, as an archive of pg_dump in custom format."""
    with tempfile.TemporaryDirectory(prefix="parc-bench-delivery-", dir=delivery.parent) as name, duckdb.connect() as connection:
        folder = Path(name)
        base = _loaded(connection, dump or generate(DEMO, SEED, folder / "demo").dump, folder)
        drawn = max(1, round(agreements / base.count(AGREEMENT)))
        if agreements < base.count(AGREEMENT):
            _thin(base, agreements)
        with delivery.open("wb") as output:
            tables = [Table(ECOLOWEB.nom, _name(table), columns) for table, columns in base.columns.items()]
            archive = Archive(output, delivery.stem, tables, ECOLOWEB.avant_les_donnees(), ECOLOWEB.apres_les_donnees())
            for table in base.columns:
                archive.write(_name(table), _rows(base, table, drawn, folder / "rows.copy"))


def _name(table: str) -> str:
    return f"{ECOLOWEB.prefixe}{table}"


def _loaded(connection: duckdb.DuckDBPyConnection, dump: Path, folder: Path) -> Dump:
    """Load a dump as it stands."""
    origin = detect(dump)
    found = identity(origin)
    assert found is not None
    read = receive_custom if origin.format == Format.DUMP_CUSTOM else receive_sql
    reception = read(dump, found, Request(source_tables("ecoloweb"), ECOLOWEB.nom, folder))
    columns = {}
    for name, received in reception.tables.items():
        table = name.removeprefix(ECOLOWEB.prefixe)
        columns[table] = received.columns
        connection.execute(f"create table {table} as select {_named(received)} from {received.relation}")
        received.path.unlink()
    connection.create_function("siren_fabrique", lambda number: noms.siren(number, MADE_SIREN), ["bigint"], "varchar")
    connection.create_function(
        "siret_fabrique", lambda number: noms.siret(noms.siren(number, MADE_SIREN), 1), ["bigint"], "varchar"
    )
    return Dump(connection, columns)


def _named(received: ReceivedTable) -> str:
    return ", ".join(f"c{rank} as {quote(name)}" for rank, name in enumerate(received.columns))


def _thin(dump: Dump, agreements: int) -> None:
    """Keep so many agreements, evenly among them, with what hangs on them."""
    dump.connection.execute(
        f"delete from {AGREEMENT} where rowid > 0 and rowid * $kept // $all = (rowid - 1) * $kept // $all",
        {"kept": agreements, "all": dump.count(AGREEMENT)},
    )
    hung = hanging(dump.columns)
    keys = [
        key for key in REFERENCES if key.referred in hung - {DWELLING_ADDRESS} and key.column in dump.columns.get(key.table, ())
    ]
    removed = True
    while removed:
        removed = False
        for key in keys:
            gone = f"{key.column} is not null and {key.column} not in (select id from {key.referred})"
            [(count,)] = dump.connection.execute(f"delete from {key.table} where {gone}").fetchall()
            removed = removed or count > 0


def _rows(dump: Dump, table: str, drawn: int, spool: Path) -> Iterator[bytes]:
    """Give the rows of a table, one draw after the other."""
    hung, beyond = hanging(dump.columns), dump.beyond_identifiers()
    times = drawn if table in hung else min(drawn, DRAWS_OF_OWNERS) if table in OWNERS else 1
    for draw in range(times):
        moves = dict.fromkeys(hung, draw * beyond) | dict.fromkeys(OWNERS, draw % DRAWS_OF_OWNERS * beyond)
        columns = ", ".join(_column(table, column, moves, draw, drawn) for column in dump.columns[table])
        dump.connection.execute(
            f"copy (select {columns} from {table} order by rowid) to {literal(str(spool))} "
            "(format csv, header false, delim '\t', quote '', escape '', nullstr '\\N')"
        )
        with spool.open("rb") as file:
            yield from iter(lambda: file.read(CHUNK), b"")
    spool.unlink()


def _column(table: str, column: str, moves: Mapping[str, int], draw: int, drawn: int) -> str:
    written = quote(column)
    referred = table if column == "id" else next((key.referred for key in REFERENCES if key[:2] == (table, column)), "")
    if moved := moves.get(referred):
        return f"({written}::bigint + {moved})::varchar as {written}"
    if column in NUMBERS and drawn > 1:
        return f"{written} || '{draw:0{DIGITS}}' as {written}"
    if table == "bailleur" and column in {"codesiren", "codesiret"} and draw > 0:
        return f"if({written} is null, null, {column[4:]}_fabrique(rowid * {DRAWS_OF_OWNERS} + {draw})) as {written}"
    return written


def main() -> None:
    """Make the delivery asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("agreements", type=int)
    parser.add_argument("delivery", type=Path)
    parser.add_argument("--dump", type=Path, help="the dump to draw from, instead of a demo")
    arguments = parser.parse_args()
    make(arguments.agreements, arguments.delivery, arguments.dump)


if __name__ == "__main__":
    main()
