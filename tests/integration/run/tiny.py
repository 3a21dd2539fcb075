"""A warehouse of one source table and three marts: the smallest project that a run can build, check and publish."""

from __future__ import annotations

import hashlib
import textwrap
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import duckdb
import yaml

from dagster_project.preparation import landed_columns
from dagster_project.project import Project
from data_contracts.clauses import quote
from data_contracts.delivery import DELIVERY_FILE, Delivery, LandedTable, table_path
from data_contracts.indicator_loader import AXES_FILE, COMPLETENESS_FILE
from data_contracts.layout import Home
from data_contracts.loader import ROOT, SOURCES

TODAY = date(2026, 11, 1)
TABLE = "ecolo_conventionapl"
SOUND: Sequence[Mapping[str, Any]] = ({"id": 1, "code": "A"}, {"id": 2, "code": "B"})

SOURCE = {
    "source": "ecoloweb",
    "table": TABLE,
    "titre": "Conventions",
    "description": "Conventions.",
    "cle_primaire": ["id"],
    "colonnes": [
        {"nom": "id", "type": "entier", "description": "Clé.", "obligatoire": "bloquante"},
        {"nom": "code", "type": "texte", "description": "Code.", "valeurs": ["A", "B"]},
    ],
    "conditions": [{"nom": "positif", "condition": "id > 0", "message": "numéro négatif", "gravite": "bloquante"}],
}
MARTS: dict[str, dict[str, Any]] = {
    "fct_convention": {"convention_id": "VARCHAR", "code": "VARCHAR"},
    "rec_convention": {"source": "VARCHAR", "cle_source": "VARCHAR"},
    "rec_table": {"source": "VARCHAR", "table_source": "VARCHAR", "ecart": "BIGINT"},
}
KEYS = {"fct_convention": ["convention_id"], "rec_convention": ["source", "cle_source"], "rec_table": ["source", "table_source"]}
MODELS = {
    "staging/stg_convention.sql": "select * from {{ source('ecoloweb', 'ecolo_conventionapl') }}",
    "marts/fct_convention.sql": "select 'ecoloweb:' || id as convention_id, code from {{ ref('stg_convention') }}",
    "marts/rec_convention.sql": "select 'ecoloweb' as source, id::varchar as cle_source from {{ ref('stg_convention') }}",
    "marts/rec_table.sql": (
        "select source, table_source, nb_recus - nb_poses - nb_quarantaine as ecart from {{ source('meta', 'livraison_table') }}"
    ),
}
MODELS_YML = """
version: 2
sources:
  - {name: ecoloweb, schema: ecoloweb, tables: [{name: ecolo_conventionapl, description: Conventions reçues.}]}
  - {name: meta, schema: meta, tables: [{name: livraison_table, description: Comptes.}]}
models:
  - name: fct_convention
    description: Conventions.
    columns:
      - name: convention_id
        data_tests: [unique, not_null]
      - name: code
        data_tests:
          - accepted_values: {arguments: {values: [A]}, config: {severity: warn}}
"""
DBT_PROJECT = """
name: essai
version: "1.0"
profile: parc
model-paths: [models]
macro-paths: [macros]
flags: {send_anonymous_usage_stats: false}
models:
  essai:
    staging: {+schema: staging, +materialized: view}
    marts: {+schema: marts, +materialized: table}
"""
SCHEMA_MACRO = "{% macro generate_schema_name(custom_schema_name, node) %}{{ custom_schema_name }}{% endmacro %}"


def project(folder: Path, **models: str) -> Project:
    """Write the project in a folder; `models` replaces the SQL of models by name."""
    made = Project(
        folder / "dbt",
        folder / "sources",
        folder / "products",
        folder / "geographie",
        indicators=folder / "indicateurs",
        uses=folder / "usages.yml",
    )
    _write(made.uses, "[]\n")
    for file in (AXES_FILE, COMPLETENESS_FILE):
        _write(made.indicators / file, "[]\n")
    _write(made.sources / "ecoloweb.yml", (SOURCES / "ecoloweb.yml").read_text(encoding="utf-8"))
    _write(made.sources / "ecoloweb" / f"{TABLE}.yml", yaml.safe_dump(SOURCE, allow_unicode=True))
    for mart, columns in MARTS.items():
        product = {
            "mart": mart,
            "titre": mart,
            "grain": "une ligne",
            "description": "Essai.",
            "acces": ["commun"],
            "cle_primaire": KEYS[mart],
            "colonnes": [{"nom": name, "type": kind, "description": name} for name, kind in columns.items()],
        }
        _write(made.products / f"{mart}.yml", yaml.safe_dump(product, allow_unicode=True))
    for path, sql in MODELS.items():
        _write(made.dbt / "models" / path, models.get(Path(path).stem, sql))
    _write(made.dbt / "models" / "models.yml", MODELS_YML)
    _write(made.dbt / "dbt_project.yml", textwrap.dedent(DBT_PROJECT))
    _write(made.dbt / "macros" / "generate_schema_name.sql", SCHEMA_MACRO)
    _write(made.dbt / "profiles.yml", (ROOT.parent / "dbt" / "profiles.yml").read_text(encoding="utf-8"))
    for table in ("commune", "commune_ancienne", "departement", "region", "zonage", "zonage_123", "zonage_abc"):
        header = (ROOT / "geographie" / f"{table}.csv").read_text(encoding="utf-8").splitlines()[0]
        _write(made.geography / f"{table}.csv", header + "\n")
    return made


def land(home: Home, made: Project, rows: Sequence[Mapping[str, Any]] = SOUND, **counts: int) -> Delivery:
    """Land rows of the one table; `counts` replaces what the delivery says of it."""
    contract = made.source_tables("ecoloweb")[TABLE]
    delivery = Delivery(
        livraison_id="essai",
        source="ecoloweb",
        format="dump_sql",
        origine="essai.sql",
        sha256="e5" * 32,
        taille_octets=1,
        recue_le=datetime(2026, 11, 1, tzinfo=UTC),
        contrat_sha256="c0" * 32,
        tables=(),
    )
    path = table_path(home, delivery, TABLE)
    path.parent.mkdir(parents=True)
    with duckdb.connect() as connection:
        connection.execute(f"create table landed ({landed_columns(contract)})")
        for line, row in enumerate(rows, 1):
            full = {**row, "_ligne": line}
            names, marks = ", ".join(map(quote, full)), ", ".join("?" for _ in full)
            connection.execute(f"insert into landed ({names}) values ({marks})", list(full.values()))
        connection.execute(f"copy landed to '{path}' (format parquet)")
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    found = {"nb_recus": len(rows), "nb_poses": len(rows), "nb_quarantaine": 0, **counts}
    whole = delivery.model_copy(update={"tables": (LandedTable(table=TABLE, sha256=digest, **found),)})
    path.with_name(DELIVERY_FILE).write_text(whole.model_dump_json(), encoding="utf-8")
    return whole


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
