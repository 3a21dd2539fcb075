"""Readers never wait for a writer nor see half of its work, and two writers never meet."""

from __future__ import annotations

import subprocess
import threading
from collections.abc import Callable

import pytest

from data_contracts.layout import Home
from data_contracts.lock import exclusive
from data_contracts.publication import PublishedRun, current_run
from tests.concurrency.conftest import LARGER, SMALL
from tests.support.command import parc_does, run_parc
from tests.support.published import file_hashes


@pytest.fixture
def home(changing: Home) -> Home:
    """A parc that a run is about to change."""
    return changing


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
