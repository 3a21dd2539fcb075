"""Executes the suites with Great Expectations and turns its results into controls. The only module that uses its engine.

A suite asks two questions of its table (which columns, how many rows break each rule), each answered by one SQL query that all
the expectations of the suite share: Great Expectations computes a metric once a batch. What an expectation says to a reader is in
its `meta`, worded by `wording` and laid out by `data_docs`. Importing this module takes seconds.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

import great_expectations as gx
from great_expectations.core.expectation_suite import ExpectationSuite
from great_expectations.core.expectation_validation_result import ExpectationSuiteValidationResult, ExpectationValidationResult
from great_expectations.data_context.types.base import ProgressBarsConfig
from great_expectations.datasource.fluent.sql_datasource import QueryAsset, SQLDatasource
from great_expectations.execution_engine.execution_engine import ExecutionEngine
from great_expectations.execution_engine.sqlalchemy_execution_engine import SqlAlchemyExecutionEngine
from great_expectations.expectations.core.expect_table_row_count_to_equal import ExpectTableRowCountToEqual
from great_expectations.expectations.expectation import BatchExpectation, Expectation
from great_expectations.expectations.metrics.metric_provider import metric_value
from great_expectations.expectations.metrics.query_metric_provider import QueryMetricProvider

from dagster_project import engine
from dagster_project.checks import gx_duckdb
from dagster_project.checks.control import NOT_MEASURED, Control
from dagster_project.checks.suites import COLUMNS, ROWS, Rule, Suite
from dagster_project.checks.wording import FrenchWording
from data_contracts.source_contract import Severity

METRIC = "parc.measure"
RESULT_FORMAT = "COMPLETE"

logging.getLogger("great_expectations").setLevel(logging.CRITICAL)


class Measure(QueryMetricProvider):
    """The one row that a query returns, as a tuple."""

    metric_name = METRIC
    value_keys = ("measure",)

    @metric_value(engine=SqlAlchemyExecutionEngine)
    def _sqlalchemy(  # the signature Great Expectations calls
        cls,  # noqa: N805 - the decorator makes it a class method
        execution_engine: SqlAlchemyExecutionEngine,
        metric_domain_kwargs: dict[str, Any],  # noqa: ARG002
        metric_value_kwargs: dict[str, Any],
        metrics: dict[str, Any],  # noqa: ARG002
        runtime_configuration: dict[str, Any],  # noqa: ARG002
    ) -> tuple[Any, ...]:
        # The query goes to the driver as it is: SQLAlchemy's text() would read `:=` as a bound parameter.
        with execution_engine.get_connection() as connection:
            row = connection.exec_driver_sql(metric_value_kwargs["measure"]).fetchone()
        return tuple(row) if row is not None else ()


class ExpectColumns(FrenchWording, BatchExpectation):
    """The table has exactly these columns, with these types, in this order."""

    measure: str
    columns: list[str]
    metric_dependencies: ClassVar[tuple[str, ...]] = (METRIC,)
    success_keys: ClassVar[tuple[str, ...]] = ("measure",)

    def _validate(
        self,
        metrics: dict[str, Any],
        runtime_configuration: dict[str, Any] | None = None,  # noqa: ARG002
        execution_engine: ExecutionEngine[Any] | None = None,  # noqa: ARG002
    ) -> dict[str, Any]:
        found = list(metrics[METRIC][0])
        gap = sorted(set(found) ^ set(self.columns)) if sorted(found) != sorted(self.columns) else []
        return {
            "success": found == self.columns,
            "result": {"observed_value": len(found), "details": {"keys": gap or ([] if found == self.columns else found)}},
        }


class ExpectNoViolation(FrenchWording, BatchExpectation):
    """No row breaks the rule of this `rank`: it is not among the broken ones that the measure tells."""

    measure: str
    rank: int
    metric_dependencies: ClassVar[tuple[str, ...]] = (METRIC,)
    success_keys: ClassVar[tuple[str, ...]] = ("measure",)

    def _validate(
        self,
        metrics: dict[str, Any],
        runtime_configuration: dict[str, Any] | None = None,  # noqa: ARG002
        execution_engine: ExecutionEngine[Any] | None = None,  # noqa: ARG002
    ) -> dict[str, Any]:
        broken = metrics[METRIC][0].get(self.rank)
        if broken is None:
            return {"success": True, "result": {"observed_value": 0, "details": {"keys": []}}}
        return {"success": False, "result": {"observed_value": broken["nb"], "details": {"keys": broken["cles"]}}}


class ExpectRows(FrenchWording, ExpectTableRowCountToEqual):
    """The table has the number of rows that its delivery says."""


@dataclass(frozen=True)
class Measured:
    """A suite once executed: what Great Expectations says of it, and the same as controls, one an expectation."""

    suite: Suite
    validation: ExpectationSuiteValidationResult
    controls: tuple[Control, ...]


def measure(suites: Sequence[Suite], database: Path | None, spill: Path | None = None) -> list[Measured]:
    """Execute suites, in order, on a DuckDB file opened for reading, or on Parquet files when `database` is None.

    What does not fit in memory goes to the folder `spill`.
    """
    gx_duckdb.enable()
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = ProgressBarsConfig(globally=False)
    source = SQLDatasource(
        name="parc",
        connection_string="duckdb:///:memory:" if database is None else f"duckdb:///{database}",
        kwargs={"connect_args": {"read_only": database is not None, "config": engine.settings(spill=spill)}},
        assets=[QueryAsset(name=suite.objet, query=f"select * from {suite.relation}") for suite in suites],
    )
    context.data_sources.add_sql(datasource=source)
    try:
        return [_run(suite, source) for suite in suites]
    finally:
        _release(source)


def _release(source: SQLDatasource) -> None:
    """Free the file: the connection that persists (see gx_duckdb), and the one that tried the source."""
    engine = source.get_execution_engine()
    with engine.get_connection() as connection:
        connection.close()
    engine.close()
    source.get_engine().dispose()


def _run(suite: Suite, source: SQLDatasource) -> Measured:
    asset = source.get_asset(suite.objet)
    batch = asset.get_batch(asset.build_batch_request())
    expectations = ExpectationSuite(name=suite.objet, expectations=list(_expectations(suite)))
    validation = batch.validate(expectations, result_format=RESULT_FORMAT)
    return Measured(suite, validation, tuple(_control(suite, found) for found in validation.results))


def _expectations(suite: Suite) -> Iterator[Expectation]:
    yield ExpectColumns(measure=suite.columns_query, columns=list(suite.columns), meta=_meta(_COLUMNS))
    if suite.rows is not None:
        yield ExpectRows(value=suite.rows, meta=_meta(_ROWS))
    for rank, rule in enumerate(suite.rules):
        yield ExpectNoViolation(measure=suite.rules_query, rank=rank, meta=_meta(rule))


_COLUMNS = Rule(COLUMNS, Severity.BLOQUANTE, "", "colonnes absentes, en trop ou d'un autre type")
_ROWS = Rule(ROWS, Severity.BLOQUANTE, "", "nombre de lignes différent de celui de la livraison")


def _meta(rule: Rule) -> dict[str, str]:
    return {"nom": rule.nom, "gravite": rule.gravite.value, "message": rule.message}


def _control(suite: Suite, found: ExpectationValidationResult) -> Control:
    meta = found.expectation_config.meta if found.expectation_config is not None else {}
    measured = bool(found.result) and "observed_value" in found.result
    return Control(
        famille=suite.famille,
        nom=meta["nom"],
        objet=suite.objet,
        gravite=Severity(meta["gravite"]),
        succes=bool(found.success),
        observe=found.result["observed_value"] if measured else NOT_MEASURED,
        attendu={COLUMNS: len(suite.columns), ROWS: suite.rows}.get(meta["nom"], 0),
        cles=tuple(found.result.get("details", {}).get("keys", ())) if measured else (),
        message="" if found.success else meta["message"],
    )
