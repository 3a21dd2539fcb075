"""The register of decisions: whole batches, never changed, the last decision on a finding holding."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from data_contracts import decision_register
from data_contracts.decision import Decision, Statut
from data_contracts.decision_register import Recorded, Register
from data_contracts.errors import BadInputError, TransientError
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
    with decision_register.writing(home):
        decision_register.add(home, batch, NOW)
    [path] = set(home.decisions.glob("*")) - before
    return path


def test_a_new_home_has_no_decision(home: Home) -> None:
    assert decision_register.read(home) == Register()


def test_decisions_are_read_back_whole_the_oldest_first(home: Home) -> None:
    recorded(home, LATER)
    recorded(home, decision(), ELSEWHERE)

    assert set(decision_register.read(home).decisions[:2]) == {decision(), ELSEWHERE}
    assert decision_register.read(home).decisions[2] == LATER


def test_the_last_decision_on_a_finding_holds_whatever_the_order_of_the_files(home: Home) -> None:
    recorded(home, LATER)
    recorded(home, decision(), ELSEWHERE)

    assert decision_register.read(home).current == {A: LATER, B: ELSEWHERE}


def test_the_decisions_on_a_finding_are_all_kept(home: Home) -> None:
    recorded(home, LATER, decision())

    assert list(decision_register.read(home).of(A)) == [decision(), LATER]
    assert list(decision_register.read(home).of(B)) == []


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
    with decision_register.writing(home):
        decision_register.add(home, [], NOW)

    assert not home.decisions.exists()


def test_two_batches_of_one_instant_have_each_their_file(home: Home) -> None:
    assert recorded(home, decision()) != recorded(home, ELSEWHERE)


def test_a_decision_copied_in_two_files_counts_once(home: Home) -> None:
    recorded(home, decision())
    recorded(home, decision(), ELSEWHERE)

    assert len(decision_register.read(home).decisions) == 2


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

    found = decision_register.read(home)

    assert found.decisions == (ELSEWHERE,)
    assert found.damaged == (path,)
    assert f"{path} est abîmé" in decision_register.sentences(found.damaged)[0]


def test_a_file_cut_between_two_lines_is_damaged(home: Home) -> None:
    path = recorded(home, decision(), ELSEWHERE)
    path.write_bytes(path.read_bytes().splitlines(keepends=True)[0])

    assert decision_register.read(home) == Register(damaged=(path,))


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

    assert decision_register.read(home) == Register((decision(),))
    recorded(home, LATER)
    assert [path.name for path in home.decisions.iterdir() if path.name.startswith(".")] == []


def test_a_turn_that_never_comes_is_told(home: Home) -> None:
    with (
        decision_register.writing(home),
        pytest.raises(BadInputError, match="est tenu depuis plus de 0 s"),
        in_turn(home.decisions_lock, patience=0),
    ):
        pass


def test_a_new_decision_is_dated_after_the_one_it_replaces_even_when_the_clock_goes_back() -> None:
    early = decision(date_decision=NOW - timedelta(hours=1))

    assert decision_register.following(early, decision()).date_decision == NOW + timedelta(microseconds=1)
    assert decision_register.following(decision(), early) == decision()
    assert decision_register.following(early, None) == early


def test_one_decision_is_recorded_and_returned_as_it_holds(home: Home) -> None:
    done = decision_register.record(home, decision())

    assert done == Recorded(decision(), is_new=True, damaged=())
    assert decision_register.read(home).decisions == (decision(),)


def test_a_decision_that_says_the_same_as_the_one_in_force_adds_nothing_and_returns_that_one(home: Home) -> None:
    recorded(home, decision())

    done = decision_register.record(home, decision(date_decision=NOW + timedelta(hours=1)))

    assert done == Recorded(decision(), is_new=False, damaged=())
    assert decision_register.read(home).decisions == (decision(),)


@pytest.mark.parametrize(
    "change", [{"motif": "autre"}, {"auteur": "B. Essai"}, {"statut": Statut.CORRIGE}, {"empreinte_preuve": "f" * 16}]
)
def test_a_decision_that_says_anything_else_holds_after_the_one_in_force(home: Home, change: dict[str, Any]) -> None:
    recorded(home, decision())

    done = decision_register.record(home, decision(**change))

    assert done.is_new
    assert decision_register.read(home).decisions == (decision(), done.decision)
    assert done.decision == decision(**change, date_decision=NOW + timedelta(microseconds=1))


def test_a_decision_is_recorded_beside_a_damaged_file_which_is_told(home: Home) -> None:
    path = recorded(home, ELSEWHERE)
    path.write_bytes(b"")

    assert decision_register.record(home, decision()).damaged == (path,)


def test_who_decides_while_the_lock_is_held_too_long_is_told_and_records_nothing(home: Home) -> None:
    with in_turn(home.decisions_lock), pytest.raises(TransientError, match="est tenu depuis plus de 0 s"):
        decision_register.record(home, decision(), patience=0)

    assert decision_register.read(home) == Register()


def test_two_who_decide_at_once_are_both_recorded_and_the_last_one_holds(home: Home) -> None:
    asked = [decision(motif=f"motif {rank}") for rank in range(8)]
    with ThreadPoolExecutor(len(asked)) as pool:
        done = list(pool.map(lambda one: decision_register.record(home, one), asked))

    found = decision_register.read(home)
    assert sorted(one.motif or "" for one in found.decisions) == [one.motif for one in asked]
    assert found.current[A] == max((one.decision for one in done), key=lambda one: one.date_decision)
    assert len({one.date_decision for one in found.decisions}) == len(asked)


def test_the_state_changes_with_the_register_and_only_then(home: Home) -> None:
    empty = decision_register.state(home)
    path = recorded(home, decision())
    one = decision_register.state(home)
    recorded(home, LATER)
    two = decision_register.state(home)
    path.write_bytes(b"")

    assert len({empty, one, two, decision_register.state(home)}) == 4
    assert decision_register.state(home) == decision_register.state(home)


def test_the_fingerprint_tells_decisions_not_files(home: Home, tmp_path: Path) -> None:
    other = Home(tmp_path / "autre")
    recorded(home, decision(), ELSEWHERE)
    recorded(other, ELSEWHERE)
    assert decision_register.read(home).fingerprint != decision_register.read(other).fingerprint

    recorded(other, decision())

    assert decision_register.read(home).fingerprint == decision_register.read(other).fingerprint


@given(made_decisions.decisions())
@settings(deadline=None, max_examples=50)
def test_any_text_is_read_back_from_the_register(tmp_path_factory: pytest.TempPathFactory, batch: list[Decision]) -> None:
    home = Home(tmp_path_factory.mktemp("registre"))
    decision_register.add(home, batch, NOW)

    assert set(decision_register.read(home).decisions) == set(batch)
