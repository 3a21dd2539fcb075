"""The published run: what everything before it is for. The gate stands at its door."""

# No postponed annotations here: Dagster compares the annotation of `context` with its own class.
import time

import dagster as dg

from dagster_project import dbt_controls, french, gate, publication
from dagster_project.assets import names
from dagster_project.checks import arrival, reconciliation, suites
from dagster_project.checks.control import ControlId
from dagster_project.checks.data_docs_index import INDEX
from dagster_project.dbt_runner import ParsedProject
from dagster_project.project import Project
from dagster_project.session import Session, Step
from dagster_project.threads import threads


def published_asset(project: Project, parsed: ParsedProject) -> dg.AssetsDefinition:
    """Return the step that opens the gate or refuses, then publishes."""

    @dg.asset(
        key=names.PUBLISHED_RUN,
        name=None,
        deps=[names.table_key("marts", mart) for mart in project.marts()],
        group_name=names.PUBLICATION,
        description="Run publié : fichiers Parquet des marts, base de lecture, manifeste ; puis pointeur vers ce run.",
        required_resource_keys={names.SESSION},
        kinds={"parquet", "duckdb"},
    )
    def _publish(context: dg.AssetExecutionContext) -> dg.MaterializeResult[None]:
        session: Session = context.resources.session
        with session.step(Step.PUBLICATION) as report:
            start = time.monotonic()
            recorded = session.controls.read()
            verdict = gate.judge(expected_controls(session, parsed), recorded)
            session.worker.settle()
            gate.enforce(verdict, session.project.responsable, session.pages / INDEX, forced=session.forcing is not None)
            session.published = publication.publish(
                session,
                parsed.content,
                threads(),
                lambda: session.durations | {Step.PUBLICATION.key: round(time.monotonic() - start, 3)},
            )
            marts = session.published.manifest["marts"]
            rows = sum(mart["lignes"] for mart in marts.values())
            report.summary = f"{french.count(len(marts), 'mart')}, {french.count(rows, 'ligne')}"
        return dg.MaterializeResult(
            metadata={
                "run_id": session.run_id,
                "marts": len(marts),
                "lignes": rows,
                "controles": len(recorded),
                "secondes": session.durations[Step.PUBLICATION.key],
            }
        )

    return _publish


def expected_controls(session: Session, parsed: ParsedProject) -> list[ControlId]:
    """Return every check that must have run: from the contracts, the dbt project and the deliveries, never from what did run."""
    asked = (
        *suites.source_suites(session.home, session.project, session.deliveries),
        *suites.product_suites(session.project.marts().values()),
    )
    return [
        *(identity for suite in asked for identity in suite.identities()),
        *dbt_controls.expected(parsed),
        *reconciliation.expected(session.deliveries),
        *arrival.expected(session.deliveries),
    ]
