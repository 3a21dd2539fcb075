"""What a delivery is, told from what it holds; what is not a delivery is refused in one sentence that names it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from data_contracts.errors import BadInputError
from ingest.formats import Format, detect, identity

SQL = b"--\n-- PostgreSQL database dump\n--\n"


@pytest.mark.parametrize(
    ("content", "expected"),
    [(b"PGDMP\x01\x0e\x00rest", Format.DUMP_CUSTOM), (SQL, Format.DUMP_SQL), (b"\n" + SQL, Format.DUMP_SQL)],
)
def test_a_dump_is_known_by_its_first_bytes_whatever_its_name(content: bytes, expected: Format, tmp_path: Path) -> None:
    path = tmp_path / "livraison.txt"
    path.write_bytes(content)

    assert (detect(path).format, detect(str(path)).name) == (expected, "livraison.txt")


@pytest.mark.parametrize(
    ("file", "expected"), [("ecolo_region.csv", Format.DOSSIER_CSV), ("ecolo_region.PARQUET", Format.DOSSIER_PARQUET)]
)
def test_a_folder_is_known_by_its_files(file: str, expected: Format, tmp_path: Path) -> None:
    (tmp_path / file).write_bytes(b"x")
    (tmp_path / "LISEZ-MOI.txt").write_bytes(b"x")

    assert detect(tmp_path).format is expected


@pytest.mark.parametrize("scheme", ["postgresql", "postgres"])
def test_a_server_is_named_without_its_user_nor_its_password(scheme: str) -> None:
    origin = detect(f"{scheme}://lecteur:s3cret@serveur:5433/ecoloweb?password=autre")

    assert (origin.format, origin.name) == (Format.POSTGRESQL, "postgresql://serveur:5433/ecoloweb")


def test_an_address_that_is_not_readable_is_refused_without_its_password() -> None:
    with pytest.raises(BadInputError) as refusal:
        detect("postgresql://lecteur:s3cret@serveur:port/base?inconnu=1")

    assert "s3cret" not in str(refusal.value)


def _text(path: Path) -> Path:
    path.write_text("Bonjour, voici la livraison.")
    return path


def _empty(path: Path) -> Path:
    path.write_bytes(b"")
    return path


def _missing(path: Path) -> Path:
    return path


def _empty_folder(path: Path) -> Path:
    path.mkdir()
    return path


def _folder_of_text(path: Path) -> Path:
    path.mkdir()
    (path / "notes.txt").write_text("x")
    return path


def _mixed_folder(path: Path) -> Path:
    path.mkdir()
    (path / "a.csv").write_text("x")
    (path / "b.parquet").write_text("x")
    return path


def _directory_dump(path: Path) -> Path:
    path.mkdir()
    (path / "toc.dat").write_bytes(b"PGDMP")
    return path


def _utf16(path: Path) -> Path:
    path.write_bytes(b"\xff\xfe" + SQL.decode().encode("utf-16-le"))
    return path


def _windows(path: Path) -> Path:
    path.write_bytes(SQL.replace(b"\n", b"\r\n"))
    return path


@pytest.mark.parametrize(
    ("make", "cause"),
    [
        (_text, "ni un dump"),
        (_empty, "est vide"),
        (_missing, "n'existe pas"),
        (_empty_folder, "aucun fichier CSV ni Parquet"),
        (_folder_of_text, "aucun fichier CSV ni Parquet"),
        (_mixed_folder, "mêle des fichiers CSV et Parquet"),
        (_directory_dump, "format répertoire"),
        (_utf16, "Windows"),
        (_windows, "Windows"),
    ],
)
def test_anything_else_is_refused_by_name(make: Callable[[Path], Path], cause: str, tmp_path: Path) -> None:
    path = make(tmp_path / "reçu")

    with pytest.raises(BadInputError, match=f"reçu.*{cause}"):
        detect(path)


def test_a_folder_is_the_same_whatever_the_order_its_files_were_written_in(tmp_path: Path) -> None:
    for folder, names in (("un", "ab"), ("deux", "ba")):
        (tmp_path / folder).mkdir()
        for name in names:
            (tmp_path / folder / f"{name}.csv").write_text(name)

    assert identity(detect(tmp_path / "un")) == identity(detect(tmp_path / "deux"))


def test_a_folder_whose_files_swap_their_contents_is_another(tmp_path: Path) -> None:
    for folder, contents in (("un", "ab"), ("deux", "ba")):
        (tmp_path / folder).mkdir()
        for name, content in zip("ab", contents, strict=True):
            (tmp_path / folder / f"{name}.csv").write_text(content)

    assert identity(detect(tmp_path / "un")) != identity(detect(tmp_path / "deux"))
