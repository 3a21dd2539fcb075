"""A publication that Dagster starts and that fails: the alert says why, in the words that `parc run` would have said."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import dagster as dg
import pytest

from dagster_project import dbt_runner, definitions, incidents
from dagster_project.instance import close_dead_runs, open_instance
from dagster_project.project import Project
from data_contracts.layout import Home
from data_contracts.lock import exclusive
from tests.integration.run import tiny
from tests.support.local_servers import Posts

CONFIG = {"resources": {"session": {"config": {"date_reference": "2026-11-01"}}}}


@pytest.fixture
def failed(home: Home, tmp_path: Path, webhook: Posts, monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """Run a warehouse that can't be published as Dagster does, and return what the alert says."""
    monkeypatch.setenv("PARC_HOME", str(home.root))
    monkeypatch.setattr(definitions, "LOCK_PATIENCE", 0.0)

    def run(made: Project) -> str:
        parsed = dbt_runner.parse(made.dbt, tmp_path / "cache")
        job = definitions.build_definitions(made, parsed).resolve_job_def(definitions.JOB)
        with open_instance(home) as instance:
            done = job.execute_in_process(CONFIG, instance=instance, raise_on_error=False)
            assert not done.success
            event = next(event for event in done.all_events if event.event_type is dg.DagsterEventType.RUN_FAILURE)
            record = instance.get_run_by_id(done.run_id)
            sensor = incidents.alert_sensor()
            sensor(dg.build_run_status_sensor_context(sensor.name, event, instance, record).for_run_failure())
        [alert] = webhook.received
        return str(alert["quoi"])

    return run


@pytest.fixture
def project(tmp_path: Path) -> Callable[..., Project]:
    def write(home: Home, rows: Sequence[Mapping[str, object]] = tiny.SOUND, **models: str) -> Project:
        made = tiny.project(tmp_path, **models)
        tiny.land(home, made, rows)
        return made

    return write


def test_a_check_that_refuses_is_told_with_its_keys(
    home: Home, failed: Callable[..., str], project: Callable[..., Project]
) -> None:
    said = failed(project(home, [*tiny.SOUND, {"id": -3, "code": "A"}]))

    assert said.startswith("Publication refusée : 1 contrôle bloquant rompu")
    assert "clés : -3" in said


def test_a_lock_that_stays_taken_is_told(home: Home, failed: Callable[..., str], project: Callable[..., Project]) -> None:
    made = project(home)
    with exclusive(home, "parc import"):
        said = failed(made)

    assert said.startswith(f"Publication arrêtée : {home.root} est déjà occupé par « parc import »")


def test_an_error_nobody_foresaw_is_told_by_its_kind_only(
    home: Home, failed: Callable[..., str], project: Callable[..., Project], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("Jeanne Inventée")

    monkeypatch.setattr("dagster_project.publication.publish", broken)

    assert failed(project(home)) == "Publication arrêtée : Erreur imprévue (ZeroDivisionError)."


def test_runs_whose_process_died_are_over_when_dagster_starts(home: Home) -> None:
    with open_instance(home) as instance:
        run = instance.create_run_for_job(_nothing, status=dg.DagsterRunStatus.STARTED)

    with exclusive(home, "parc run"):
        close_dead_runs(home)
    with open_instance(home) as instance:
        assert not instance.get_run_by_id(run.run_id).is_finished
    close_dead_runs(home)

    with open_instance(home) as instance:
        record = instance.get_run_by_id(run.run_id)
        assert record.status is dg.DagsterRunStatus.FAILURE
        events = [entry.dagster_event for entry in instance.all_logs(run.run_id) if entry.dagster_event]
    assert incidents.cause(home, record, events).phrase.startswith("Le traitement s'est arrêté sans rien dire")


@dg.job
def _nothing() -> None:
    pass
