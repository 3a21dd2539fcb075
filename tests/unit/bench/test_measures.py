"""What the bench says a command cost: the whole of it, its parts where it tells them, and a mark beyond a target."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.bench.measures import measure
from tests.bench.sizes import step_that_ends
from tests.bench.targets import Target

RUN = """
import pathlib, sys
kept = b"x" * (64 << 20)
print("Date de référence : 01/11/2026")
pathlib.Path(sys.argv[1], "poids").write_bytes(bytes(1 << 20))
print("✓ Préparation            1 livraison                    0,1 s")
print("✓ Publication            44 marts                       0,1 s")
"""


def test_a_command_is_measured_whole_then_step_by_step(tmp_path: Path) -> None:
    whole, *steps = measure("parc run", [sys.executable, "-c", RUN, tmp_path], os.environ, tmp_path, step_that_ends)

    assert [step.part for step in steps] == ["Préparation", "Publication"]
    assert 0 < sum(step.wall_s for step in steps) <= whole.wall_s
    assert whole.cpu_s > 0
    assert whole.peak_rss >= 64 << 20
    assert whole.held >= 1 << 20


def test_a_command_that_fails_is_no_measure(tmp_path: Path) -> None:
    with pytest.raises(subprocess.CalledProcessError):
        measure("parc run", [sys.executable, "-c", "raise SystemExit(2)"], os.environ, tmp_path)


@pytest.mark.parametrize(("found", "is_marked"), [(34.9, False), (35.1, True)])
def test_a_measure_beyond_its_target_is_marked(found: float, *, is_marked: bool) -> None:
    assert Target("time", found, 35, "s").line.endswith("*") is is_marked
