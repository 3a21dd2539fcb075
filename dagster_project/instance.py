"""The Dagster instance of a home: where the history of the runs is kept, telemetry off."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from data_contracts.layout import Home

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
"""


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
