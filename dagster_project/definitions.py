"""The Dagster definitions: assets from landing to publication, their checks, the job that runs them in order, what starts alone.

Only the assembly lives here. Loading needs no environment variable and no delivery: `parc dagster` shows an empty warehouse too.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import dagster as dg
from dagster._core.definitions.unresolved_asset_job_definition import UnresolvedAssetJobDefinition  # what define_asset_job returns

from dagster_project import conservation, dbt_runner, incidents, reception
from dagster_project.assets import names
from dagster_project.assets.controls import product_checks, reconciliation_checks, source_checks
from dagster_project.assets.landing import landing_assets
from dagster_project.assets.models import model_assets
from dagster_project.assets.published import published_asset
from dagster_project.dates import reference_date
from dagster_project.dbt_runner import ParsedProject
from dagster_project.project import Project
from dagster_project.session import Session, open_session
from data_contracts.layout import Home

JOB = names.JOB
LOCK_PATIENCE = 900.0
"""Seconds that a run started by Dagster waits for an import or a run of the command line to end."""


def session_resource(project: Project) -> dg.ResourceDefinition:
    """Return the resource that opens a session for a run that Dagster starts; `parc run` gives its own."""

    @dg.resource(
        config_schema={"date_reference": dg.Field(str, is_required=False, description="AAAA-MM-JJ ; aujourd'hui à défaut.")},
        description="Le run en cours : verrou, dossier de travail, contrôles enregistrés.",
    )
    def _open(context: dg.InitResourceContext) -> Iterator[Session]:
        config: dict[str, Any] = context.resource_config or {}
        day = reference_date(config.get("date_reference"))
        with open_session(Home.from_environment(), day, project=project, patience=LOCK_PATIENCE) as session:
            if context.instance and context.run:
                context.instance.add_run_tags(context.run.run_id, {incidents.BUILD_TAG: session.run_id})
            yield session

    return _open


def build_definitions(project: Project, parsed: ParsedProject) -> dg.Definitions:
    """Assemble the definitions of a project."""
    warehouse = dg.define_asset_job(
        JOB,
        selection=dg.AssetSelection.all(),
        description="De la livraison posée au run publié : préparer, contrôler, construire, contrôler, publier.",
    )
    received, kept = reception.reception_job(), conservation.conservation_job(project)
    return dg.Definitions(
        assets=[landing_assets(project), model_assets(parsed), published_asset(project, parsed)],
        asset_checks=[source_checks(project), product_checks(project), reconciliation_checks()],
        jobs=[warehouse, received, kept],
        sensors=[reception.depot_sensor(received), incidents.alert_sensor()],
        schedules=[daily_publication(warehouse), conservation.daily_conservation(kept)],
        executor=dg.in_process_executor,
        resources={names.SESSION: session_resource(project)},
    )


def daily_publication(job: UnresolvedAssetJobDefinition) -> dg.ScheduleDefinition:
    """Return the schedule that publishes every morning, once somebody has switched it on."""
    return dg.ScheduleDefinition(
        name="publication_quotidienne",
        job=job,
        cron_schedule="0 6 * * *",
        execution_timezone="Europe/Paris",
        tags=reception.ALONE,
        default_status=dg.DefaultScheduleStatus.STOPPED,
        description="Publie chaque matin à 6 h, heure de Paris. Arrêtée tant que personne ne la met en marche.",
    )


@dg.definitions
def defs() -> dg.Definitions:
    """Give Dagster the definitions of the checkout."""
    project = Project()
    return build_definitions(project, dbt_runner.parse(project.dbt, Home.from_environment().cache))
