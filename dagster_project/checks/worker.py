"""A process beside the run that holds Great Expectations: its import takes seconds of Python, which would otherwise be waited for.

The import starts with the first suites, at the head of a run, and goes on, on another core, while Dagster and dbt load. The
controls of suites are answered as soon as they are known; their Data Docs are written next, while the run goes on. The process ends
with the run: when it is told to, or, should the run be killed, as soon as it finds the pipe closed.
"""

from __future__ import annotations

import itertools
import multiprocessing
import os
import signal
import sys
import threading
import traceback
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from types import TracebackType
from typing import NoReturn, Self

from dagster_project.checks.control import Control
from dagster_project.checks.suites import Suite
from data_contracts.errors import RefusedError

WARNINGS = "PYTHONWARNINGS"
STOPPED = "Le processus des contrôles Great Expectations s'est arrêté : relancer « parc run »."


@dataclass(frozen=True)
class Failure:
    """What the process answers when suites can't be executed, or their pages written."""

    trace: str


class Documented:
    """What the process answers once the pages of suites are written."""


class CheckWorker:
    """Executes suites in its own process, in the order they are submitted."""

    def __init__(self) -> None:
        """Start the process, and return at once."""
        context = multiprocessing.get_context("spawn")
        self._channel, theirs = context.Pipe()
        self._answers: dict[int, list[Control]] = {}
        self._writing: set[int] = set()
        self._tickets = itertools.count(1)
        self._process = context.Process(target=_serve, args=(theirs,), name="parc-controles", daemon=True)
        with _undisturbed():
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

    def submit(self, suites: Sequence[Suite], database: Path | None, pages: Path) -> int:
        """Ask for suites to be executed (see `measure.measure`) and documented in the folder `pages`; return their ticket."""
        ticket = next(self._tickets)
        try:
            self._channel.send((ticket, tuple(suites), database, pages))
        except OSError as error:
            raise RefusedError(STOPPED) from error
        self._writing.add(ticket)
        return ticket

    def controls(self, ticket: int) -> list[Control]:
        """Wait for the controls of submitted suites. Raises RefusedError when the process died."""
        while ticket not in self._answers:
            self._receive()
        return self._answers.pop(ticket)

    def settle(self) -> None:
        """Wait until the pages of everything submitted are written. Raises RefusedError when the process died."""
        while self._writing:
            self._receive()

    def _receive(self) -> None:
        try:
            ticket, answer = self._channel.recv()
        except (EOFError, OSError) as error:
            raise RefusedError(STOPPED) from error
        match answer:
            case Failure():
                self._writing.discard(ticket)
                raise RuntimeError(answer.trace)
            case Documented():
                self._writing.discard(ticket)
            case _:
                self._answers[ticket] = answer


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Let what is started in the block ignore interruptions at the keyboard: they are the run's business, which ends its processes.

    Python also starts there the process that gives back the system locks of killed processes; it does so without a word.
    """
    warnings = os.environ.get(WARNINGS)
    os.environ[WARNINGS] = ",".join(filter(None, (warnings, "ignore:resource_tracker:UserWarning")))
    previous = signal.signal(signal.SIGINT, signal.SIG_IGN) if threading.current_thread() is threading.main_thread() else None
    try:
        yield
    finally:
        if previous is not None:
            signal.signal(signal.SIGINT, previous)
        if warnings is None:
            del os.environ[WARNINGS]
        else:
            os.environ[WARNINGS] = warnings


def _serve(channel: Connection) -> None:
    """Answer until the pipe closes."""
    # An ordinary exit: libraries hold system locks that only their own clean-up gives back.
    signal.signal(signal.SIGTERM, _leave)
    while True:
        try:
            # Read before the imports: who sends suites, larger than a pipe, waits until they are read.
            ticket, suites, database, pages = channel.recv()
        except (EOFError, OSError):
            _leave()
        from dagster_project.checks import data_docs, measure  # noqa: PLC0415 - seconds of import, paid in this process only

        try:
            measured = measure.measure(suites, database, pages.parent)
            channel.send((ticket, [control for one in measured for control in one.controls]))
            data_docs.write(pages, measured)
            answer: Documented | Failure = Documented()
        except Exception:  # noqa: BLE001 - whatever it is, the run must hear of it
            answer = Failure(traceback.format_exc())
        channel.send((ticket, answer))


def _leave(*_: object) -> NoReturn:
    """End the process once: told again while it cleans up, it would complain of the clean-up it cuts short."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    sys.exit()
