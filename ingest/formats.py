"""Tells what a delivery is from what it holds, whatever its name, and what makes it the same as another."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from data_contracts.disk import sha256
from data_contracts.errors import BadInputError
from data_contracts.plain_text import is_text
from ingest.apilos.export import looks_like_export
from ingest.readers.folder import data_files
from ingest.readers.postgresql import address
from ingest.readers.reception import Identity

URL = re.compile(r"postgres(ql)?://")
CUSTOM_MAGIC = b"PGDMP"
ZIP_MAGIC = b"PK\x03\x04"
"""What an XLSX workbook begins with."""
SQL_MARK = b"-- PostgreSQL database dump"
SQL_HEAD = 4096
"""Bytes in which a plain dump says what it is."""
UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")


class Format(StrEnum):
    """The physical formats, as `delivery.json` names them."""

    DUMP_CUSTOM = "dump_custom"
    DUMP_SQL = "dump_sql"
    POSTGRESQL = "postgresql"
    DOSSIER_CSV = "dossier_csv"
    DOSSIER_PARQUET = "dossier_parquet"
    RAPPORT_CSV = "rapport_csv"
    RAPPORT_XLSX = "rapport_xlsx"
    DOSSIER_JSON = "dossier_json"
    API_SIAP = "api_siap"
    EXPORT_APILOS = "export_apilos"
    EXPORT_JDMA = "export_jdma"
    DOSSIER_ENQUETES = "dossier_enquetes"
    FICHIER_ZONAGE = "fichier_zonage"
    DOSSIER_ZONAGES = "dossier_zonages"
    FICHIER_RPLS = "fichier_rpls"


EXTENSIONS = {
    Format.DOSSIER_CSV: (".csv",),
    Format.DOSSIER_PARQUET: (".parquet",),
    Format.DOSSIER_JSON: (".json",),
    Format.DOSSIER_ENQUETES: (".csv", ".yml"),
    Format.DOSSIER_ZONAGES: (".csv", ".yml"),
}
"""What the names of a folder's files end with."""


@dataclass(frozen=True)
class Origin:
    """Where a delivery comes from."""

    format: Format
    address: str
    """URL or path."""
    name: str
    """What `delivery.json` keeps: file or folder name, or URL without user nor password."""

    @property
    def path(self) -> Path:
        """The file or the folder."""
        return Path(self.address)

    @property
    def files(self) -> list[Path]:
        """The files that make the delivery; none for a server."""
        match self.format:
            case Format.POSTGRESQL | Format.API_SIAP:
                return []
            case form if form in EXTENSIONS:
                return [file for extension in EXTENSIONS[form] for file in data_files(self.path, extension)]
            case _:
                return [self.path]


def detect(origin: str | Path) -> Origin:
    """Return what the delivery of a database is. Raises BadInputError for anything that is not one of its formats."""
    if isinstance(origin, str) and URL.match(origin):
        return Origin(Format.POSTGRESQL, origin, f"postgresql://{address(origin)}")
    path = Path(origin)
    name = path.absolute().name
    with _allowed(name):
        if path.is_dir():
            return Origin(_folder_format(path, name), str(path), name)
        if not path.is_file():
            raise BadInputError(f"« {origin} » n'existe pas : vérifier le chemin, ou donner une adresse postgresql://…")
        return Origin(_file_format(path, name), str(path), name)


def detect_apilos(origin: str | Path) -> Origin:
    """Return what a delivery of APiLos is: its database in any format, or the export of its agreements."""
    path = Path(origin)
    name = path.absolute().name
    with _allowed(name):
        if path.is_file():
            with path.open("rb") as file:
                head = file.read(SQL_HEAD)
            if looks_like_export(head):
                return Origin(Format.EXPORT_APILOS, str(path), name)
    return detect(origin)


def detect_report(origin: str | Path) -> Origin:
    """Return what an exported report is. Raises BadInputError for anything but one file of CSV or XLSX."""
    path = Path(origin)
    name = path.absolute().name
    with _allowed(name):
        if not path.is_file():
            reason = "est un dossier" if path.is_dir() else "n'existe pas"
            raise BadInputError(f"« {origin} » {reason} : donner le fichier CSV ou XLSX de l'export.")
        with path.open("rb") as file:
            head = file.read(len(ZIP_MAGIC))
    if not head:
        raise BadInputError(f"Le fichier « {name} » est vide : le transférer de nouveau.")
    return Origin(Format.RAPPORT_XLSX if head == ZIP_MAGIC else Format.RAPPORT_CSV, str(path), name)


def detect_surveys(origin: str | Path) -> Origin:
    """Return what a delivery of surveys is. Raises BadInputError for anything but one CSV file or a folder of them."""
    path = Path(origin)
    name = path.absolute().name
    with _allowed(name):
        if path.is_dir():
            if not data_files(path, ".csv"):
                raise BadInputError(f"Le dossier « {name} » ne contient aucun fichier CSV : y mettre les réponses de l'enquête.")
            return Origin(Format.DOSSIER_ENQUETES, str(path), name)
        if not path.is_file():
            raise BadInputError(
                f"« {origin} » n'existe pas : donner le CSV de Je donne mon avis, ou un dossier de CSV avec leur description."
            )
        with path.open("rb") as file:
            head = file.read(len(ZIP_MAGIC))
    if head == ZIP_MAGIC:
        raise BadInputError(f"« {name} » est une archive ou un classeur : en extraire le CSV, ou refaire l'export en CSV.")
    return Origin(Format.EXPORT_JDMA, str(path), name)


def detect_zonings(origin: str | Path) -> Origin:
    """Return what a delivery of zonings is. Raises BadInputError for anything but one CSV file or a folder of them."""
    path = Path(origin)
    name = path.absolute().name
    with _allowed(name):
        if path.is_dir():
            if not data_files(path, ".csv"):
                raise BadInputError(f"Le dossier « {name} » ne contient aucun fichier CSV : y mettre les zonages.")
            return Origin(Format.DOSSIER_ZONAGES, str(path), name)
        return Origin(Format.FICHIER_ZONAGE, str(_csv_file(path, origin, "le CSV d'un zonage, ou un dossier de zonages")), name)


def detect_rpls(origin: str | Path) -> Origin:
    """Return what a delivery of RPLS is. Raises BadInputError for anything but one CSV file."""
    path = Path(origin)
    name = path.absolute().name
    with _allowed(name):
        if path.is_dir():
            raise BadInputError(f"« {origin} » est un dossier : donner le fichier CSV détaillé du RPLS.")
        return Origin(Format.FICHIER_RPLS, str(_csv_file(path, origin, "le fichier CSV détaillé du RPLS")), name)


def _csv_file(path: Path, origin: str | Path, wanted: str) -> Path:
    """Return the path of a file that may be a CSV. Raises BadInputError for one that is absent, empty or compressed."""
    if not path.is_file():
        raise BadInputError(f"« {origin} » n'existe pas : donner {wanted}.")
    with path.open("rb") as file:
        head = file.read(len(ZIP_MAGIC))
    if not head:
        raise BadInputError(f"Le fichier « {path.name} » est vide : le transférer de nouveau.")
    if head == ZIP_MAGIC:
        raise BadInputError(f"« {path.name} » est une archive ou un classeur : en extraire le CSV, ou refaire l'export en CSV.")
    return path


def check_names(origin: Origin) -> None:
    """Raise BadInputError for a file whose path is in no encoding: neither SQL nor the record of the delivery could name it."""
    for path in origin.files:
        if not is_text(str(path)):
            raise BadInputError(
                f"« {path} » a un nom qui n'est pas en UTF-8 : le renommer, lui et les dossiers qui le contiennent, sans accent."
            )


def identity(origin: Origin) -> Identity | None:
    """Return the identity of a delivery made of files; None for a server, known only once it is read."""
    with _allowed(origin.name):
        match origin.format:
            case Format.POSTGRESQL | Format.API_SIAP:
                return None
            case form if form in EXTENSIONS:
                return identity_of(origin.files)
            case _:
                return Identity(sha256(origin.path), origin.path.stat().st_size)


def identity_of(files: Iterable[Path]) -> Identity:
    """Return the identity of a delivery made of several files: their names and contents, in their order."""
    content, size = hashlib.sha256(), 0
    for path in files:
        content.update(f"{path.name}\0{sha256(path)}\n".encode())
        size += path.stat().st_size
    return Identity(content.hexdigest(), size)


def signature(origin: Origin) -> list[tuple[str, int, int]]:
    """Return name, size and date of every file: two that differ mean that the delivery was written to in between."""
    with _allowed(origin.name):
        return [(path.name, path.stat().st_size, path.stat().st_mtime_ns) for path in origin.files]


@contextmanager
def _allowed(name: str) -> Iterator[None]:
    try:
        yield
    except PermissionError as error:
        raise BadInputError(f"« {name} » ne peut pas être ouvert : demander le droit de le lire.") from error


def _folder_format(path: Path, name: str) -> Format:
    has_csv, has_parquet = bool(data_files(path, ".csv")), bool(data_files(path, ".parquet"))
    if has_csv and has_parquet:
        raise BadInputError(
            f"Le dossier « {name} » mêle des fichiers CSV et Parquet : ne garder qu'un format, un fichier par table."
        )
    if has_csv or has_parquet:
        return Format.DOSSIER_CSV if has_csv else Format.DOSSIER_PARQUET
    if (path / "toc.dat").is_file():
        raise BadInputError(
            f"« {name} » est un dump PostgreSQL au format répertoire : le refaire avec « pg_dump --format=custom »."
        )
    raise BadInputError(f"Le dossier « {name} » ne contient aucun fichier CSV ni Parquet : y mettre un fichier par table.")


def _file_format(path: Path, name: str) -> Format:
    with path.open("rb") as file:
        head = file.read(SQL_HEAD)
    if not head:
        raise BadInputError(f"Le fichier « {name} » est vide : le transférer de nouveau.")
    if head.startswith(CUSTOM_MAGIC):
        return Format.DUMP_CUSTOM
    mark = head.find(SQL_MARK)
    if head.startswith(UTF16_MARKS) or (mark >= 0 and b"\r\n" in head):
        raise BadInputError(
            f"Le dump « {name} » a été réécrit par une redirection de Windows : le refaire avec « pg_dump --file=… »."
        )
    if mark >= 0:
        return Format.DUMP_SQL
    raise BadInputError(
        f"« {name} » n'est ni un dump de pg_dump (custom ou SQL) ni un dossier de CSV ou de Parquet : vérifier le fichier donné."
    )
