"""The checks of a run that dbt doesn't make, as asset checks: suites on the landed tables, suites on the marts, reconciliation.

One asset check a table: its metadata lists the expectations that failed. Every expectation is recorded apart for the gate.
"""

# No postponed annotations here: Dagster compares the annotation of `context` with its own class.
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

import dagster as dg

from dagster_project import french
from dagster_project.assets import names
from dagster_project.checks import arrival, reconciliation, suites
from dagster_project.checks.control import Control
from dagster_project.project import Project
from dagster_project.session import Session, Step

SUITE = "suite_great_expectations"
RECONCILIATION = "rien_n_est_perdu"


def source_checks(project: Project) -> dg.AssetChecksDefinition:
    """Return the step that measures every landed table against its contract, before any model reads it."""
    specs = [
        dg.AssetCheckSpec(
            SUITE,
            asset=names.table_key(source, table),
            blocking=True,
            description="Suite Great Expectations engendrée depuis le contrat de la table reçue.",
        )
        for source in project.source_names()
        for table in project.source_tables(source)
    ]

    @dg.multi_asset_check(name="contrats_sources", specs=specs, required_resource_keys={names.SESSION})
    def _measure(context: dg.AssetCheckExecutionContext) -> Iterator[dg.AssetCheckResult]:
        session: Session = context.resources.session
        arrived = arrival.controls(session.project, session.deliveries, session.date_reference)
        found = _controls(session, Step.CONTRATS_SOURCES, session.source_ticket, arrived)
        yield from _results(session, specs, found)

    return _measure


def product_checks(project: Project) -> dg.AssetChecksDefinition:
    """Return the step that measures every mart against its contract, before anything is published."""
    specs = [
        dg.AssetCheckSpec(
            SUITE,
            asset=names.table_key("marts", mart),
            blocking=True,
            description="Suite Great Expectations engendrée depuis le contrat du mart.",
        )
        for mart in project.marts()
    ]

    @dg.multi_asset_check(name="contrats_produits", specs=specs, required_resource_keys={names.SESSION})
    def _measure(context: dg.AssetCheckExecutionContext) -> Iterator[dg.AssetCheckResult]:
        session: Session = context.resources.session
        ticket = session.worker.submit(suites.product_suites(project.marts().values()), session.database, session.pages)
        found = _controls(session, Step.CONTRATS_PRODUITS, ticket)
        yield from _results(session, specs, found)

    return _measure


def reconciliation_checks() -> dg.AssetChecksDefinition:
    """Return the step that compares what was received with what will be published."""
    spec = dg.AssetCheckSpec(
        RECONCILIATION,
        asset=names.table_key("marts", "rec_table"),
        additional_deps=[names.table_key("marts", "rec_convention")],
        blocking=True,
        description="Reçu = posé + quarantaine pour chaque table ; chaque convention reçue est publiée ou listée avec son motif.",
    )

    @dg.multi_asset_check(name="reconciliation", specs=[spec], required_resource_keys={names.SESSION})
    def _reconcile(context: dg.AssetCheckExecutionContext) -> Iterator[dg.AssetCheckResult]:
        session: Session = context.resources.session
        with session.step(Step.RECONCILIATION) as report:
            found = reconciliation.reconcile(session.home, session.deliveries, session.database, session.decided)
            session.record(found)
            report.summary = _summary(found)
        yield _result(session, spec, found)

    return _reconcile


def _controls(session: Session, step: Step, ticket: int, known: Sequence[Control] = ()) -> list[Control]:
    """Wait for the suites of a step; record their controls, and those already known."""
    with session.step(step) as report:
        found = [*known, *session.worker.controls(ticket)]
        session.record(found)
        report.summary = _summary(found)
    return found


def _summary(found: Sequence[Control]) -> str:
    blocking = sum(control.is_blocking for control in found)
    alerts = sum(not control.succes for control in found) - blocking
    parts = [french.count(len(found), "contrôle")]
    if alerts:
        parts.append(french.count(alerts, "alerte"))
    if blocking:
        parts.append(french.count(blocking, "blocage"))
    return ", ".join(parts)


def _results(session: Session, specs: Iterable[dg.AssetCheckSpec], found: Iterable[Control]) -> Iterator[dg.AssetCheckResult]:
    """One result a table; a table the delivery lacks has nothing to measure, and passes."""
    by_table: dict[str, list[Control]] = defaultdict(list)
    for control in found:
        by_table[control.objet].append(control)
    for spec in specs:
        yield _result(session, spec, by_table[".".join(spec.asset_key.path)])


def _result(session: Session, spec: dg.AssetCheckSpec, controls: Sequence[Control]) -> dg.AssetCheckResult:
    failed = [control for control in controls if not control.succes]
    blocking = any(control.is_blocking for control in failed)
    return dg.AssetCheckResult(
        asset_key=spec.asset_key,
        check_name=spec.name,
        passed=not failed,
        severity=names.severity(session, blocking=blocking),
        metadata={
            "controles": len(controls),
            "en_defaut": len(failed),
            "details": [f"{control.nom} : {control.observe} (clés {', '.join(control.cles)})" for control in failed],
        },
    )
