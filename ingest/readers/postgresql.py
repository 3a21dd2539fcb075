"""Reads a live PostgreSQL: the same text as pg_dump's, from one read-only snapshot."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from data_contracts.errors import BadInputError, TransientError
from ingest.readers.copy_text import Block
from ingest.readers.reception import Identity, Reception, Request
from ingest.readers.spool import CHUNK, SpooledTable, open_table

CONNECT_TIMEOUT = 15
"""Seconds before an address that does not answer is given up, unless the URL says otherwise."""
SETTINGS = {
    "client_encoding": "UTF8",
    "datestyle": "ISO, YMD",
    "intervalstyle": "postgres",
    "extra_float_digits": "3",
    "synchronize_seqscans": "off",
    "timezone": "UTC",
    "statement_timeout": "0",
}
"""The settings pg_dump reads with: rows come in the same order and their text is the dump's."""
TABLES = """
    select n.nspname, c.relname,
        array(select a.attname::text from pg_catalog.pg_attribute as a
              where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped order by a.attnum)
    from pg_catalog.pg_class as c
    join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p') and not c.relispartition
        and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
    order by n.nspname, c.relname
"""


def address(url: str) -> str:
    """Return what a message may say of a server: host:port/database, never the user nor the password.

    Raises BadInputError when the URL is not one that PostgreSQL understands.
    """
    try:
        parts = conninfo_to_dict(url)
    except psycopg.ProgrammingError:
        raise BadInputError(
            "L'adresse PostgreSQL donnée n'est pas lisible : l'écrire postgresql://utilisateur:mot-de-passe@serveur:5432/base."
        ) from None
    return f"{parts.get('host') or 'localhost'}:{parts.get('port') or 5432}/{parts.get('dbname') or parts.get('user') or ''}"


def receive_server(url: str, request: Request) -> Reception:
    """Copy the wanted tables of a server in one REPEATABLE READ, READ ONLY transaction.

    The identity is the hash of what was read. Raises BadInputError when the server can't be reached or fails on the way,
    TransientError when the connection is cut.
    """
    place = address(url)
    try:
        connection = psycopg.connect(_with_timeout(url))
    except psycopg.Error as error:
        raise BadInputError(
            f"Le serveur PostgreSQL {place} ne répond pas ou refuse la connexion : "
            "vérifier l'adresse, la base, l'utilisateur et le mot de passe."
        ) from error
    try:
        with connection:
            connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
            connection.read_only = True
            return _receive(connection, place, request)
    except psycopg.Error as error:
        if connection.broken:
            raise TransientError(
                f"La connexion au serveur PostgreSQL {place} a été coupée pendant la lecture : relancer l'import."
            ) from error
        raise BadInputError(
            f"La lecture du serveur PostgreSQL {place} a échoué : vérifier que l'utilisateur peut lire les tables."
        ) from error


def _receive(connection: psycopg.Connection, place: str, request: Request) -> Reception:
    for name, value in SETTINGS.items():
        connection.execute(sql.SQL("select set_config({}, {}, false)").format(name, value))
    wanted, unknown = _sorted_out(connection.execute(TABLES), request)
    received, content, size = {}, [], 0
    for block in wanted:
        digest = hashlib.sha256()
        table = open_table(block, request.folder)
        with table.file:
            size += _copy(connection, table, digest.update)
        received[block.table] = table.received(f"« {place} », table {block.table}", 1)
        content.append((block.table, block.columns, digest.hexdigest()))
    identity = Identity(hashlib.sha256(json.dumps(content).encode()).hexdigest(), size)
    return Reception(received, tuple(unknown), identity)


def _sorted_out(rows: Iterable[tuple[str, str, list[str]]], request: Request) -> tuple[list[Block], list[str]]:
    """Return the tables to read, sorted by name, and the names of the others."""
    wanted: dict[str, Block] = {}
    unknown = set()
    for schema, name, columns in rows:
        if name not in request.contract:
            unknown.add(name)
        elif name in wanted and not request.ranks_before(schema, wanted[name].schema):
            unknown.add(f"{schema}.{name}")
        else:
            if name in wanted:
                unknown.add(f"{wanted[name].schema}.{name}")
            wanted[name] = Block(schema, name, tuple(columns), 1)
    return sorted(wanted.values(), key=lambda block: block.table), sorted(unknown)


def _copy(connection: psycopg.Connection, table: SpooledTable, hashed: Callable[[bytes], object]) -> int:
    """Copy one table to its file; return its size in bytes."""
    columns = sql.SQL(", ").join(map(sql.Identifier, table.block.columns))
    source = sql.Identifier(table.block.schema, table.block.table)
    size = 0
    with connection.cursor().copy(sql.SQL("copy (select {} from {}) to stdout").format(columns, source)) as rows:
        for text, count in _gathered(rows):
            table.add(text, count)
            hashed(text)
            size += len(text)
    return size


def _gathered(rows: Iterable[bytes | bytearray | memoryview]) -> Iterator[tuple[bytes, int]]:
    """Join the rows, which the server sends one by one, into large chunks."""
    batch: list[bytes | bytearray | memoryview] = []
    size = 0
    for row in rows:
        batch.append(row)
        size += len(row)
        if size >= CHUNK:
            yield b"".join(batch), len(batch)
            batch, size = [], 0
    if batch:
        yield b"".join(batch), len(batch)


def _with_timeout(url: str) -> str:
    return url if "connect_timeout" in conninfo_to_dict(url) else make_conninfo(url, connect_timeout=CONNECT_TIMEOUT)
