"""Where Dagster keeps the history of the runs: one SQLite file, one connection, no wait for the disk.

Dagster's own SQLite storages open a database engine and flush the disk at each event: 16 s of work for the events of one run,
4 s here. The history can be lost without harm (the published runs carry their own manifest), so nothing waits for the disk.
Named by `dagster.yaml`, as Dagster's documentation names its own storages; the class extended is one of its public ones.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import sqlalchemy
from dagster._core.storage.event_log import ConsolidatedSqliteEventLogStorage  # the path Dagster documents for it
from sqlalchemy.pool import StaticPool

BUSY_SECONDS = 30


class HistoryStorage(ConsolidatedSqliteEventLogStorage):
    """The event log of a home."""

    def __init__(self, base_dir: str, inst_data: Any = None) -> None:  # noqa: ANN401 - Dagster's own configuration record
        """Open the history kept in the folder `base_dir`."""
        self._history: sqlalchemy.Engine | None = None
        self._turn = threading.RLock()
        super().__init__(base_dir, inst_data)

    @contextmanager
    def run_connection(self, run_id: str | None = None) -> Iterator[sqlalchemy.Connection]:  # noqa: ARG002 - every run in one file
        """Give the connection, in a transaction, to one thread at a time."""
        with self._turn, self._engine().connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def index_connection(self) -> Iterator[sqlalchemy.Connection]:
        """Give the connection: runs and index share it."""
        with self.run_connection() as connection:
            yield connection

    def dispose(self) -> None:
        """Close the connection."""
        super().dispose()  # type: ignore[no-untyped-call] # Dagster leaves it untyped
        if self._history is not None:
            self._history.dispose()

    def _engine(self) -> sqlalchemy.Engine:
        if self._history is None:
            url = sqlalchemy.URL.create("sqlite", database=self.get_db_path())  # type: ignore[no-untyped-call] # same
            arguments = {"timeout": BUSY_SECONDS, "check_same_thread": False}
            self._history = sqlalchemy.create_engine(url, poolclass=StaticPool, connect_args=arguments)
            with self._history.connect() as connection:
                connection.exec_driver_sql("pragma synchronous = off")
        return self._history
