"""The register of findings: merged with the current run, written whole, and never lost by a crash."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

import duckdb
import pytest

from dagster_project import register
from data_contracts.errors import BadInputError
from data_contracts.layout import Home
from data_contracts.publication import PublishedRun

Finding = tuple[str, str, str, str]
"""anomalie_id, message, premiere_vue, derniere_vue."""


def published(home: Home, run_id: str, findings: Iterable[Finding]) -> PublishedRun:
    """Make a run that published these findings the current one."""
    run = PublishedRun(home, home.published / run_id)
    run.mart_path(register.MART).parent.mkdir(parents=True)
    with duckdb.connect() as connection:
        connection.execute(f"create table t ({register.columns()})")
        for finding in findings:
            connection.execute("insert into t (anomalie_id, message, premiere_vue, derniere_vue) values (?, ?, ?, ?)", finding)
        connection.execute(f"copy (from t order by anomalie_id) to '{run.mart_path(register.MART)}' (format parquet)")
    home.current.unlink(missing_ok=True)
    home.current.symlink_to(run_id)
    return run


def publish_evidence(home: Home, run_id: str, findings: dict[str, str]) -> None:
    """Publish a run that made these findings, with the fingerprint of their evidence, and record it."""
    run = PublishedRun(home, home.published / run_id)
    run.mart_path(register.MART).parent.mkdir(parents=True)
    with duckdb.connect() as connection:
        connection.execute(f"create table t ({register.columns()})")
        for finding, seen in findings.items():
            connection.execute("insert into t (anomalie_id, empreinte_preuve) values (?, ?)", [finding, seen])
        connection.execute(f"copy t to '{run.mart_path(register.MART)}' (format parquet)")
    home.current.unlink(missing_ok=True)
    home.current.symlink_to(run_id)
    register.record(home, run)


def loaded(home: Home) -> list[tuple[str, str, date, date]]:
    with duckdb.connect() as connection:
        connection.execute(f"create table registre ({register.columns()})")
        register.load(connection, home, "registre")
        return connection.execute("select anomalie_id, message, premiere_vue, derniere_vue from registre order by 1").fetchall()


def test_a_new_home_has_no_finding(home: Home) -> None:
    assert loaded(home) == []


def test_findings_of_pruned_runs_are_kept(home: Home) -> None:
    register.record(home, published(home, "1", [("a", "un", "2025-01-01", "2025-01-01")]))
    register.record(home, published(home, "2", [("b", "deux", "2026-01-01", "2026-01-01")]))

    assert [row[0] for row in loaded(home)] == ["a", "b"]


def test_a_finding_has_its_earliest_and_latest_days_and_the_words_of_its_latest_run(home: Home) -> None:
    register.record(home, published(home, "1", [("a", "avant", "2025-01-01", "2025-06-01")]))
    register.record(home, published(home, "2", [("a", "après", "2025-03-01", "2026-01-01")]))

    assert loaded(home) == [("a", "après", date(2025, 1, 1), date(2026, 1, 1))]


def test_a_run_published_by_a_process_killed_before_the_register_is_read_all_the_same(home: Home) -> None:
    register.record(home, published(home, "1", [("a", "un", "2025-01-01", "2025-01-01")]))
    published(home, "2", [("b", "deux", "2026-01-01", "2026-01-01")])

    assert [row[0] for row in loaded(home)] == ["a", "b"]


def test_what_was_decided_of_a_finding_is_not_kept_with_it() -> None:
    kept = register.columns()

    assert "empreinte_preuve" in kept
    assert "decision" not in kept
    assert "est_a_traiter" not in kept


def test_the_evidence_of_a_finding_is_that_of_the_current_run_else_the_last_one_known(home: Home) -> None:
    publish_evidence(home, "1", {"a": "e1", "b": "e1"})
    publish_evidence(home, "2", {"a": "e2", "c": "e3"})

    assert register.evidence(home, ["a", "b", "c", "d", "'", "\udcff"]) == {"a": "e2", "b": "e1", "c": "e3"}
    assert register.evidence(home, []) == {}


def test_there_is_no_evidence_before_the_first_publication(home: Home) -> None:
    with pytest.raises(BadInputError, match="Aucune publication"):
        register.evidence(home, ["a"])


def test_recording_a_run_twice_writes_the_same_bytes(home: Home) -> None:
    run = published(home, "1", [(name, name, "2025-01-01", "2025-01-01") for name in "dcba"])
    register.record(home, run)
    first = home.findings.read_bytes()

    register.record(home, run)

    assert home.findings.read_bytes() == first


def test_a_register_of_an_older_version_lacks_columns_and_is_read(home: Home) -> None:
    home.register.mkdir(parents=True)
    with duckdb.connect() as connection:
        connection.execute(
            "copy (select 'a' as anomalie_id, 'un' as message, date '2025-01-01' as premiere_vue, "
            f"date '2025-01-01' as derniere_vue, 1 as colonne_disparue) to '{home.findings}' (format parquet)"
        )

    assert loaded(home) == [("a", "un", date(2025, 1, 1), date(2025, 1, 1))]


def test_a_damaged_register_is_one_sentence_that_says_what_to_do(home: Home) -> None:
    home.register.mkdir(parents=True)
    home.findings.write_bytes(b"abime")

    with pytest.raises(BadInputError, match="ne se lit pas : le restaurer d'une sauvegarde"):
        loaded(home)


def test_a_killed_writing_leaves_the_register_as_it_was(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    register.record(home, published(home, "1", [("a", "un", "2025-01-01", "2025-01-01")]))
    before = home.findings.read_bytes()
    run = published(home, "2", [("b", "deux", "2026-01-01", "2026-01-01")])

    def killed(_: Path, __: Path) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "replace", killed)
    with pytest.raises(KeyboardInterrupt):
        register.record(home, run)

    assert home.findings.read_bytes() == before
