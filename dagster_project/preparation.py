"""Prepares the private database of a run: what was landed, as the dbt sources expect to find it.

Schemas: one a source (a view a contract table over its Parquet file, an empty table where the delivery lacks it), `meta` (what is
known of the deliveries, the reference date, the rules, the indicators, the uses, the findings already published, the decisions on
them), `referentiel` (the official geography) and `precedent` (the run that this one is compared with).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date
from pathlib import Path

import duckdb

from dagster_project import decisions, indicateurs, refusals, register, retention, rules
from dagster_project.changements import entrees, precedent
from dagster_project.project import Project
from data_contracts import score
from data_contracts.changements.reference import baseline
from data_contracts.clauses import literal, quote
from data_contracts.decision_register import Register
from data_contracts.delivery import LINE_COLUMN, UNREADABLE_COLUMN, Delivery, table_path
from data_contracts.layout import Home
from data_contracts.source_contract import DUCKDB_TYPES, SourceTable
from ingest import corrections

META = "meta"
REFERENCE = "referentiel"
META_TABLES = {
    "livraison": """livraison_id varchar, source varchar, format varchar, origine varchar, sha256 varchar, taille_octets bigint,
        recue_le timestamp, contrat_sha256 varchar, departements varchar[], habilitation varchar""",
    "livraison_table": """livraison_id varchar, source varchar, table_source varchar, nb_recus bigint, nb_poses bigint,
        nb_quarantaine bigint, nb_hors_perimetre bigint, nb_illisibles bigint""",
    refusals.QUARANTINE: refusals.QUARANTINE_COLUMNS,
    refusals.CORRECTION: refusals.CORRECTION_COLUMNS,
    "derive": """livraison_id varchar, source varchar, nature varchar, table_source varchar, colonne varchar, gravite varchar,
        observe varchar, attendu varchar, message varchar""",
    retention.TABLE: retention.COLUMNS,
    "parametre": "date_reference date, faux_positifs_max_pct integer",
    "regle": rules.CATALOGUE_COLUMNS,
    "regle_couverture": rules.COVERAGE_COLUMNS,
    "severite": rules.SEVERITY_COLUMNS,
    "indicateur": indicateurs.INDICATOR_COLUMNS,
    "completude": indicateurs.COMPLETENESS_COLUMNS,
    "exigence": indicateurs.DEMAND_COLUMNS,
    register.TABLE: register.columns(),
    decisions.TABLE: decisions.COLUMNS,
    **precedent.META_TABLES,
}
REFERENCE_TABLES = {
    "commune": """code_commune varchar, nom_commune varchar, type varchar, code_commune_parent varchar, code_departement varchar,
        code_region varchar, siren varchar, codes_postaux varchar, population bigint""",
    "commune_ancienne": "code_ancien varchar, code_commune varchar",
    "departement": "code_departement varchar, nom_departement varchar, code_region varchar, est_outre_mer varchar",
    "region": "code_region varchar, nom_region varchar",
    "zonage": "type_zonage varchar, date_debut date",
    "zonage_123": "code_commune varchar, zone varchar",
    "zonage_abc": "code_commune varchar, zone varchar",
}


def prepare(  # noqa: PLR0913 - everything that a run reads
    home: Home, project: Project, database: Path, date_reference: date, deliveries: Iterable[Delivery], *, decided: Register
) -> dict[tuple[str, str], int]:
    """Create the database of a run and return the rows of each of its tables, by (schema, table)."""
    database.parent.mkdir(parents=True, exist_ok=True)
    read = tuple(deliveries)
    by_source = {delivery.source: delivery for delivery in read}
    rows: dict[tuple[str, str], int] = {}
    with duckdb.connect(str(database)) as connection:
        connection.begin()
        for source in project.source_names():
            rows |= _source_schema(connection, home, project.source_tables(source), source, by_source.get(source))
        _tables(connection, META, META_TABLES)
        _fill_meta(connection, home, read)
        _fill_catalogues(connection, project, by_source, date_reference)
        register.load(connection, home, f"{META}.{register.TABLE}")
        decisions.load(connection, decided, f"{META}.{decisions.TABLE}")
        retention.load(connection, home, f"{META}.{retention.TABLE}")
        _tables(connection, REFERENCE, REFERENCE_TABLES)
        for table, columns in REFERENCE_TABLES.items():
            _load_reference(connection, project.geography / f"{table}.csv", table, columns)
        made_from = entrees.recorded(project, date_reference, read, decided)
        precedent.prepare(connection, baseline(home, made_from), made_from, META)
        for schema, tables in ((META, META_TABLES), (REFERENCE, REFERENCE_TABLES), (precedent.SCHEMA, precedent.MARTS)):
            for table in tables:
                rows[schema, table] = _scalar(connection, f"select count(*) from {schema}.{table}")
        connection.commit()
    return rows


def _source_schema(
    connection: duckdb.DuckDBPyConnection, home: Home, contracts: dict[str, SourceTable], source: str, delivery: Delivery | None
) -> dict[tuple[str, str], int]:
    connection.execute(f"create schema {quote(source)}")
    rows = {}
    for table, contract in contracts.items():
        landed = delivery.table(table) if delivery else None
        name = f"{quote(source)}.{quote(table)}"
        if delivery is None or landed is None:
            connection.execute(f"create table {name} ({landed_columns(contract)})")
        else:
            path = literal(str(table_path(home, delivery, table)))
            connection.execute(f"create view {name} as select * from read_parquet({path})")
        rows[source, table] = landed.nb_poses if landed else 0
    return rows


def landed_columns(contract: SourceTable) -> str:
    """Return the columns of a landed table as a DuckDB column list."""
    columns = [f"{quote(column.nom)} {DUCKDB_TYPES[column.type]}" for column in contract.landed_columns]
    return ", ".join([*columns, f"{LINE_COLUMN} bigint", f"{UNREADABLE_COLUMN} varchar"])


def _tables(connection: duckdb.DuckDBPyConnection, schema: str, tables: dict[str, str]) -> None:
    connection.execute(f"create schema {schema}")
    for table, columns in tables.items():
        connection.execute(f"create table {schema}.{table} ({columns})")


def _fill_meta(connection: duckdb.DuckDBPyConnection, home: Home, deliveries: Iterable[Delivery]) -> None:
    corrected = corrections.read(home)
    for delivery in deliveries:
        connection.execute(
            f"insert into {META}.livraison values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                delivery.livraison_id,
                delivery.source,
                delivery.format,
                delivery.origine,
                delivery.sha256,
                delivery.taille_octets,
                delivery.recue_le.astimezone(UTC).replace(tzinfo=None),
                delivery.contrat_sha256,
                list(delivery.departements),
                delivery.habilitation,
            ],
        )
        for found in delivery.derives:
            measures = [None if value is None else str(value) for value in (found.observe, found.attendu)]
            connection.execute(
                f"insert into {META}.derive values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                [
                    delivery.livraison_id,
                    delivery.source,
                    found.nature,
                    found.table,
                    found.colonne,
                    found.gravite,
                    *measures,
                    found.message,
                ],
            )
        for table in delivery.tables:
            counts = (table.nb_recus, table.nb_poses, table.nb_quarantaine, table.nb_hors_perimetre, table.nb_illisibles)
            connection.execute(
                f"insert into {META}.livraison_table values (?, ?, ?, ?, ?, ?, ?, ?)",
                [delivery.livraison_id, delivery.source, table.table, *counts],
            )
        refusals.load(connection, META, home, delivery, corrected)


def _fill_catalogues(connection: duckdb.DuckDBPyConnection, project: Project, sources: Iterable[str], date_reference: date) -> None:
    catalogue, measures = project.catalogue(), project.measures()
    weights = score.weights(catalogue.parameters, date_reference)
    for table, rows in (
        ("parametre", [[date_reference, score.false_positives(catalogue.parameters, date_reference)]]),
        ("regle", rules.catalogue_rows(catalogue, sources, weights)),
        ("regle_couverture", rules.coverage_rows(catalogue)),
        ("severite", rules.severity_rows(weights)),
        ("indicateur", indicateurs.indicator_rows(measures)),
        ("completude", indicateurs.completeness_rows(measures)),
        ("exigence", indicateurs.demand_rows(project.usages())),
    ):
        for row in rows:
            connection.execute(f"insert into {META}.{table} values ({', '.join('?' * len(row))})", row)


def _load_reference(connection: duckdb.DuckDBPyConnection, path: Path, table: str, columns: str) -> None:
    names = [column.split()[0] for column in columns.split(",")]
    types = ", ".join(f"{literal(name)}: 'varchar'" for name in names)
    form = "auto_detect=false, header=true, delim=',', quote='\"', escape='\"'"
    rows = f"read_csv({literal(str(path))}, {form}, columns={{{types}}})"
    # Inserting casts: `population` and `date_debut` aren't text.
    connection.execute(f"insert into {REFERENCE}.{table} select * from {rows}")


def _scalar(connection: duckdb.DuckDBPyConnection, query: str) -> int:
    row = connection.execute(query).fetchone()
    assert row is not None  # noqa: S101 - an aggregate always gives a row
    return int(row[0])
