"""What a command costs, whole or by part: time, processor, memory of all its processes, bytes written, room taken."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parents[2]
BIN = Path(sys.executable).parent
KIBIBYTE = 1024
INTERVAL = 0.5
"""Seconds between two looks."""


@dataclass(frozen=True)
class Measure:
    """What a part of a command cost: seconds, bytes."""

    part: str
    wall_s: float
    cpu_s: float
    peak_rss: int
    """Of all its processes at one moment."""
    written: int
    """What was sent to the disk."""
    held: int
    """Room that the files of the folder looked at took at most."""


@dataclass(frozen=True)
class _Look:
    """What is seen at one moment, since the start."""

    at: float
    cpu_s: float
    rss: int
    written: int
    held: int


@dataclass
class Watch:
    """A command that is looked at every now and then, and each time it says something."""

    process: psutil.Process
    folder: Path
    start: float
    looks: list[_Look] = field(default_factory=list)
    said: list[tuple[float, str]] = field(default_factory=list)
    """Its lines, with the moment each was read."""
    _written: dict[int, int] = field(default_factory=dict)
    _over: threading.Event = field(default_factory=threading.Event)

    def look(self) -> None:
        """Note what the command has cost so far."""
        cpu, rss = 0.0, 0
        with suppress(psutil.NoSuchProcess):
            for process in (self.process, *self.process.children(recursive=True)):
                with suppress(psutil.NoSuchProcess, psutil.AccessDenied):
                    spent = process.cpu_times()
                    cpu += spent.user + spent.system + (spent.children_user + spent.children_system)
                    rss += process.memory_info().rss
                    self._written[process.pid] = process.io_counters().write_bytes
        held = sum(_size(path) for path in self.folder.rglob("*"))
        self.looks.append(_Look(time.perf_counter() - self.start, cpu, rss, sum(self._written.values()), held))

    def until_over(self) -> None:
        """Look until told to stop."""
        while not self._over.wait(INTERVAL):
            self.look()

    def stop(self) -> None:
        """Look no more."""
        self._over.set()

    def between(self, part: str, start: float, end: float) -> Measure:
        """Return what was spent between two moments, as near as the looks tell."""
        before = [look for look in self.looks if look.at <= start] or [_Look(0.0, 0.0, 0, 0, 0)]
        during = [look for look in self.looks if start < look.at <= end] or [self.looks[-1]]
        return Measure(
            part=part,
            wall_s=end - start,
            cpu_s=max(look.cpu_s for look in during) - before[-1].cpu_s,
            peak_rss=max(look.rss for look in during),
            written=during[-1].written - before[-1].written,
            held=max(look.held for look in during),
        )


def measure(
    part: str,
    command: Sequence[str | Path],
    environment: Mapping[str, str],
    folder: Path,
    part_that_ends: Callable[[str], str | None] = lambda _line: None,
) -> list[Measure]:
    """Run a command to its end; return what the whole of it cost, then each of its parts.

    `part_that_ends` names the part whose end a line of its output tells, None for any other line.
    Raises CalledProcessError when the command fails.
    """
    start = time.perf_counter()
    with subprocess.Popen(
        list(map(str, command)),
        env={**environment, "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        cwd=ROOT,
    ) as process:
        watch = Watch(psutil.Process(process.pid), folder, start)
        looker = threading.Thread(target=watch.until_over)
        looker.start()
        try:
            assert process.stdout is not None
            for line in process.stdout:
                watch.said.append((time.perf_counter() - start, line))
                if part_that_ends(line):
                    watch.look()
        finally:
            watch.stop()
            looker.join()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    wall = time.perf_counter() - start
    if process.returncode:
        sys.stderr.write("".join(line for _, line in watch.said))
        raise subprocess.CalledProcessError(process.returncode, list(map(str, command)))
    whole = watch.between(part, 0.0, wall)
    # what it did between two looks, or after the last, the system counted
    cpu, peak = usage.ru_utime + usage.ru_stime, usage.ru_maxrss * KIBIBYTE
    spent = Measure(part, wall, max(whole.cpu_s, cpu), max(whole.peak_rss, peak), whole.written, whole.held)
    return [spent, *_parts(watch, part_that_ends)]


def _parts(watch: Watch, part_that_ends: Callable[[str], str | None]) -> list[Measure]:
    parts, before = [], 0.0
    for moment, line in watch.said:
        if part := part_that_ends(line):
            parts.append(watch.between(part, before, moment))
            before = moment
    return parts


def _size(path: Path) -> int:
    """Return the room that a file takes on the disk, 0 for one that has just gone."""
    try:
        return path.lstat().st_blocks * 512
    except FileNotFoundError:
        return 0
