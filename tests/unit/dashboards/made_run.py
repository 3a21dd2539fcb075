"""A made published run: marts built straight from the product contracts, and the landing behind one of their agreements.

Every name is invented. Kept apart from conftest.py so that the browser tests read the same run.
"""

from __future__ import annotations

import json
from datetime import UTC, date, datetime

import duckdb

from data_contracts.clauses import quote
from data_contracts.delivery import LINE_COLUMN, UNREADABLE_COLUMN, Delivery, LandedTable, table_path
from data_contracts.layout import MANIFEST_FILE, Home
from data_contracts.loader import products, source_tables
from data_contracts.publication import PublishedRun
from data_contracts.source_contract import DUCKDB_TYPES
from tests.unit.dashboards.made_rows import MARTS, NUMERO, Row

REFERENCE = date(2026, 11, 1)
FIRST, SECOND = "20261101T091200Z-aaaaaa", "20261108T091200Z-bbbbbb"


def write_run(home: Home, run_id: str = FIRST, *, published: datetime = datetime(2026, 11, 1, 9, 12, tzinfo=UTC)) -> PublishedRun:
    """Publish the made run under `run_id` and make it current."""
    run = PublishedRun(home, home.published / run_id)
    run.path.mkdir(parents=True)
    delivery = _land(home)
    with duckdb.connect(str(run.database)) as connection:
        connection.execute("create schema marts; use marts")
        for mart, product in products().items():
            columns = ", ".join(f"{quote(column.nom)} {column.type}" for column in product.colonnes)
            connection.execute(f"create table {mart} ({columns})")
            for row in MARTS.get(mart, []):
                _insert(connection, mart, _complete(mart, row))
    run.path.joinpath(MANIFEST_FILE).write_text(json.dumps(_manifest(run_id, published, delivery)), encoding="utf-8")
    home.current.unlink(missing_ok=True)
    home.current.symlink_to(run_id)
    return run


def _insert(connection: duckdb.DuckDBPyConnection, table: str, row: Row) -> None:
    columns, marks = ", ".join(map(quote, row)), ", ".join("?" for _ in row)
    connection.execute(f"insert into {table} ({columns}) values ({marks})", list(row.values()))


def _complete(mart: str, row: Row) -> Row:
    """Fill what the contract demands and the row does not say."""
    empty = {"BOOLEAN": False, "INTEGER": 0, "BIGINT": 0, "VARCHAR": "", "VARCHAR[]": [], "JSON": "{}", "DATE": REFERENCE}
    demanded = {
        column.nom: empty[column.type] for column in products()[mart].colonnes if column.obligatoire and column.type in empty
    }
    return {**demanded, **row}


def _manifest(run_id: str, published: datetime, delivery: Delivery) -> Row:
    return {
        "run_id": run_id,
        "publie_le": published.isoformat(),
        "version_code": "0.1.0",
        "date_reference": REFERENCE.isoformat(),
        "livraisons": [delivery.model_dump(mode="json")],
        "marts": {},
        "controles": CHECKS,
        "durees_s": {"dbt": 3.2},
    }


def _land(home: Home) -> Delivery:
    """Land the made source rows once; a later run reads the same delivery."""
    tables = tuple(
        LandedTable(table=table, sha256="0" * 64, nb_recus=len(rows), nb_poses=len(rows), nb_quarantaine=0)
        for table, rows in LANDED.items()
    )
    refused = LandedTable(table="ecolo_conventiontype", sha256="0" * 64, nb_recus=12345, nb_poses=12343, nb_quarantaine=2)
    delivery = Delivery(
        livraison_id="a1b2c3d4e5f60718",
        source="ecoloweb",
        format="dump_custom",
        origine="ecoloweb_inventee.pgsql",
        sha256="a1b2c3d4e5f60718293a4b5c6d7e8f90" * 2,
        taille_octets=123_456,
        recue_le=datetime(2026, 10, 31, 17, 5, tzinfo=UTC),
        contrat_sha256="f" * 64,
        departements=("33", "29"),
        tables=(*tables, refused),
    )
    with duckdb.connect() as connection:
        for table, rows in LANDED.items():
            path = table_path(home, delivery, table)
            path.parent.mkdir(parents=True, exist_ok=True)
            columns = [
                f"{quote(column.nom)} {DUCKDB_TYPES[column.type]}" for column in source_tables("ecoloweb")[table].landed_columns
            ]
            connection.execute(
                f"create or replace table landed ({', '.join(columns)}, {LINE_COLUMN} bigint, {UNREADABLE_COLUMN} varchar)"
            )
            for line, row in enumerate(rows, start=1):
                _insert(connection, "landed", {**row, LINE_COLUMN: line})
            connection.execute(f"copy landed to '{path}' (format parquet)")
    return delivery


CHECKS: list[Row] = [
    {
        "famille": "dbt",
        "nom": "unique_fct_convention_convention_id",
        "objet": "fct_convention",
        "gravite": "bloquante",
        "succes": True,
        "observe": 0,
        "attendu": 0,
        "cles": [],
        "message": "",
    },
    {
        "famille": "Great Expectations",
        "nom": "reference_commune_id",
        "objet": "ecolo_programmelogement",
        "gravite": "alerte",
        "succes": False,
        "observe": 7,
        "attendu": 0,
        "cles": [f"{key}" for key in range(61, 68)],
        "message": "commune_id ne désigne aucune ligne de commune",
    },
]

LANDED: dict[str, list[Row]] = {
    "ecolo_conventionapl": [
        {"id": 423085, "noreglementaire": NUMERO, "noordre": "1333", "datedepot": date(1993, 6, 15), "entitecreatrice_id": 9},
        {"id": 456142, "noreglementaire": "29 3 08 2009 5600", "entitecreatrice_id": 9},
    ],
    "ecolo_conventiondonneesgenerales": [
        {"id": 1, "conventionapl_id": 423085, "datehistoriquedebut": date(1993, 6, 15)},
        {"id": 2, "conventionapl_id": 423085, "datehistoriquedebut": date(1993, 7, 1)},
        {"id": 3, "conventionapl_id": 423085, "datehistoriquedebut": date(2003, 5, 12)},
        {"id": 4, "conventionapl_id": 456142, "datehistoriquedebut": date(2009, 8, 26)},
    ],
    "ecolo_avenant": [{"id": 31, "numero": 1, "conventionapl_id": 423085}],
    "ecolo_programmelogement": [
        {
            "id": 60 + rank,
            "conventiondonneesgenerales_id": 1 + rank % 4,
            "bailleurproprietaire_id": 51,
            "commune_id": 7,
            "surfaceutile": 65.5,
        }
        for rank in range(8)
    ],
    "ecolo_logement": [
        {"id": 700 + rank, "programmelogement_id": 61, "surfacehabitable": 45.5, "etage": str(rank)} for rank in range(6)
    ],
    "ecolo_bailleur": [{"id": 51, "raisonsociale": "Habitat des Deux Rives"}, {"id": 52, "raisonsociale": "Logis de l'Armor"}],
}
"""Rows of the delivery, table by table. `ecolo_annexe` and others never came."""
