"""`parc run`: one run of the whole warehouse, as the Dagster job executes it, in this process."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from dagster_project import gate
from dagster_project.checks.control import Control
from dagster_project.checks.data_docs_index import INDEX
from dagster_project.checks.worker import CheckWorker
from dagster_project.progress import Progress
from dagster_project.project import Project
from dagster_project.session import Forcing, Session, Step, open_session
from data_contracts.errors import RefusedError
from data_contracts.layout import Home
from data_contracts.publication import PublishedRun

if TYPE_CHECKING:
    from dagster import JobDefinition

QUIET = {"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}}
"""Dagster's events go to its history, not to the terminal."""


@dataclass(frozen=True)
class RunOutcome:
    """A run that was published."""

    published: PublishedRun
    controls: tuple[Control, ...]
    durations: dict[str, float]
    """Seconds by step key."""


def execute(  # noqa: PLR0913 - the options of the command, and what tests lend
    home: Home,
    date_reference: date,
    *,
    sans_cache: bool = False,
    forcing: Forcing | None = None,
    progress: Progress | None = None,
    project: Project | None = None,
    worker: CheckWorker | None = None,
) -> RunOutcome:
    """Build, check and publish the current deliveries. Nothing changes for readers until the last instant.

    Who makes several runs may lend a `worker`, so that Great Expectations loads once. With a `forcing`, blocking checks that failed
    are published with the run instead of stopping it; those that never ran still stop it.

    Raises BadInputError for what prevents the run from starting, RefusedError when a check or a model forbids the publication.
    """
    with open_session(
        home,
        date_reference,
        sans_cache=sans_cache,
        forcing=forcing,
        progress=progress,
        project=project,
        worker=worker,
    ) as session:
        from dagster_project.instance import open_instance  # noqa: PLC0415 - the check worker starts before the imports

        with session.step(Step.CHARGEMENT):
            job = _job(session)
        with open_instance(home) as instance:
            result = job.execute_in_process(QUIET, instance=instance, resources={"session": session}, raise_on_error=False)
        if not result.success or session.published is None:
            raise _reason(session)
        return RunOutcome(session.published, tuple(_controls(session.published)), dict(session.durations))


def _job(session: Session) -> JobDefinition:
    from dagster_project import dbt_runner  # noqa: PLC0415 - seconds of import, paid by a run only
    from dagster_project.definitions import JOB, build_definitions  # noqa: PLC0415 - same reason

    parsed = dbt_runner.parse(session.project.dbt, session.home.cache, sans_cache=session.sans_cache)
    return build_definitions(session.project, parsed).resolve_job_def(JOB)


def _reason(session: Session) -> BaseException:
    """Say why a run ended without publishing: its first error, else the checks that stopped it."""
    if session.failure is not None:
        return session.failure if isinstance(session.failure, Exception) else KeyboardInterrupt()
    verdict = gate.judge((), session.controls.read())
    if verdict.failed:
        return RefusedError(gate.refusal(verdict, session.project.responsable, session.pages / INDEX))
    return RefusedError("Le run s'est arrêté avant la publication sans dire pourquoi : voir son historique avec « parc dagster ».")


def _controls(published: PublishedRun) -> list[Control]:
    return [Control.model_validate(entry) for entry in published.manifest["controles"]]
