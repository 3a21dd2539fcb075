"""The job that removes, on their date, the landed deliveries that their contracts no longer keep, and what goes beside them."""

# No postponed annotations here: Dagster compares the annotation of `context` with its own class.
from datetime import UTC, datetime

import dagster as dg

from dagster_project import expiry, retention
from dagster_project.project import Project
from dagster_project.reception import ALONE, RETRY
from data_contracts.layout import Home
from data_contracts.lock import exclusive

JOB = "conservation"


def conservation_job(project: Project, retry: dg.RetryPolicy = RETRY) -> dg.JobDefinition:
    """Return the job that removes what is due."""

    @dg.op(
        name="supprimer",
        retry_policy=retry,
        description="Supprime les livraisons arrivées à leur échéance, et le note au registre.",
    )
    def _remove(context: dg.OpExecutionContext) -> None:
        home, now = Home.from_environment(), datetime.now(UTC)
        with exclusive(home, "conservation"):
            removed = retention.apply(home, project, now)
            others = expiry.apply(home, now)
        said = retention.sentence(removed) if removed else "Aucune livraison n'est arrivée à son échéance."
        context.add_output_metadata({"bilan": said, "livraisons": [one.livraison_id for one in removed], "autres": others})

    @dg.job(name=JOB, description="Supprime les livraisons que leur contrat ne garde plus.", executor_def=dg.in_process_executor)
    def _conservation() -> None:
        _remove()

    return _conservation


def daily_conservation(job: dg.JobDefinition) -> dg.ScheduleDefinition:
    """Return the schedule of that job."""
    return dg.ScheduleDefinition(
        name="conservation_quotidienne",
        job=job,
        cron_schedule="0 5 * * *",
        execution_timezone="Europe/Paris",
        tags=ALONE,
        # A date of removal binds whoever keeps the data: nobody has to remember to switch it on.
        default_status=dg.DefaultScheduleStatus.RUNNING,
        description="Supprime chaque matin à 5 h, heure de Paris, les livraisons arrivées à leur échéance.",
    )
