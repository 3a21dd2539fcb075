"""The Dagster instance of a home: where the history of the runs is kept, telemetry off."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import TYPE_CHECKING

from data_contracts.errors import TransientError
from data_contracts.layout import Home
from data_contracts.lock import exclusive

if TYPE_CHECKING:
    from dagster import DagsterInstance

SETTINGS = """\
telemetry:
  enabled: false
event_log_storage:
  module: dagster_project.history
  class: HistoryStorage
  config:
    base_dir: {folder}
compute_logs:
  module: dagster._core.storage.noop_compute_log_manager
  class: NoOpComputeLogManager
concurrency:
  runs:
    tag_concurrency_limits:
      - key: parc/file
        limit: 1
run_monitoring:
  enabled: true
  max_runtime_seconds: 7200
"""
"""The runs that sensors and schedules start wait for each other: all of them want the lock of the home. A run whose process died
unseen would keep its place for ever: it is given up after two hours, many times what the longest takes."""


def write_settings(home: Home) -> None:
    """Create DAGSTER_HOME with its settings."""
    home.dagster.mkdir(parents=True, exist_ok=True)
    path = home.dagster / "dagster.yaml"
    settings = SETTINGS.format(folder=json.dumps(str(home.dagster)))
    if not path.exists() or path.read_text(encoding="utf-8") != settings:
        draft = path.with_suffix(".tmp")
        draft.write_text(settings, encoding="utf-8")
        draft.replace(path)


def open_instance(home: Home) -> DagsterInstance:
    """Return the instance of a home, created at its first use."""
    from dagster import DagsterInstance  # noqa: PLC0415 - a second of import

    write_settings(home)
    return DagsterInstance.from_config(str(home.dagster))


def close_dead_runs(home: Home) -> None:
    """Say, before Dagster starts, that the runs whose process died are over: they would keep their place in its queue.

    While somebody holds the lock, one of them may be alive: nothing is said.
    """
    from dagster import DagsterRunStatus, RunsFilter  # noqa: PLC0415 - see open_instance

    unfinished = [DagsterRunStatus.STARTING, DagsterRunStatus.STARTED, DagsterRunStatus.CANCELING]
    with suppress(TransientError), exclusive(home, "parc dagster"), open_instance(home) as instance:
        for run in instance.get_runs(RunsFilter(statuses=unfinished)):
            instance.report_run_failed(run, "Le processus de ce run est mort avant sa fin.")
