"""The dbt project as assets: seeds and models with their lineage, and one asset check a dbt test."""

# No postponed annotations here: Dagster compares the annotation of `context` with its own class.
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import dagster as dg
import duckdb
from dagster_dbt import DagsterDbtTranslator, dbt_assets

from dagster_project import dbt_controls, dbt_runner, french
from dagster_project.assets import names
from dagster_project.checks.control import Control
from dagster_project.dbt_runner import Outcome, ParsedProject
from dagster_project.session import Session, Step
from dagster_project.threads import threads
from data_contracts.clauses import quote
from data_contracts.errors import RefusedError
from data_contracts.source_contract import Severity

GROUPS = {
    "staging": names.STAGING,
    "intermediate": names.INTERMEDIATE,
    "regles": names.RULES,
    "marts": names.MARTS,
    "qualite": names.QUALITY,
}
"""Group of a model by the first folder it lives in."""


class Translator(DagsterDbtTranslator):
    """Gives the assets the groups and descriptions of the project; keys are those of dagster-dbt."""

    def __init__(self, parsed: ParsedProject) -> None:
        """Translate the nodes of a parsed project."""
        super().__init__()
        self._sources: Mapping[str, Mapping[str, Any]] = parsed.content["sources"]

    def get_group_name(self, dbt_resource_props: Mapping[str, Any]) -> str:
        """Return the layer of a node."""
        kind = dbt_resource_props["resource_type"]
        if kind == "source":
            return names.LANDING
        if kind == "seed":
            return names.SEEDS
        folder = str(dbt_resource_props["fqn"][1])
        return GROUPS.get(folder, folder)

    def get_description(self, dbt_resource_props: Mapping[str, Any]) -> str:
        """Return what the project says of a node, without its SQL; of a staging view, what is said of the table it reads."""
        said = dbt_resource_props.get("description")
        read = [
            self._sources[name]["description"]
            for name in dbt_resource_props.get("depends_on", {}).get("nodes", ())
            if name in self._sources
        ]
        return str(said or f"Table reçue, renommée et typée : {' ; '.join(read)}")


def model_assets(parsed: ParsedProject) -> dg.AssetsDefinition:
    """Return the step that builds every seed and model, and runs every test, in one dbt invocation."""
    translator = Translator(parsed)

    @dbt_assets(
        manifest=parsed.content,
        exclude="resource_type:unit_test",
        name="dbt",
        dagster_dbt_translator=translator,
        required_resource_keys={names.SESSION},
    )
    def _build(context: dg.AssetExecutionContext) -> Iterator[dg.MaterializeResult[None] | dg.AssetCheckResult]:
        session: Session = context.resources.session
        nodes = parsed.nodes("seed", "model")
        tests = parsed.nodes("test")
        with session.step(Step.DBT) as report:
            total = len(nodes) + len(tests)
            outcomes = dbt_runner.build(
                parsed,
                session.project.dbt,
                session.database,
                threads(),
                lambda done: session.progress.detail(f"{done} / {total}"),
                tests_stop=session.forcing is None,
            )
            found = dbt_controls.controls(parsed, outcomes, session.database)
            session.record(found)
            report.summary = f"{french.count(len(nodes), 'modèle')}, {french.count(len(tests), 'test')}"
            _refuse_broken(session, [outcome for outcome in outcomes if outcome.unique_id in nodes and not outcome.is_good])
            built = {
                outcome.unique_id: nodes[outcome.unique_id]
                for outcome in outcomes
                if outcome.is_good and outcome.unique_id in nodes
            }
            rows = _row_counts(session, built)
        for outcome in outcomes:
            if outcome.unique_id in built:
                metadata = {"lignes": rows[outcome.unique_id], "secondes": outcome.seconds}
                yield dg.MaterializeResult(asset_key=translator.get_asset_key(nodes[outcome.unique_id]), metadata=metadata)
        yield from _check_results(session, context.assets_def, outcomes, found)

    return _build


def _refuse_broken(session: Session, broken: Iterable[Outcome]) -> None:
    """A model that fails stops the run. Its message may quote data: it stays in dbt's log."""
    failed = [outcome.unique_id.split(".")[-1] for outcome in broken if outcome.status != "skipped"]
    if failed:
        log = session.build / "dbt" / dbt_runner.LOG_FILE
        raise RefusedError(
            f"dbt n'a pas pu construire {', '.join(failed)} : la cause est dans {log} ; la publication courante ne change pas."
        )


def _row_counts(session: Session, nodes: Mapping[str, Mapping[str, Any]]) -> dict[str, int]:
    stored = {name: node for name, node in nodes.items() if node["config"].get("materialized") != "ephemeral"}
    counts = [
        f"select {i} as i, count(*) as n from {quote(node['schema'])}.{quote(node['alias'])}"
        for i, node in enumerate(stored.values())
    ]
    with duckdb.connect(str(session.database), read_only=True) as connection:
        found = dict(connection.execute(" union all ".join(counts)).fetchall()) if counts else {}
    return {name: found[i] for i, name in enumerate(stored)}


def _check_results(
    session: Session, assets: dg.AssetsDefinition, outcomes: Iterable[Outcome], found: Iterable[Control]
) -> Iterator[dg.AssetCheckResult]:
    """One result for each test that dagster-dbt attaches to an asset; those it can't attach are judged by the gate all the same."""
    by_name = {control.nom: control for control in found}
    seconds = {outcome.unique_id.split(".")[2]: outcome.seconds for outcome in outcomes if outcome.unique_id.startswith("test.")}
    for spec in assets.check_specs:
        control = by_name.get(spec.name)
        if control is None:
            continue
        yield dg.AssetCheckResult(
            asset_key=spec.asset_key,
            check_name=spec.name,
            passed=control.succes,
            severity=names.severity(session, blocking=control.gravite is Severity.BLOQUANTE),
            metadata={
                "lignes_en_defaut": str(control.observe),
                "cles": list(control.cles),
                "secondes": seconds.get(spec.name, 0.0),
            },
            description=control.message or None,
        )
