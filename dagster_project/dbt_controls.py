"""The dbt tests of a run as controls: one a test, with the keys of the rows it found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import duckdb

from dagster_project.checks.control import KEYS_SHOWN, NOT_MEASURED, Control, ControlId, Family
from dagster_project.dbt_runner import Outcome, ParsedProject
from data_contracts.source_contract import Severity

KEY_SUFFIXES = ("_id", "_cle")
KEY_NAMES = {"id", "cle_source", "cle_apilos", "table_source", "source", "unique_field"}


def expected(parsed: ParsedProject) -> Iterator[ControlId]:
    """Give the control that each test of the project must record."""
    for node in parsed.nodes("test").values():
        yield _identity(node)


def controls(parsed: ParsedProject, outcomes: Iterable[Outcome], database: Path) -> list[Control]:
    """Turn the tests that ran into controls. A test skipped because its model failed records nothing: the gate will miss it."""
    tests = parsed.nodes("test")
    done = [outcome for outcome in outcomes if outcome.unique_id in tests and outcome.status != "skipped"]
    with duckdb.connect(str(database), read_only=True) as connection:
        return [_control(tests[outcome.unique_id], outcome, connection) for outcome in done]


def severity(node: Mapping[str, Any]) -> Severity:
    """Return what the test's severity means here."""
    return Severity.BLOQUANTE if str(node["config"].get("severity") or "error").lower() == "error" else Severity.ALERTE


def _identity(node: Mapping[str, Any]) -> ControlId:
    return ControlId(Family.DBT, _tested(node), node["name"])


def _tested(node: Mapping[str, Any]) -> str:
    attached = node.get("attached_node") or next(iter(node["depends_on"]["nodes"]), node["name"])
    return str(attached).split(".", 2)[-1]


def _control(node: Mapping[str, Any], outcome: Outcome, connection: duckdb.DuckDBPyConnection) -> Control:
    identity = _identity(node)
    failed_to_run = outcome.failures is None
    return Control(
        famille=identity.famille,
        nom=identity.nom,
        objet=identity.objet,
        gravite=severity(node),
        succes=outcome.is_good,
        observe=NOT_MEASURED if failed_to_run else outcome.failures,
        attendu=0,
        cles=() if outcome.is_good or failed_to_run else _keys(outcome.compiled, connection),
        message="" if outcome.is_good else node.get("description") or "voir ce test dans dbt/",
    )


def _keys(compiled: str | None, connection: duckdb.DuckDBPyConnection) -> tuple[str, ...]:
    """Return the keys among the rows a test found: columns that hold identifiers, never the others."""
    if not compiled:
        return ()
    found = connection.execute(f"select * from ({compiled}) limit {KEYS_SHOWN}")
    names = [column[0] for column in found.description or ()]
    kept = [rank for rank, name in enumerate(names) if name in KEY_NAMES or name.endswith(KEY_SUFFIXES)]
    return tuple("|".join(str(row[rank]) for rank in kept) for row in found.fetchall()) if kept else ()
