"""The Dagster definitions: assets from landing to publication, their checks, and the one job that runs them in order.

Only the assembly lives here. Loading needs no environment variable and no delivery: `parc dagster` shows an empty warehouse too.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import dagster as dg

from dagster_project import dbt_runner
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

JOB = "parc"


@dg.resource(
    config_schema={"date_reference": dg.Field(str, is_required=False, description="AAAA-MM-JJ ; aujourd'hui à défaut.")},
    description="Le run en cours : verrou, dossier de travail, contrôles enregistrés.",
)
def session_resource(context: dg.InitResourceContext) -> Iterator[Session]:
    """Open a session for a run started from the interface; `parc run` gives its own."""
    config: dict[str, Any] = context.resource_config or {}
    with ExitStack() as stack:
        yield stack.enter_context(open_session(Home.from_environment(), reference_date(config.get("date_reference"))))


def build_definitions(project: Project, parsed: ParsedProject) -> dg.Definitions:
    """Assemble the definitions of a project."""
    return dg.Definitions(
        assets=[landing_assets(project), model_assets(parsed), published_asset(project, parsed)],
        asset_checks=[source_checks(project), product_checks(project), reconciliation_checks()],
        jobs=[
            dg.define_asset_job(
                JOB,
                selection=dg.AssetSelection.all(),
                description="De la livraison posée au run publié : préparer, contrôler, construire, contrôler, publier.",
            )
        ],
        executor=dg.in_process_executor,
        resources={names.SESSION: session_resource},
    )


@dg.definitions
def defs() -> dg.Definitions:
    """Give Dagster the definitions of the checkout."""
    project = Project()
    return build_definitions(project, dbt_runner.parse(project.dbt, Home.from_environment().cache))
