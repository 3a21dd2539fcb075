"""SIGKILL at any instant: readers keep what they had, and the next run recovers alone."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from data_contracts.delivery import deliveries
from data_contracts.layout import Home
from data_contracts.publication import current_run
from ingest.demo import generate
from tests.support.command import REFERENCE_DATE, parc_does
from tests.support.published import answers, file_hashes

CONVENTIONS = 60
IMPORT_INSTANTS = 12
RUN_INSTANTS = 8


@pytest.fixture(scope="session")
def published_home(tmp_path_factory: pytest.TempPathFactory, publish: Callable[[Home], object]) -> tuple[Home, float]:
    """A small published parc, and the seconds that one more run of it takes."""
    folder = tmp_path_factory.mktemp("kill")
    home = Home(folder / "parc")
    parc_does(home, "import", "ecoloweb", generate(CONVENTIONS, 1, folder / "demo").dump)
    publish(home)
    start = time.monotonic()
    parc_does(home, "run")
    return home, time.monotonic() - start


@pytest.fixture
def victim(published_home: tuple[Home, float], tmp_path: Path) -> tuple[Home, float]:
    """A copy of the published parc for one test to hurt."""
    home, seconds = published_home
    shutil.copytree(home.root, tmp_path / "parc", symlinks=True)
    return Home(tmp_path / "parc"), seconds


def killed_after(home: Home, seconds: float, *arguments: str | Path) -> None:
    """Start `parc`, and kill it and all it started after so many seconds, unless it ended before."""
    command = [str(Path(sys.executable).with_name("parc")), *map(str, arguments)]
    variables = {**os.environ, "PARC_HOME": str(home.root), "PARC_DATE_REFERENCE": REFERENCE_DATE}
    process = subprocess.Popen(command, env=variables, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        process.wait(timeout=seconds)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGKILL)
        process.wait()


@pytest.mark.parametrize("instant", range(RUN_INSTANTS))
def test_a_killed_run_leaves_readers_what_they_had_and_the_next_run_succeeds(
    victim: tuple[Home, float], publish: Callable[[Home], object], instant: int
) -> None:
    home, seconds = victim
    before, marts = answers(home), file_hashes(current_run(home).path)
    landing = file_hashes(home.landing)
    share = (instant + random.Random(instant).random()) / RUN_INSTANTS  # noqa: S311 - drawn inside its slice of the run, again the same

    killed_after(home, share * seconds, "run")

    after = answers(home)
    assert after[1] == before[1]
    assert file_hashes(home.published / before[0]) == marts
    assert file_hashes(home.landing) == landing
    publish(home)
    assert answers(home)[0] not in {before[0], after[0]}
    assert answers(home)[1] == before[1]
    assert list(home.builds.glob("*")) == []
    assert list(home.published.glob(".*")) == []


@pytest.mark.parametrize("instant", range(IMPORT_INSTANTS))
def test_a_killed_import_leaves_no_delivery_or_a_whole_one_and_the_next_import_succeeds(
    victim: tuple[Home, float], tmp_path: Path, instant: int
) -> None:
    home, _ = victim
    before, known = answers(home), {delivery.livraison_id for delivery in deliveries(home)}
    landing = file_hashes(home.landing)
    dump = generate(CONVENTIONS, 2, tmp_path / "demo").dump
    share = (instant + random.Random(instant).random()) / IMPORT_INSTANTS  # noqa: S311 - drawn inside its slice, again the same

    killed_after(home, share * 2.5, "import", "ecoloweb", dump)

    assert answers(home) == before
    assert {path: digest for path, digest in file_hashes(home.landing).items() if path in landing} == landing
    parc_does(home, "import", "ecoloweb", dump)
    assert len({delivery.livraison_id for delivery in deliveries(home)} - known) == 1
    assert [path.name for path in home.landing.glob("*/.*")] == []
