"""Readers never wait for a writer nor see half of its work, and two writers never meet."""

from __future__ import annotations

import shutil
import subprocess
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from data_contracts.layout import Home
from data_contracts.lock import exclusive
from data_contracts.publication import PublishedRun, current_run
from ingest.demo import generate
from tests.support.command import parc_does, run_parc
from tests.support.published import file_hashes

SMALL, LARGER = 40, 90


@pytest.fixture(scope="module")
def two_deliveries(tmp_path_factory: pytest.TempPathFactory, publish: Callable[[Home], object]) -> Home:
    """A home that published a small parc and received a larger one."""
    folder = tmp_path_factory.mktemp("two")
    home = Home(folder / "parc")
    parc_does(home, "import", "ecoloweb", generate(SMALL, 1, folder / "small").dump)
    publish(home)
    parc_does(home, "import", "ecoloweb", generate(LARGER, 2, folder / "larger").dump)
    return home


@pytest.fixture
def home(two_deliveries: Home, tmp_path: Path) -> Home:
    """A copy of it for one test."""
    shutil.copytree(two_deliveries.root, tmp_path / "parc", symlinks=True)
    return Home(tmp_path / "parc")


def read(run: PublishedRun) -> tuple[int, int]:
    """Count the agreements in two marts of one run."""
    marts = run.connect()
    counts = marts.execute("select (select count(*) from fct_convention), (select count(*) from rec_convention)").fetchone()
    marts.close()
    assert counts is not None
    return counts


def test_readers_see_one_whole_run_at_every_instant_of_the_next_one(home: Home) -> None:
    seen: set[tuple[int, int]] = set()
    errors: list[Exception] = []
    done = threading.Event()

    def keep_reading() -> None:
        while not done.is_set():
            try:
                seen.add(read(current_run(home)))
            except Exception as error:  # noqa: BLE001 - whatever a reader meets is the failure this test looks for
                errors.append(error)

    reader = threading.Thread(target=keep_reading)
    reader.start()
    try:
        parc_does(home, "run")
    finally:
        done.set()
        reader.join()

    assert errors == []
    assert seen - {(LARGER, LARGER)} == {(SMALL, SMALL)}
    assert read(current_run(home)) == (LARGER, LARGER)


def test_a_reader_keeps_its_run_while_another_is_published(home: Home, publish: Callable[[Home], object]) -> None:
    mine = current_run(home)
    marts = mine.connect()

    publish(home)

    assert marts.execute("select count(*) from fct_convention").fetchone() == (SMALL,)
    marts.close()
    assert current_run(home).run_id != mine.run_id


@pytest.mark.parametrize("arguments", [("run",), ("import", "ecoloweb", "livraison.sql")])
def test_a_second_writer_is_told_who_holds_the_lock_and_changes_nothing(home: Home, arguments: tuple[str, ...]) -> None:
    before = file_hashes(home.root)
    with exclusive(home, "parc run"):
        done: subprocess.CompletedProcess[str] = run_parc(home, *arguments)

    assert done.returncode == 2
    assert "parc run" in done.stderr
    assert "attendre" in done.stderr
    after = {path: digest for path, digest in file_hashes(home.root).items() if path != ".verrou"}
    assert after == {path: digest for path, digest in before.items() if path != ".verrou"}
