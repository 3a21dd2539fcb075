"""From a run that failed to the alert that says it: what went wrong, since when, whose turn it is, was it said already."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import dagster as dg
from dagster._core.events import DagsterEvent  # what the public context gives; Dagster exports no name for it
from dagster_shared.error import SerializableErrorInfo  # same

from dagster_project import canaux, gate, reception
from dagster_project.alertes import URL_VARIABLE, Alerte
from dagster_project.assets import names
from dagster_project.checks.control import CONTROLS_FILE, ControlJournal
from dagster_project.checks.data_docs_index import FOLDER, INDEX
from dagster_project.project import Project
from data_contracts import words
from data_contracts.errors import BadInputError, ParcError, RefusedError, TransientError
from data_contracts.layout import Home
from data_contracts.loader import source
from data_contracts.product_contract import ADMINISTRATOR

RUNBOOK = "docs/exploitation.md"
BUILD_TAG = "parc/run"
"""Tag of a Dagster run: the name of the warehouse's own run, in `build/` then in `published/`."""
TOLD_TAG = "parc/alerte"
"""Tag of a Dagster run whose alert was sent: which problem it told."""
TOLD_AGAIN = timedelta(days=1)
LOOKED_BACK = 1000
"""Runs read at most to find the last success."""
ERRORS = {kind.__name__: kind for kind in (BadInputError, RefusedError, TransientError)}


@dataclass(frozen=True)
class Cause:
    """Why a run failed."""

    phrase: str
    kind: type[ParcError] | None = None
    """None for what nobody foresaw."""


def cause(home: Home, run: dg.DagsterRun, events: Iterable[DagsterEvent]) -> Cause:
    """Return why a run failed: the first error meant for a person, else the checks that stopped it, else the kind of the error.

    The words of an error that nobody foresaw stay in the history: they may quote a row.
    """
    errors = [error for event in events for error in _chain(_error(event))]
    for error in errors:
        if kind := ERRORS.get(error.cls_name or ""):
            return Cause(error.message.partition(": ")[2].strip(), kind)
    build = home.build(run.tags.get(BUILD_TAG, ""))
    verdict = gate.judge((), ControlJournal(build / CONTROLS_FILE).read())
    if verdict.failed:
        return Cause(gate.refusal(verdict, Project().responsable, build / FOLDER / INDEX), RefusedError)
    if errors:
        return Cause(f"Erreur imprévue ({errors[-1].cls_name}).")
    return Cause("Le traitement s'est arrêté sans rien dire : processus tué, mémoire épuisée ou machine arrêtée.")


def alert(home: Home, run: dg.DagsterRun, found: Cause, since: datetime) -> Alerte:
    """Return the alert of a failed run."""
    what, where, who, to_do = _of_reception(home, run, found) if run.job_name == reception.JOB else _of_job(run, found)
    base = os.environ.get(URL_VARIABLE, "").rstrip("/")
    return Alerte(
        quoi=found.phrase if found.phrase.startswith(what) else f"{what} : {found.phrase}",
        ou=where,
        depuis=since,
        qui=who,
        que_faire=to_do,
        run_id=run.run_id,
        lien=f"{base}/runs/{run.run_id}" if base else None,
    )


def alert_sensor() -> dg.SensorDefinition:
    """Return the sensor that alerts of every failed run that Dagster started: what a command does, its exit code says."""

    @dg.run_failure_sensor(
        name="alertes",
        default_status=dg.DefaultSensorStatus.RUNNING,
        description="Alerte d'un run en échec, par webhook ou par courriel : une fois par problème, puis une fois par jour.",
    )
    def _alert(context: dg.RunFailureSensorContext) -> None:
        home, run = Home.from_environment(), context.dagster_run
        found = cause(home, run, [*context.get_step_failure_events(), context.failure_event])
        streak = failures(context.instance, run)
        problem = hashlib.sha256(f"{run.job_name}\n{found.phrase}".encode()).hexdigest()[:16]
        if _is_told(problem, streak):
            context.log.info("Alerte déjà envoyée pour ce problème.")
            return
        told = alert(home, run, found, streak[-1].create_timestamp)
        took, unsent = canaux.send(told)
        context.log.error(told.texte)
        for sentence in unsent:
            context.log.error(sentence)
        if took:
            context.instance.add_run_tags(run.run_id, {TOLD_TAG: problem})

    return _alert


def failures(instance: dg.DagsterInstance, run: dg.DagsterRun) -> list[dg.RunRecord]:
    """Return the failed runs since the last success of the same job (and source, for a reception), `run` first, the oldest last."""
    tags = {name: value for name, value in run.tags.items() if name == reception.SOURCE_TAG}
    filters = dg.RunsFilter(job_name=run.job_name, tags=tags, statuses=[dg.DagsterRunStatus.SUCCESS, dg.DagsterRunStatus.FAILURE])
    records = iter(instance.get_run_records(filters, limit=LOOKED_BACK))
    streak = [next(record for record in records if record.dagster_run.run_id == run.run_id)]
    for record in records:
        if record.dagster_run.status is dg.DagsterRunStatus.SUCCESS:
            break
        streak.append(record)
    return streak


def _is_told(problem: str, streak: Iterable[dg.RunRecord]) -> bool:
    recently = datetime.now(UTC) - TOLD_AGAIN
    return any(
        record.dagster_run.tags.get(TOLD_TAG) == problem and record.create_timestamp.astimezone(UTC) > recently for record in streak
    )


def _of_reception(home: Home, run: dg.DagsterRun, found: Cause) -> tuple[str, str, str, str]:
    config: Any = run.run_config
    asked = reception.Depose(**config["ops"][reception.OP]["config"])
    folder, name = asked.source, asked.nom
    label = words.SOURCES.get(folder)
    where = f"dépôt, source {label or folder or 'non dite'}, « {name} »"
    if found.kind in {BadInputError, RefusedError}:
        who = source(folder).responsable if label else ADMINISTRATOR
        to_do = (
            f"obtenir une livraison corrigée et la déposer dans {home.inbox / (folder if label else '<source>')} ; la refusée est "
            f"dans {home.refused}, effacée dans un mois ({RUNBOOK}, « Une livraison est refusée »)."
        )
        return "Livraison refusée", where, who, to_do
    to_do = (
        "lever ce que dit la phrase ; la livraison reste dans le dépôt et sera redemandée d'heure en heure "
        f"({RUNBOOK}, « Une livraison n'est pas reçue »)."
    )
    return "Livraison pas encore reçue", where, ADMINISTRATOR, to_do


def _of_job(run: dg.DagsterRun, found: Cause) -> tuple[str, str, str, str]:
    where = f"job {run.job_name}"
    if run.job_name != names.JOB:
        return "Travail arrêté", where, ADMINISTRATOR, f"lire ce run dans l'interface de Dagster ; {RUNBOOK}."
    what = "Publication refusée" if found.kind is RefusedError else "Publication arrêtée"
    to_do = f"la publication courante n'a pas changé ; suivre {RUNBOOK}, « La publication est bloquée »."
    return what, where, ADMINISTRATOR, to_do


def _error(event: DagsterEvent) -> SerializableErrorInfo | None:
    return getattr(event.event_specific_data, "error", None)


def _chain(error: SerializableErrorInfo | None) -> Iterator[SerializableErrorInfo]:
    while error is not None:
        yield error
        error = error.cause
