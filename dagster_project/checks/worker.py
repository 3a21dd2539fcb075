"""A process beside the run that holds Great Expectations: its import takes seconds of Python, which would otherwise be waited for.

The import starts with the run and goes on, on another core, while Dagster and dbt load. The process ends with the run: when it is
told to, or, should the run be killed, as soon as it finds the pipe closed.
"""

from __future__ import annotations

import itertools
import multiprocessing
import signal
import traceback
from collections.abc import Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from types import TracebackType
from typing import Self

from dagster_project.checks.control import Control
from dagster_project.checks.suites import Suite
from data_contracts.errors import RefusedError

STOPPED = "Le processus des contrôles Great Expectations s'est arrêté : relancer « parc run »."


@dataclass(frozen=True)
class Failure:
    """What the process answers when suites can't be executed at all."""

    trace: str


class CheckWorker:
    """Executes suites in its own process, in the order they are submitted."""

    def __init__(self) -> None:
        """Start the process and the import, and return at once."""
        context = multiprocessing.get_context("spawn")
        self._channel, theirs = context.Pipe()
        self._answers: dict[int, list[Control] | Failure] = {}
        self._tickets = itertools.count(1)
        self._process = context.Process(target=_serve, args=(theirs,), name="parc-controles", daemon=True)
        self._process.start()
        theirs.close()

    def __enter__(self) -> Self:
        """Return the worker."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """End the process, whatever it is doing."""
        self._channel.close()
        self._process.terminate()
        self._process.join()

    def submit(self, suites: Sequence[Suite], database: Path | None) -> int:
        """Ask for suites to be executed (see `measure.measure`) beside the run, and return the ticket of their controls."""
        ticket = next(self._tickets)
        try:
            self._channel.send((ticket, tuple(suites), database))
        except OSError as error:
            raise RefusedError(STOPPED) from error
        return ticket

    def controls(self, ticket: int) -> list[Control]:
        """Wait for the controls of submitted suites. Raises RefusedError when the process died."""
        while ticket not in self._answers:
            try:
                done, answer = self._channel.recv()
            except (EOFError, OSError) as error:
                raise RefusedError(STOPPED) from error
            self._answers[done] = answer
        found = self._answers.pop(ticket)
        if isinstance(found, Failure):
            raise RuntimeError(found.trace)  # noqa: TRY004 - the trace of another process, whatever its type was
        return found


def _serve(channel: Connection) -> None:
    """Answer until the pipe closes. An interruption at the keyboard is the run's business: it then ends this process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    from dagster_project.checks.measure import measure  # noqa: PLC0415 - seconds of import, paid in this process only

    while True:
        try:
            ticket, suites, database = channel.recv()
        except (EOFError, OSError):
            return
        try:
            answer: list[Control] | Failure = measure(suites, database)
        except Exception:  # noqa: BLE001 - whatever it is, the run must hear of it
            answer = Failure(traceback.format_exc())
        channel.send((ticket, answer))
