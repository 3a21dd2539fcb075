"""The register of decisions: whole batches, never changed, the last decision on a finding holding."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import duckdb
import pytest
from hypothesis import given, settings

from dagster_project import decisions
from dagster_project.decisions import Register
from data_contracts.decision import Decision
from data_contracts.errors import BadInputError
from data_contracts.layout import Home
from data_contracts.lock import in_turn
from tests.support import made_decisions
from tests.support.made_decisions import NOW, A, B, decision
from tests.support.published import file_hashes

LATER = decision(motif="après", date_decision=NOW + timedelta(minutes=1))
ELSEWHERE = decision(B)


def recorded(home: Home, *batch: Decision) -> Path:
    """Record one batch, and return its file."""
    before = set(home.decisions.glob("*"))
    with decisions.writing(home):
        decisions.add(home, batch, NOW)
    [path] = set(home.decisions.glob("*")) - before
    return path


def test_a_new_home_has_no_decision(home: Home) -> None:
    assert decisions.read(home) == Register()


def test_decisions_are_read_back_whole_the_oldest_first(home: Home) -> None:
    recorded(home, LATER)
    recorded(home, decision(), ELSEWHERE)

    assert set(decisions.read(home).decisions[:2]) == {decision(), ELSEWHERE}
    assert decisions.read(home).decisions[2] == LATER


def test_the_last_decision_on_a_finding_holds_whatever_the_order_of_the_files(home: Home) -> None:
    recorded(home, LATER)
    recorded(home, decision(), ELSEWHERE)

    assert decisions.read(home).current == {A: LATER, B: ELSEWHERE}


def test_the_decisions_on_a_finding_are_all_kept(home: Home) -> None:
    recorded(home, LATER, decision())

    assert list(decisions.read(home).of(A)) == [decision(), LATER]
    assert list(decisions.read(home).of(B)) == []


def test_a_batch_is_one_json_line_a_decision(home: Home) -> None:
    path = recorded(home, decision(), ELSEWHERE)

    first, _ = (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines())
    assert first == {
        "decision_id": decision().decision_id,
        "anomalie_id": A,
        "statut": "justifie",
        "motif": "prêt de 9 ans",
        "auteur": "A. Essai",
        "date_decision": "2026-11-03T09:30:15.123456+00:00",
        "empreinte_preuve": "1" * 16,
    }


def test_nothing_to_record_writes_nothing(home: Home) -> None:
    with decisions.writing(home):
        decisions.add(home, [], NOW)

    assert not home.decisions.exists()


def test_two_batches_of_one_instant_have_each_their_file(home: Home) -> None:
    assert recorded(home, decision()) != recorded(home, ELSEWHERE)


def test_a_decision_copied_in_two_files_counts_once(home: Home) -> None:
    recorded(home, decision())
    recorded(home, decision(), ELSEWHERE)

    assert len(decisions.read(home).decisions) == 2


def test_recording_never_changes_a_file_that_is_there(home: Home) -> None:
    recorded(home, decision())
    before = file_hashes(home.decisions)

    recorded(home, LATER)

    assert before.items() < file_hashes(home.decisions).items()


@pytest.mark.parametrize("damage", [b"", b"{", b"\xff\xfe", b"null\n", b"{}\n"])
def test_a_damaged_file_is_told_and_spoils_no_other(home: Home, damage: bytes) -> None:
    path = recorded(home, decision())
    recorded(home, ELSEWHERE)
    path.write_bytes(damage)

    found = decisions.read(home)

    assert found.decisions == (ELSEWHERE,)
    assert found.damaged == (path,)
    assert f"{path} est abîmé" in decisions.sentences(found.damaged)[0]


def test_a_file_cut_between_two_lines_is_damaged(home: Home) -> None:
    path = recorded(home, decision(), ELSEWHERE)
    path.write_bytes(path.read_bytes().splitlines(keepends=True)[0])

    assert decisions.read(home) == Register(damaged=(path,))


def test_a_killed_writing_leaves_the_register_as_it_was_and_the_next_one_clears_it(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    recorded(home, decision())

    def killed(_: Path, __: Path) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", killed)
        with pytest.raises(KeyboardInterrupt):
            recorded(home, ELSEWHERE)

    assert decisions.read(home) == Register((decision(),))
    recorded(home, LATER)
    assert [path.name for path in home.decisions.iterdir() if path.name.startswith(".")] == []


def test_a_turn_that_never_comes_is_told(home: Home) -> None:
    with (
        decisions.writing(home),
        pytest.raises(BadInputError, match="est tenu depuis plus de 0 s"),
        in_turn(home.decisions_lock, patience=0),
    ):
        pass


def test_a_new_decision_is_dated_after_the_one_it_replaces_even_when_the_clock_goes_back() -> None:
    early = decision(date_decision=NOW - timedelta(hours=1))

    assert decisions.following(early, decision()).date_decision == NOW + timedelta(microseconds=1)
    assert decisions.following(decision(), early) == decision()
    assert decisions.following(early, None) == early


def test_the_fingerprint_tells_decisions_not_files(home: Home, tmp_path: Path) -> None:
    other = Home(tmp_path / "autre")
    recorded(home, decision(), ELSEWHERE)
    recorded(other, ELSEWHERE)
    assert decisions.read(home).fingerprint != decisions.read(other).fingerprint

    recorded(other, decision())

    assert decisions.read(home).fingerprint == decisions.read(other).fingerprint


def test_a_run_finds_the_decisions_with_their_dates_in_utc() -> None:
    with duckdb.connect() as connection:
        connection.execute(f"create table lues ({decisions.COLUMNS})")
        decisions.load(connection, Register((decision(),)), "lues")
        rows = connection.execute("select anomalie_id, statut, motif, date_decision from lues").fetchall()

    assert rows == [(A, "justifie", "prêt de 9 ans", NOW.replace(tzinfo=None))]


def test_a_run_without_decisions_finds_none() -> None:
    with duckdb.connect() as connection:
        connection.execute(f"create table lues ({decisions.COLUMNS})")
        decisions.load(connection, Register(), "lues")

        assert connection.execute("select * from lues").fetchall() == []


@given(made_decisions.decisions())
@settings(deadline=None, max_examples=50)
def test_any_text_is_read_back_from_the_register(tmp_path_factory: pytest.TempPathFactory, batch: list[Decision]) -> None:
    home = Home(tmp_path_factory.mktemp("registre"))
    decisions.add(home, batch, NOW)

    assert set(decisions.read(home).decisions) == set(batch)
