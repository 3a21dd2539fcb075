"""What is kept of dbt's events: enough to follow a build and to understand a failure.

Most of the thousands of events of a build are debugging ones, that nothing here reads; dbt lets its event manager be replaced,
and this one leaves them out before they are turned into messages. Importing this module imports dbt.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import UTC, datetime
from typing import IO, Any

from dbt_common.events.base_types import BaseEvent, EventLevel, EventMsg
from dbt_common.events.event_manager import EventManager
from dbt_common.events.event_manager_client import ctx_set_event_manager, get_event_manager

FINISHED = "NodeFinished"
LOGGED = {EventLevel.INFO.value, EventLevel.WARN.value, EventLevel.ERROR.value}


class FewEvents(EventManager):
    """Drops the debugging events, but for the end of a node."""

    def fire_event(
        self,
        e: BaseEvent,
        level: EventLevel | None = None,
        node: Any = None,  # noqa: ANN401 - dbt's signature
        force_warn_or_error_handling: bool = False,  # noqa: FBT001, FBT002 - dbt's signature
    ) -> None:
        """Pass on an event worth a message."""
        if (level or e.level_tag()) is not EventLevel.DEBUG or type(e).__name__ == FINISHED:
            super().fire_event(e, level, node, force_warn_or_error_handling)


class Listener:
    """Hears events from any of dbt's threads: writes the readable ones in a file, counts the nodes finished."""

    def __init__(self, file: IO[str], on_node: Callable[[int], None]) -> None:
        """Write on `file`; call `on_node` with the number of nodes finished so far."""
        self._file, self._on_node = file, on_node
        self._done = 0
        self._lock = threading.Lock()

    def __call__(self, event: EventMsg) -> None:
        """Hear one event."""
        with self._lock:
            if event.info.level in LOGGED:
                self._file.write(f"{datetime.now(UTC):%H:%M:%S} {event.info.level:<5} {getattr(event.info, 'msg', '')}\n")
            if event.info.name == FINISHED:
                self._done += 1
                self._on_node(self._done)


def leave_debugging_out() -> None:
    """Make dbt leave the debugging events out, for good: its threads may outlive an interrupted build."""
    if not isinstance(get_event_manager(), FewEvents):
        ctx_set_event_manager(FewEvents())
