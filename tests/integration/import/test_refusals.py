"""Whatever can't be imported is refused in one French sentence that names it, and the home does not change by one byte."""

from __future__ import annotations

import hashlib
import os
import pwd
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg
import pytest

from data_contracts.errors import BadInputError
from data_contracts.layout import Home
from ingest.formats import detect
from ingest.importer import import_delivery
from ingest.readers.pg_dump import restorers

if TYPE_CHECKING:
    from tests.support.postgresql import Server

NOW = datetime(2026, 11, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def sample(shared_data: Path) -> Path:
    """The sample dump."""
    return shared_data / "ecoloweb_sample.pgsql"


@pytest.fixture(scope="module")
def database(postgres: Server, sample: Path) -> str:
    """The sample dump, restored."""
    return postgres.restored(sample)


@pytest.fixture(scope="module")
def used_home(tmp_path_factory: pytest.TempPathFactory, sample: Path) -> Home:
    """A home with one delivery in it."""
    home = Home(tmp_path_factory.mktemp("parc"))
    import_delivery(home, "ecoloweb", sample, now=NOW)
    return home


@pytest.fixture
def refused(used_home: Home) -> Callable[..., str]:
    """Import what must be refused; return the sentence, once sure that nothing changed."""

    def sentence(origin: str | Path, departements: tuple[str, ...] = ()) -> str:
        before = _hashes(used_home.root)
        with pytest.raises(BadInputError) as refusal:
            import_delivery(used_home, "ecoloweb", origin, now=NOW, departements=departements)
        assert _hashes(used_home.root) == before
        assert "\n" not in str(refusal.value)
        return str(refusal.value)

    return sentence


def _hashes(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else "folder"
        for path in folder.rglob("*")
    }


@pytest.mark.parametrize("kept", [6, 300, 20_000, 60_000, -200, -1])
def test_a_custom_dump_cut_anywhere(kept: int, sample: Path, tmp_path: Path, refused: Callable[..., str]) -> None:
    path = tmp_path / "tronqué.pgsql"
    path.write_bytes(sample.read_bytes()[:kept])

    assert refused(path).startswith("Le dump « tronqué.pgsql » est tronqué")


@pytest.mark.parametrize("share", [0.2, 0.5, 0.9])
def test_a_plain_dump_cut_anywhere(
    share: float, database: str, postgres: Server, tmp_path: Path, refused: Callable[..., str]
) -> None:
    path = postgres.dump(database, tmp_path / "tronqué.sql")
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * share)])

    assert refused(path).startswith("Le dump « tronqué.sql » est tronqué")


def test_an_archive_that_no_pg_restore_reads(sample: Path, tmp_path: Path, refused: Callable[..., str]) -> None:
    content = bytearray(sample.read_bytes())
    content[6] = 99
    path = tmp_path / "futur.pgsql"
    path.write_bytes(content)

    said = refused(path)

    assert "« futur.pgsql » est une archive PostgreSQL de version 1.99" in said
    assert restorers()[0].label in said


def test_an_archive_compressed_as_no_pg_restore_here_reads(
    sample: Path, tmp_path: Path, refused: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    old = tmp_path / "pg_restore"
    old.write_text(
        '#!/bin/sh\n[ "$1" = --version ] && echo "pg_restore (PostgreSQL) 16.1" && exit\n'
        'echo "pg_restore: warning: archive is compressed, but this installation does not support compression (lz4)" >&2\n'
    )
    old.chmod(0o755)
    monkeypatch.setattr("ingest.readers.pg_dump._candidates", lambda: [old])

    path = tmp_path / "reçu.pgsql"
    path.write_bytes(sample.read_bytes() + b"other content")

    assert "(essayés : 16.1)" in refused(path)


def test_the_next_pg_restore_is_tried_when_the_newest_refuses(
    sample: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    newest = tmp_path / "pg_restore"
    newest.write_text(
        '#!/bin/sh\n[ "$1" = --version ] && echo "pg_restore (PostgreSQL) 99.0" && exit\n'
        'echo "pg_restore: error: unsupported version (1.14) in file header" >&2; exit 1\n'
    )
    newest.chmod(0o755)
    real = restorers()[0].path
    monkeypatch.setattr("ingest.readers.pg_dump._candidates", lambda: [newest, real])

    assert not import_delivery(Home(tmp_path / "parc"), "ecoloweb", sample, now=NOW).deja_importee


def test_no_pg_restore_at_all(sample: Path, tmp_path: Path, refused: Callable[..., str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ingest.readers.pg_dump._candidates", list)

    path = tmp_path / "reçu.pgsql"
    path.write_bytes(sample.read_bytes() + b"other content")

    assert "Aucun pg_restore pour lire « reçu.pgsql »" in refused(path)


def test_a_dump_of_another_database(postgres: Server, tmp_path: Path, refused: Callable[..., str]) -> None:
    url = postgres.new_database()
    with psycopg.connect(url) as connection:
        connection.execute("create table clients (id int); create table factures (id int)")

    for origin in (
        postgres.dump(url, tmp_path / "autre.sql"),
        postgres.dump(url, tmp_path / "autre.pgsql", "--format=custom"),
        url,
    ):
        said = refused(origin)
        assert "n'est pas une livraison Ecoloweb" in said
        assert "clients, factures" in said


def test_a_dump_without_data(database: str, postgres: Server, tmp_path: Path, refused: Callable[..., str]) -> None:
    for options in (["--format=custom"], ["--format=plain"]):
        path = postgres.dump(database, tmp_path / "structure", "--schema-only", *options)
        assert "« structure » n'est pas une livraison Ecoloweb" in refused(path)


@pytest.mark.parametrize("option", ["--inserts", "--column-inserts"])
def test_a_dump_made_of_inserts(option: str, database: str, postgres: Server, tmp_path: Path, refused: Callable[..., str]) -> None:
    path = postgres.dump(database, tmp_path / "inserts.sql", option)

    said = refused(path)

    assert "« inserts.sql » remplit ecolo_" in said
    assert "--inserts" in said


def test_a_text_file_an_empty_file_an_empty_folder_and_no_file(tmp_path: Path, refused: Callable[..., str]) -> None:
    (tmp_path / "texte.pgsql").write_text("select 1;\n")
    (tmp_path / "vide.pgsql").touch()
    (tmp_path / "dossier").mkdir()

    assert "texte.pgsql" in refused(tmp_path / "texte.pgsql")
    assert "vide.pgsql" in refused(tmp_path / "vide.pgsql")
    assert "dossier" in refused(tmp_path / "dossier")
    assert "absent.pgsql" in refused(tmp_path / "absent.pgsql")


def test_a_missing_required_table(postgres: Server, sample: Path, tmp_path: Path, refused: Callable[..., str]) -> None:
    url = postgres.restored(sample)
    with psycopg.connect(url) as connection:
        connection.execute("drop table ecolo.ecolo_logement cascade")

    for origin in (postgres.dump(url, tmp_path / "sans.pgsql", "--format=custom"), url, postgres.csv(url, tmp_path / "csv")):
        assert "la table ecolo_logement" in refused(origin)


def test_a_missing_required_column(postgres: Server, sample: Path, tmp_path: Path, refused: Callable[..., str]) -> None:
    url = postgres.restored(sample)
    with psycopg.connect(url) as connection:
        connection.execute("alter table ecolo.ecolo_conventionapl drop column datedepot cascade")

    said = refused(postgres.dump(url, tmp_path / "sans.sql"))

    assert "« sans.sql », table ecolo_conventionapl : il manque la colonne datedepot" in said


def test_a_column_of_the_wrong_type(postgres: Server, sample: Path, tmp_path: Path, refused: Callable[..., str]) -> None:
    url = postgres.restored(sample)
    with psycopg.connect(url) as connection:
        connection.execute("alter table ecolo.ecolo_conventionapl alter datedepot type text using to_char(datedepot, 'DD/MM/YYYY')")
    path = postgres.dump(url, tmp_path / "dates.sql")

    said = refused(path)

    assert (
        "« dates.sql », table ecolo_conventionapl : la colonne datedepot n'est pas de type date (3 valeurs illisibles sur 3" in said
    )
    assert "/" not in said.partition("table")[2]  # where columns are shifted, a value may be somebody's name
    line = int(said.rpartition("ligne ")[2].partition(")")[0])
    assert "/" in path.read_text(encoding="utf-8").split("\n")[line - 1]


def test_a_row_of_a_plain_dump_that_lacks_a_field(
    database: str, postgres: Server, tmp_path: Path, refused: Callable[..., str]
) -> None:
    path = postgres.dump(database, tmp_path / "abîmé.sql")
    lines = path.read_text(encoding="utf-8").split("\n")
    header = next(rank for rank, line in enumerate(lines) if line.startswith("COPY ecolo.ecolo_conventionapl"))
    lines[header + 2] = "1\t2"
    path.write_text("\n".join(lines), encoding="utf-8")

    assert f"« abîmé.sql », table ecolo_conventionapl, ligne {header + 3} : les champs" in refused(path)


def test_an_unreachable_server(refused: Callable[..., str]) -> None:
    said = refused("postgresql://lecteur:s3cret@127.0.0.1:1/ecoloweb")

    assert "127.0.0.1:1/ecoloweb" in said
    assert "s3cret" not in said


def test_a_database_that_does_not_exist(postgres: Server, refused: Callable[..., str]) -> None:
    said = refused(postgres.url("absente"))

    assert f"127.0.0.1:{postgres.port}/absente" in said
    assert "secret" not in said


def test_a_server_whose_tables_may_not_be_read(postgres: Server, sample: Path, refused: Callable[..., str]) -> None:
    url = postgres.restored(sample)
    with psycopg.connect(url) as connection:
        connection.execute("create role curieux login")

    assert "a échoué" in refused(url.replace("postgres:mot-de-passe-secret@", "curieux@"))


def test_an_unknown_departement(sample: Path, refused: Callable[..., str]) -> None:
    assert "« 99 »" in refused(sample, departements=("33", "99"))


def test_a_delivery_that_may_not_be_read(sample: Path, tmp_path: Path) -> None:
    path = tmp_path / "fermé.pgsql"
    shutil.copy(sample, path)
    path.chmod(0o000)
    root = os.geteuid() == 0
    try:
        if root:
            os.seteuid(pwd.getpwnam("nobody").pw_uid)
        with pytest.raises(BadInputError, match=r"« fermé\.pgsql » ne peut pas être ouvert"):
            detect(path)
    finally:
        if root:
            os.seteuid(0)
