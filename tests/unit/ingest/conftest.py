"""Made contracts and made deliveries, small enough to be read in the test that uses them."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import pytest
import yaml

from data_contracts.delivery import quarantine_path, table_path
from data_contracts.layout import Home
from data_contracts.loader import SOURCES
from ingest.importer import ImportReport, import_delivery
from ingest.siap.token import CLEARANCE_VARIABLE, KEY_VARIABLE, USER_VARIABLE
from tests.support import made_siap

NOW = datetime(2026, 11, 1, 8, 30, tzinfo=UTC)
Rows = Iterable[Sequence[str | None]]


@pytest.fixture
def contracts(tmp_path: Path) -> Callable[..., Path]:
    """Write contracts, each given as table name → columns (name → type, or name → whole entry), with keys of the table beside."""

    def write(**tables: Mapping[str, Any]) -> Path:
        folder = tmp_path / f"contrats-{len(list(tmp_path.glob('contrats-*')))}"
        (folder / "ecoloweb").mkdir(parents=True)
        (folder / "ecoloweb.yml").write_text((SOURCES / "ecoloweb.yml").read_text(encoding="utf-8"), encoding="utf-8")
        for name, table in tables.items():
            entries = table["colonnes"]
            columns = [
                {"nom": column, "description": "made", **(entry if isinstance(entry, dict) else {"type": entry})}
                for column, entry in entries.items()
            ]
            content = {"source": "ecoloweb", "table": name, "titre": name, "description": "made", "cle_primaire": ["id"]}
            document = yaml.safe_dump({**content, **table, "colonnes": columns}, allow_unicode=True, sort_keys=False)
            (folder / "ecoloweb" / f"{name}.yml").write_text(document, encoding="utf-8")
        return folder

    return write


@pytest.fixture
def csv_folder(tmp_path: Path) -> Callable[..., Path]:
    """Write a folder of CSV as PostgreSQL would: None is an empty field, '' a quoted one. The first row is the header."""

    def write(name: str = "livraison", **tables: Rows) -> Path:
        folder = tmp_path / name
        folder.mkdir(exist_ok=True)
        for table, rows in tables.items():
            text = io.StringIO()
            writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\n")
            for row in rows:
                writer.writerow(["\0" if value is None else value for value in row])
            (folder / f"{table}.csv").write_text(text.getvalue().replace('"\0"', ""), encoding="utf-8")
        return folder

    return write


@pytest.fixture
def deliver(home: Home) -> Callable[..., ImportReport]:
    """Import a made delivery."""

    def run(origin: str | Path, contracts: Path, **options: Any) -> ImportReport:  # noqa: ANN401 (any option of the import)
        return import_delivery(home, "ecoloweb", origin, contracts=contracts, **{"now": NOW, **options})

    return run


@pytest.fixture
def landed(home: Home) -> Callable[[ImportReport, str], list[dict[str, Any]]]:
    """Read the rows of a landed table, in the order of the file."""

    def read(report: ImportReport, table: str) -> list[dict[str, Any]]:
        return rows_of(table_path(home, report.delivery, table))

    return read


@pytest.fixture
def refused(home: Home) -> Callable[[ImportReport, str], list[dict[str, Any]]]:
    """Read the rows of a table's quarantine, none when there is no file."""

    def read(report: ImportReport, table: str) -> list[dict[str, Any]]:
        path = quarantine_path(home, report.delivery, table)
        return rows_of(path) if path.exists() else []

    return read


@pytest.fixture
def caller(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Put in the environment who asks SIAP; the arguments replace its variables."""

    def put(**variables: str) -> None:
        usual = {KEY_VARIABLE: made_siap.KEY, USER_VARIABLE: made_siap.USER, CLEARANCE_VARIABLE: str(made_siap.CLEARANCE)}
        for name, value in (usual | variables).items():
            monkeypatch.setenv(name, value)

    return put


@pytest.fixture
def fingerprints() -> Callable[[Path], dict[str, str]]:
    """Hash every file under a folder."""

    def hashed(folder: Path) -> dict[str, str]:
        files = (path for path in folder.rglob("*") if path.is_file())
        return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}

    return hashed


def rows_of(path: Path) -> list[dict[str, Any]]:
    """Read a Parquet file."""
    with duckdb.connect() as connection:
        cursor = connection.execute("from read_parquet($1)", [str(path)])
        names = [name for name, *_ in cursor.description or []]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
