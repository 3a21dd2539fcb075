"""Publishing: bytes that depend on the data only, a pointer that always names a whole run, old runs that go."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pytest

from dagster_project import publication
from dagster_project.session import new_run_id, remove_leftovers
from data_contracts.layout import REPORT_FOLDER, Home
from data_contracts.loader import products
from data_contracts.publication import current_run, published_runs
from tests.unit.dagster_project import made

NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)
STEPS = ["write_marts", "write_database", "write_manifest", "reveal", "point_to", "prune"]
AGREEMENT = {"fct_convention": [{"convention_id": "ecoloweb:1"}]}
OTHER_AGREEMENT = {"fct_convention": [{"convention_id": "ecoloweb:2"}]}


def agreements(home: Home) -> list[tuple[Any, ...]]:
    with current_run(home).connect() as connection:
        return connection.execute("select convention_id from fct_convention").fetchall()


def test_a_published_run_has_every_mart_a_database_and_a_manifest(home: Home) -> None:
    run = made.published(home, AGREEMENT)

    assert sorted(path.stem for path in (run.path / "marts").iterdir()) == sorted(products())
    assert agreements(home) == [("ecoloweb:1",)]
    assert run.manifest["run_id"] == run.run_id


def test_a_published_run_has_its_quality_report(home: Home) -> None:
    run = made.published(home, AGREEMENT)

    assert sorted(path.name for path in (run.path / REPORT_FOLDER).iterdir()) == ["rapport-qualite.html", "rapport-qualite.xlsx"]


def test_the_manifest_gives_the_rows_and_the_hash_of_each_mart(home: Home) -> None:
    run = made.published(home, AGREEMENT)

    digest = hashlib.sha256(run.mart_path("fct_convention").read_bytes()).hexdigest()
    assert run.manifest["marts"]["fct_convention"] == {"lignes": 1, "sha256": digest}
    assert run.manifest["marts"]["fct_lot"]["lignes"] == 0


def test_the_manifest_says_from_what_by_which_code_at_which_date_and_with_which_checks(home: Home) -> None:
    delivery = made.land(home, {"ecolo_region": [{"id": 1}]})
    manifest = made.published(home, AGREEMENT, deliveries=[delivery]).manifest

    assert manifest["livraisons"] == [json.loads(delivery.model_dump_json())]
    assert manifest["date_reference"] == "2026-11-01"
    assert manifest["decisions"] == {"lues": 0, "empreinte": hashlib.sha256(b"").hexdigest()}
    assert manifest["version_code"]
    assert manifest["controles"] == [made.control().model_dump(mode="json")]
    assert datetime.fromisoformat(manifest["publie_le"]).utcoffset() == timedelta(0)


def test_the_published_database_says_what_tables_and_columns_mean(home: Home) -> None:
    with made.published(home, {}).connect() as connection:
        table = connection.execute("select comment from duckdb_tables() where table_name = 'fct_lot'").fetchone()
        column = connection.execute(
            "select comment from duckdb_columns() where table_name = 'fct_lot' and column_name = 'lot_id'"
        ).fetchone()

    assert table is not None
    assert "Lots courants" in table[0]
    assert column == ("Identifiant du lot.",)


def test_the_pointer_is_a_relative_link(home: Home) -> None:
    run = made.published(home, AGREEMENT)

    assert home.current.is_symlink()
    assert str(home.current.readlink()) == run.run_id


def test_a_published_run_leaves_no_work_behind(home: Home) -> None:
    made.published(home, AGREEMENT)

    assert list(home.builds.iterdir()) == []
    assert [path.name for path in home.published.iterdir() if path.name.startswith(".")] == []


def test_the_bytes_of_a_mart_do_not_depend_on_the_threads_nor_on_the_order_of_the_rows(tmp_path: Path) -> None:
    rows = 300_000
    written = []
    for threads, order in ((1, "i"), (2, "hash(i)"), (4, "-i")):
        database, folder = tmp_path / f"{threads}.duckdb", tmp_path / str(threads)
        made.build(database, {})
        folder.mkdir()
        with duckdb.connect(str(database)) as connection:
            connection.execute(
                "insert into marts.fct_logement by name "
                f"select 'ecoloweb:' || i as logement_id, 'ecoloweb:' || i // 3 as lot_id, 'T' || i % 5 as typologie "
                f"from range({rows}) as r(i) order by {order}"
            )
        publication.write_marts(database, folder, [products()["fct_logement"]], threads)
        written.append((folder / "fct_logement.parquet").read_bytes())

    assert written[1] == written[0]
    assert written[2] == written[0]


def cut_before(step: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Make a step of the publication fail before it does anything."""

    def fails(*_: object) -> None:
        raise OSError("power cut")

    monkeypatch.setattr(publication, step, fails)


@pytest.mark.parametrize("step", STEPS)
def test_a_failure_between_two_steps_leaves_the_run_that_was_or_the_new_one_whole(
    home: Home, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    before = made.published(home, AGREEMENT)
    cut_before(step, monkeypatch)

    with pytest.raises(OSError, match="power cut"):
        made.published(home, OTHER_AGREEMENT)

    moved = step == "prune"
    assert (current_run(home).path != before.path) is moved
    assert agreements(home) == ([("ecoloweb:2",)] if moved else [("ecoloweb:1",)])
    assert before in published_runs(home)


@pytest.mark.parametrize("step", ["write_database", "reveal", "point_to"])
def test_the_next_run_clears_what_a_failure_left_and_publishes(home: Home, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    with monkeypatch.context() as broken:
        cut_before(step, broken)
        with pytest.raises(OSError, match="power cut"):
            made.published(home, AGREEMENT)

    remove_leftovers(home)
    made.published(home, OTHER_AGREEMENT)

    assert agreements(home) == [("ecoloweb:2",)]
    assert [path.name for path in home.published.iterdir() if path.name.startswith(".")] == []


def aged(home: Home, ages: dict[str, timedelta], current: str) -> None:
    for run_id, age in ages.items():
        folder = home.published / run_id
        folder.mkdir(parents=True)
        manifest = {"publie_le": (NOW - age).isoformat()}
        (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    home.current.symlink_to(current)


def test_only_the_last_ten_runs_are_kept(home: Home) -> None:
    aged(home, {f"r{i:02}": timedelta(days=20 - i) for i in range(13)}, "r12")

    assert publication.prune(home, NOW) == ["r00", "r01", "r02"]
    assert [run.run_id for run in published_runs(home)] == [f"r{i:02}" for i in range(3, 13)]


def test_a_run_younger_than_an_hour_is_never_removed(home: Home) -> None:
    aged(home, {f"r{i:02}": timedelta(minutes=59 if i else 61) for i in range(13)}, "r12")

    assert publication.prune(home, NOW) == ["r00"]


def test_the_current_run_is_never_removed(home: Home) -> None:
    aged(home, {f"r{i:02}": timedelta(days=20 - i) for i in range(13)}, "r01")

    assert publication.prune(home, NOW) == ["r00", "r02"]
    assert current_run(home).run_id == "r01"


def test_a_run_is_named_after_those_before_it_even_where_the_clock_went_back(home: Home) -> None:
    made.published(home, {}, run_id="20261101T080000Z-ffffff")
    for now in (datetime(2020, 1, 1, tzinfo=UTC), datetime(2026, 11, 1, 8, 0, 0, 5, tzinfo=UTC)):
        assert new_run_id(home, now).startswith("20261101T080001Z-")
    assert new_run_id(home, datetime(2026, 11, 2, tzinfo=UTC)).startswith("20261102T000000Z-")
