"""Many analysts decide at once, some of them cut off: what was said to be recorded is, once, and nothing is half written."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from data_contracts import batches, decision_register
from data_contracts.decision import Titre
from data_contracts.layout import Home
from data_contracts.lock import exclusive
from tests.support.command import run_parc
from tests.support.made_decisions import A, B, C, published, workbook

ANALYSTS = 50
CUT_OFF = 15


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A published parc of three findings."""
    found = Home(tmp_path / "parc")
    published(found)
    return found


def start(home: Home, *arguments: str | Path) -> subprocess.Popen[bytes]:
    """Start `parc decision`, and leave it at work."""
    command = [str(Path(sys.executable).with_name("parc")), "decision", *map(str, arguments)]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    return subprocess.Popen(command, env={**os.environ, "PARC_HOME": str(home.root)}, **quiet)  # type: ignore[call-overload, no-any-return]


def test_decisions_taken_at_once_are_recorded_once_whoever_is_cut_off(home: Home) -> None:
    at_work = {f"motif {i}": start(home, (A, B)[i % 2], "justifié", "--motif", f"motif {i}") for i in range(ANALYSTS)}
    # The oldest one alive is the nearest to the lock: cut off each time another ends, they are met at every instant of their work.
    for ended, process in enumerate(at_work.values(), start=1):
        process.wait()
        alive = [other for other in at_work.values() if other.poll() is None]
        if alive and ended % (ANALYSTS // CUT_OFF) == 0:
            alive[0].send_signal(signal.SIGKILL)
    codes = {motif: process.wait() for motif, process in at_work.items()}

    found = decision_register.read(home)
    counted = Counter(decision.motif for decision in found.decisions)
    assert set(codes.values()) == {0, -signal.SIGKILL}
    assert {motif for motif, code in codes.items() if code == 0} <= counted.keys()
    assert set(counted.values()) == {1}
    assert len({decision.date_decision for decision in found.of(A)}) == len(found.of(A))
    assert found.damaged == ()


def test_what_a_cut_off_analyst_left_half_written_is_cleared_by_the_next_one(home: Home) -> None:
    home.decisions.mkdir(parents=True)
    (home.decisions / f"{batches.DRAFT_PREFIX}20261103T093015.123456Z-0123456789abcdef.jsonl").write_text(
        '{"anomalie', encoding="utf-8"
    )

    done = run_parc(home, "decision", B, "à traiter")

    assert (done.returncode, done.stderr) == (0, "")
    assert [path.name for path in home.decisions.iterdir() if path.name.startswith(".")] == []
    assert len(decision_register.read(home).decisions) == 1


def test_a_workbook_handed_in_twice_at_once_is_recorded_once(home: Home, tmp_path: Path) -> None:
    rows = [(Titre.CONSTAT, Titre.STATUT, Titre.MOTIF), *((finding, "corrigé", "fait") for finding in (A, B, C))]
    filled = workbook(tmp_path / "rempli.xlsx", rows)

    at_work = [start(home, "--fichier", filled) for _ in range(6)]

    assert [process.wait() for process in at_work] == [0] * 6
    assert sorted(decision.anomalie_id for decision in decision_register.read(home).decisions) == [A, B, C]


def test_a_decision_does_not_wait_for_the_run_that_holds_the_home(home: Home) -> None:
    with exclusive(home, "parc run"):
        done = run_parc(home, "decision", A, "à traiter")

    assert (done.returncode, done.stderr) == (0, "")
