"""The checks that nothing is lost between what was received and what will be published.

All of them block but one: a damaged file of the register of decisions is said and left out, the deliveries are whole all the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import duckdb

from dagster_project.checks.control import KEYS_SHOWN, Control, ControlId, Family
from dagster_project.preparation import META
from data_contracts.clauses import literal
from data_contracts.decision_register import Register
from data_contracts.delivery import Delivery, quarantine_path, table_path
from data_contracts.layout import Home
from data_contracts.source_contract import Severity

RECEIVED = "recues_posees_ou_refusees"
LANDED = "lignes_du_fichier_pose"
REFUSED = "lignes_du_fichier_de_quarantaine"
GAP = "ecart_nul"
AGREEMENTS = "conventions_toutes_listees"
DECISIONS = "fichiers_de_decisions_lus"
AGREEMENT_TABLES = {"ecoloweb": ("ecolo_conventionapl", "id")}
"""The table of each source that holds one row an agreement, and the column of its key."""


def expected(deliveries: Iterable[Delivery]) -> Iterator[ControlId]:
    """Give the controls that `reconcile` records."""
    for delivery in deliveries:
        for table in delivery.tables:
            for nom in (RECEIVED, LANDED, REFUSED):
                yield ControlId(Family.RECONCILIATION, f"{delivery.source}.{table.table}", nom)
        if delivery.source in AGREEMENT_TABLES:
            yield ControlId(Family.RECONCILIATION, f"marts.rec_convention ({delivery.source})", AGREEMENTS)
    yield ControlId(Family.RECONCILIATION, "marts.rec_table", GAP)
    yield ControlId(Family.RECONCILIATION, f"{META}.decision", DECISIONS)


def reconcile(home: Home, deliveries: Iterable[Delivery], database: Path, decided: Register) -> list[Control]:
    """Execute every reconciliation check on a built database."""
    read = tuple(deliveries)
    with duckdb.connect(str(database), read_only=True) as connection:
        return [
            *(control for delivery in read for control in _delivery(connection, home, delivery)),
            *(_agreements(connection, home, delivery) for delivery in read if delivery.source in AGREEMENT_TABLES),
            _gap(connection),
            _decisions(decided),
        ]


def _delivery(connection: duckdb.DuckDBPyConnection, home: Home, delivery: Delivery) -> Iterator[Control]:
    for table in delivery.tables:
        objet = f"{delivery.source}.{table.table}"
        yield _equal(objet, RECEIVED, table.nb_poses + table.nb_quarantaine, table.nb_recus, "reçues ≠ posées + quarantaine")
        landed = _count(connection, table_path(home, delivery, table.table))
        yield _equal(objet, LANDED, landed, table.nb_poses, "le fichier posé n'a pas le nombre de lignes annoncé")
        refused = _refused(connection, quarantine_path(home, delivery, table.table))
        yield _equal(objet, REFUSED, refused, table.nb_quarantaine, "la quarantaine n'a pas le nombre de lignes annoncé")


def _agreements(connection: duckdb.DuckDBPyConnection, home: Home, delivery: Delivery) -> Control:
    """Every agreement received, landed or refused, is listed in rec_convention. A refused row without a key can't be looked for."""
    table, key = AGREEMENT_TABLES[delivery.source]
    received = [f"select cle from {META}.quarantaine where source = $source and table_source = $table and cle is not null"]
    if delivery.table(table):
        received.append(f"select {key}::varchar as cle from read_parquet({literal(str(table_path(home, delivery, table)))})")
    missing = connection.execute(
        f"select cle from ({' union '.join(received)}) "
        "where cle not in (select cle_source from marts.rec_convention where source = $source) order by cle",
        {"source": delivery.source, "table": table},
    ).fetchall()
    return Control(
        famille=Family.RECONCILIATION,
        nom=AGREEMENTS,
        objet=f"marts.rec_convention ({delivery.source})",
        gravite=Severity.BLOQUANTE,
        succes=not missing,
        observe=len(missing),
        attendu=0,
        cles=tuple(row[0] for row in missing[:KEYS_SHOWN]),
        message="" if not missing else "conventions reçues qui ne sont ni publiées ni listées avec un motif",
    )


def _gap(connection: duckdb.DuckDBPyConnection) -> Control:
    rows = connection.execute("select source || '.' || table_source from marts.rec_table where ecart <> 0 order by 1").fetchall()
    return Control(
        famille=Family.RECONCILIATION,
        nom=GAP,
        objet="marts.rec_table",
        gravite=Severity.BLOQUANTE,
        succes=not rows,
        observe=len(rows),
        attendu=0,
        cles=tuple(row[0] for row in rows[:KEYS_SHOWN]),
        message="" if not rows else "tables dont des lignes se sont perdues",
    )


def _decisions(decided: Register) -> Control:
    damaged = [path.name for path in decided.damaged]
    return Control(
        famille=Family.RECONCILIATION,
        nom=DECISIONS,
        objet=f"{META}.decision",
        gravite=Severity.ALERTE,
        succes=not damaged,
        observe=len(damaged),
        attendu=0,
        cles=tuple(damaged[:KEYS_SHOWN]),
        message="" if not damaged else "fichiers du registre des décisions abîmés, leurs décisions sont laissées de côté",
    )


def _equal(objet: str, nom: str, observe: int, attendu: int, message: str) -> Control:
    succes = observe == attendu
    return Control(
        famille=Family.RECONCILIATION,
        nom=nom,
        objet=objet,
        gravite=Severity.BLOQUANTE,
        succes=succes,
        observe=observe,
        attendu=attendu,
        message="" if succes else message,
    )


def _count(connection: duckdb.DuckDBPyConnection, path: Path) -> int:
    row = connection.execute(f"select count(*) from read_parquet({literal(str(path))})").fetchone()
    return int(row[0]) if row else 0


def _refused(connection: duckdb.DuckDBPyConnection, path: Path) -> int:
    """Rows refused, not reasons: a row that breaks two clauses is written twice, with the same line."""
    if not path.exists():
        return 0
    row = connection.execute(f"select count(distinct _ligne) from read_parquet({literal(str(path))})").fetchone()
    return int(row[0]) if row else 0
