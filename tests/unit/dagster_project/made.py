"""Made deliveries and made built databases: the smallest that the steps of a run accept."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import duckdb

from dagster_project import publication
from dagster_project.checks.control import Control, Family
from dagster_project.checks.worker import CheckWorker
from dagster_project.preparation import landed_columns
from dagster_project.project import Project
from dagster_project.session import Session, new_run_id
from data_contracts.clauses import quote
from data_contracts.delivery import DELIVERY_FILE, Delivery, LandedTable, table_path
from data_contracts.layout import Home
from data_contracts.loader import products, source_tables
from data_contracts.publication import PublishedRun
from data_contracts.source_contract import Severity

Row = Mapping[str, Any]
TODAY = date(2026, 11, 1)
RECEIVED = datetime(2026, 11, 1, 8, tzinfo=UTC)
DEMANDED = {"BOOLEAN": False, "INTEGER": 0, "BIGINT": 0, "VARCHAR": "", "VARCHAR[]": [], "JSON": "{}", "DATE": TODAY}


class NoWorker(CheckWorker):
    """Stands where nothing is measured: no process is started."""

    def __init__(self) -> None:
        self._writing = set()


def land(home: Home, tables: Mapping[str, Sequence[Row]], **changes: object) -> Delivery:
    """Land a delivery of Ecoloweb tables, the way the importer leaves one."""
    contracts = source_tables("ecoloweb")
    delivery = Delivery(
        **{
            "livraison_id": "a1b2c3d4e5f60718",
            "source": "ecoloweb",
            "format": "dump_sql",
            "origine": "essai.sql",
            "sha256": "a1" * 32,
            "taille_octets": 1,
            "recue_le": RECEIVED,
            "contrat_sha256": "c0" * 32,
            "tables": (),
            **changes,
        }
    )
    landed = []
    folder = home.delivery(delivery.source, delivery.livraison_id)
    folder.mkdir(parents=True)
    with duckdb.connect() as connection:
        for table, rows in tables.items():
            connection.execute(f"create table {table} ({landed_columns(contracts[table])})")
            for line, row in enumerate(rows, 1):
                insert(connection, table, {**row, "_ligne": line})
            path = table_path(home, delivery, table)
            connection.execute(f"copy {table} to '{path}' (format parquet)")
            digest = hashlib.sha256(path.read_bytes()).hexdigest()
            landed.append(LandedTable(table=table, sha256=digest, nb_recus=len(rows), nb_poses=len(rows), nb_quarantaine=0))
    whole = delivery.model_copy(update={"tables": tuple(landed)})
    (folder / DELIVERY_FILE).write_text(whole.model_dump_json(), encoding="utf-8")
    return whole


def insert(connection: duckdb.DuckDBPyConnection, table: str, row: Row) -> None:
    """Insert a row, naming its columns."""
    columns, marks = ", ".join(map(quote, row)), ", ".join("?" for _ in row)
    connection.execute(f"insert into {table} ({columns}) values ({marks})", list(row.values()))


def build(database: Path, rows: Mapping[str, Sequence[Row]]) -> None:
    """Write a built database: every mart of the contracts, with the given rows; what a contract demands is filled."""
    database.parent.mkdir(parents=True, exist_ok=True)
    with duckdb.connect(str(database)) as connection:
        connection.begin()
        fill(connection, rows)
        connection.commit()


def fill(connection: duckdb.DuckDBPyConnection, rows: Mapping[str, Sequence[Row]]) -> None:
    """Make the marts of `build` in a database."""
    connection.execute("create schema marts")
    for name, product in products().items():
        columns = ", ".join(f"{quote(column.nom)} {column.type}" for column in product.colonnes)
        connection.execute(f"create table marts.{name} ({columns})")
        demanded = {c.nom: DEMANDED[c.type] for c in product.colonnes if c.obligatoire and c.type in DEMANDED}
        for row in rows.get(name, ()):
            insert(connection, f"marts.{name}", {**demanded, **row})


def _model(mart: str) -> dict[str, Any]:
    return {
        "unique_id": f"model.parc.{mart}",
        "name": mart,
        "resource_type": "model",
        "schema": "marts",
        "config": {"materialized": "table"},
        "columns": {},
    }


MODELS: Mapping[str, Any] = {
    "metadata": {"project_name": "parc", "generated_at": "2026-11-01T09:12:00Z"},
    "nodes": {f"model.parc.{mart}": _model(mart) for mart in products()},
    "sources": {},
    "macros": {},
    "parent_map": {f"model.parc.{mart}": [] for mart in products()},
    "child_map": {},
}
"""What dbt says of a project whose marts read nothing."""


def control(
    nom: str = "obligatoire_id", *, succes: bool = True, gravite: Severity = Severity.BLOQUANTE, **changes: object
) -> Control:
    """Make a control."""
    return Control(
        **{
            "famille": Family.CONTRAT_SOURCE,
            "objet": "ecoloweb.ecolo_avenant",
            "nom": nom,
            "gravite": gravite,
            "succes": succes,
            "observe": 0 if succes else 2,
            "attendu": 0,
            "cles": () if succes else ("12", "34"),
            "message": "" if succes else "numéro absent",
            **changes,
        }
    )


def session(home: Home, rows: Mapping[str, Sequence[Row]], *, run_id: str = "", deliveries: Sequence[Delivery] = ()) -> Session:
    """Return the session of a run that has built its marts and passed its checks."""
    made = Session(
        home=home,
        project=Project(),
        run_id=run_id or new_run_id(home, datetime.now(UTC)),
        date_reference=TODAY,
        deliveries=tuple(deliveries),
        worker=NoWorker(),
    )
    build(made.database, rows)
    made.record([control()])
    return made


def published(
    home: Home, rows: Mapping[str, Sequence[Row]], *, run_id: str = "", deliveries: Sequence[Delivery] = ()
) -> PublishedRun:
    """Publish made marts, the project's own way."""
    return publication.publish(session(home, rows, run_id=run_id, deliveries=deliveries), MODELS, threads=1, elapsed=dict)
