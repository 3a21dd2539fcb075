"""How a run tells a person where it is. The steps of a run know this interface, never the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from dagster_project import french

if TYPE_CHECKING:
    from rich.console import Console
    from rich.status import Status


class Progress(Protocol):
    """What a run calls as it goes."""

    def start(self, step: str) -> None:
        """A step begins."""

    def detail(self, text: str) -> None:
        """Say where the running step is."""

    def done(self, step: str, summary: str, seconds: float) -> None:
        """A step is over."""

    def failed(self, step: str) -> None:
        """A step could not finish."""


class SilentProgress:
    """Says nothing: for runs started from the Dagster interface, and for tests."""

    def start(self, step: str) -> None:
        """Say nothing."""

    def detail(self, text: str) -> None:
        """Say nothing."""

    def done(self, step: str, summary: str, seconds: float) -> None:
        """Say nothing."""

    def failed(self, step: str) -> None:
        """Say nothing."""


class TerminalProgress:
    """One line a finished step; on a terminal, a moving line for the running one."""

    def __init__(self, console: Console) -> None:
        """Write on `console`."""
        self._console = console
        self._step = ""
        self._status: Status | None = None

    def start(self, step: str) -> None:
        """Show the step that begins."""
        self._step = step
        if self._console.is_terminal:
            self._status = self._console.status(step)
            self._status.start()

    def detail(self, text: str) -> None:
        """Show where the running step is."""
        if self._status is not None:
            self._status.update(f"{self._step} : {text}")

    def done(self, step: str, summary: str, seconds: float) -> None:
        """Write the line of a finished step."""
        self._stop()
        self._console.print(f"✓ {step:<22} {summary:<42} {french.seconds(seconds):>9}", highlight=False, markup=False)

    def failed(self, step: str) -> None:
        """Write the line of a step that could not finish."""
        self._stop()
        self._console.print(f"✗ {step}", highlight=False, markup=False)

    def _stop(self) -> None:
        if self._status is not None:
            self._status.stop()
            self._status = None
