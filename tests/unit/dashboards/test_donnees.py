from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
import pytest

from dashboards import donnees
from tests.unit.dashboards import made_rows, made_run

if TYPE_CHECKING:
    from data_contracts.layout import Home
    from data_contracts.publication import PublishedRun

COUNT = "select count(*) as nombre from fct_convention"


def _open_databases(home: Home) -> set[str]:
    """The runs whose database this process holds open."""
    held = (link.resolve() for link in Path("/proc/self/fd").iterdir())
    return {path.parent.name for path in held if path.name == "warehouse.duckdb" and path.is_relative_to(home.root)}


def test_a_query_returns_plain_python_values(published: PublishedRun) -> None:
    (row,) = donnees.lire(
        published, "select numero, date_effet, surface_utile_m2 from fct_convention where convention_id = $1", (made_rows.MIXTE,)
    )
    assert row["numero"] == made_rows.NUMERO
    assert str(row["date_effet"]) == "1993-07-01"
    assert str(row["surface_utile_m2"]) == "1625.50"


def test_two_runs_never_share_a_cached_answer(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    first = made_run.write_run(home)
    assert donnees.lire(first, COUNT) == [{"nombre": 29}]
    monkeypatch.setattr(made_run, "MARTS", {})
    second = made_run.write_run(home, made_run.SECOND)
    assert donnees.lire(second, COUNT) == [{"nombre": 0}]
    assert donnees.lire(first, COUNT) == [{"nombre": 29}]


def test_at_most_two_runs_are_held_open_and_a_forgotten_one_still_answers(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(made_run, "MARTS", {})
    runs = [made_run.write_run(home, f"20261101T09120{rank}Z-aaaaaa") for rank in range(3)]
    for run in runs:
        donnees.lire(run, COUNT)
    assert _open_databases(home) == {runs[1].run_id, runs[2].run_id}
    assert donnees.lire(runs[0], f"{COUNT} where true") == [{"nombre": 0}]


def test_sessions_read_the_same_run_at_the_same_time(published: PublishedRun) -> None:
    queries = [f"{COUNT} where {rank} = {rank}" for rank in range(40)]
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda query: donnees.lire(published, query), queries))
    assert answers == [[{"nombre": 29}]] * 40


def test_a_reader_can_neither_write_nor_read_a_file(published: PublishedRun) -> None:
    with pytest.raises(duckdb.Error):
        donnees.lire(published, "create table fct_autre (a int)")
    with pytest.raises(duckdb.Error):
        donnees.lire(published, "select * from read_csv('/etc/passwd')")


def test_a_process_that_holds_a_run_open_may_open_it_again(published: PublishedRun) -> None:
    with published.connect() as first, published.connect() as second:
        assert first.execute(COUNT).fetchall() == second.execute(COUNT).fetchall()
