"""The inbox: what is whole, what is not yet, where things go."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dagster_project import depot
from dagster_project.depot import AGAIN, STILL, Cursor, Deposit
from data_contracts.errors import BadInputError
from data_contracts.layout import Home

DUMP = Deposit("ecoloweb", "base.dump")
NOW = datetime(2026, 11, 3, 14, 5, tzinfo=UTC)


@pytest.fixture
def inbox(home: Home) -> Path:
    """The folder of one source."""
    folder = home.inbox / "ecoloweb"
    folder.mkdir(parents=True)
    return folder


def asked(looks: list[tuple[float, str | None]]) -> list[float]:
    """Return when a deposit was asked for, given its signature at each look; None while it is unfinished."""
    cursor: Cursor = {}
    times = []
    for moment, signature in looks:
        ready, cursor = depot.whole(cursor, {DUMP: signature}, moment)
        times += [moment for _ in ready]
    return times


def test_a_delivery_is_whole_once_it_has_not_moved_for_a_while() -> None:
    assert asked([(0, "a"), (STILL - 1, "a"), (STILL, "a"), (STILL + 30, "a")]) == [STILL]


def test_a_delivery_that_moved_waits_again() -> None:
    assert asked([(0, "a"), (STILL - 1, "b"), (STILL + 1, "b"), (2 * STILL, "b")]) == [2 * STILL]


def test_an_unfinished_delivery_is_never_asked_for() -> None:
    assert asked([(0, None), (STILL, None), (10 * STILL, None)]) == []


def test_a_delivery_that_stays_is_asked_for_again_an_hour_later() -> None:
    assert asked([(0, "a"), (60, "a"), (AGAIN, "a"), (AGAIN + 60, "a"), (AGAIN + 90, "a")]) == [60, AGAIN + 60]


def test_a_delivery_dropped_again_as_it_was_gets_another_request() -> None:
    _, cursor = depot.whole({}, {DUMP: "a"}, 0)
    [first], cursor = depot.whole(cursor, {DUMP: "a"}, STILL)
    _, cursor = depot.whole(cursor, {}, STILL + 30)
    _, cursor = depot.whole(cursor, {DUMP: "a"}, STILL + 60)

    [second], _ = depot.whole(cursor, {DUMP: "a"}, 2 * STILL + 60)

    assert first.request != second.request


def test_a_look_made_twice_from_the_same_memory_gives_the_same_request() -> None:
    """As when Dagster stops between the request and the note of it."""
    _, cursor = depot.whole({}, {DUMP: "a"}, 0)

    [first], _ = depot.whole(cursor, {DUMP: "a"}, STILL)
    [second], _ = depot.whole(cursor, {DUMP: "a"}, STILL + 30)

    assert first.request == second.request


@given(st.lists(st.tuples(st.floats(0.1, 2 * STILL), st.sampled_from(["a", "b", None])), max_size=30))
def test_whatever_its_moves_a_delivery_asked_for_was_still_for_long_enough(moves: list[tuple[float, str | None]]) -> None:
    moment, looks = 0.0, []
    for elapsed, signature in moves:
        moment += elapsed
        looks.append((moment, signature))

    for time in asked(looks):
        recent = [signature for moment, signature in looks if time - STILL <= moment <= time]
        assert len(set(recent)) == 1
        assert any(moment <= time - STILL and signature == recent[0] for moment, signature in looks)


def test_the_memory_of_a_look_survives_being_written() -> None:
    _, cursor = depot.whole({}, {DUMP: "a"}, 12.5)

    assert depot.read_cursor(depot.write_cursor(cursor)) == cursor
    assert depot.read_cursor(None) == {}


def test_files_and_folders_of_a_source_are_deliveries(home: Home, inbox: Path) -> None:
    (inbox / "base.dump").write_bytes(b"x")
    (inbox / "export").mkdir()
    (inbox / "export" / "table.csv").write_bytes(b"x")

    assert {deposit.nom for deposit, signature in depot.look(home).items() if signature} == {"base.dump", "export"}


@pytest.mark.parametrize("name", ["base.dump.part", "base.TMP", "base.crdownload", "base.filepart"])
def test_what_a_copy_has_not_finished_is_not_whole(home: Home, inbox: Path, name: str) -> None:
    (inbox / name).write_bytes(b"x")
    (inbox / "export").mkdir()
    (inbox / "export" / name).write_bytes(b"x")

    assert set(depot.look(home).values()) == {None}


def test_hidden_and_refused_files_are_not_deliveries(home: Home, inbox: Path) -> None:
    (inbox / ".base.dump.Xy12").write_bytes(b"x")
    home.refused.mkdir()
    (home.refused / "base.dump").write_bytes(b"x")

    assert depot.look(home) == {}


def test_an_empty_folder_waits_for_its_files(home: Home, inbox: Path) -> None:
    (inbox / "export").mkdir()

    assert depot.look(home) == {Deposit("ecoloweb", "export"): None}


def test_a_hidden_file_that_grows_in_a_folder_is_a_move(home: Home, inbox: Path) -> None:
    (inbox / "export").mkdir()
    (inbox / "export" / "table.csv").write_bytes(b"x")
    before = depot.look(home)

    (inbox / "export" / ".autre.csv.Xy12").write_bytes(b"x")

    assert depot.look(home) != before


def test_a_file_outside_the_folders_of_the_sources_is_seen(home: Home, inbox: Path) -> None:
    (inbox.parent / "base.dump").write_bytes(b"x")

    assert list(depot.look(home)) == [Deposit("", "base.dump")]


def test_a_home_without_inbox_has_no_delivery(home: Home) -> None:
    assert depot.look(home) == {}


@pytest.mark.parametrize("deposit", [Deposit("..", "cle-pseudonymes"), Deposit("ecoloweb", "../../x"), Deposit("ecoloweb", "")])
def test_a_deposit_never_leads_out_of_the_inbox(home: Home, deposit: Deposit) -> None:
    with pytest.raises(BadInputError, match="ne désigne rien du dépôt"):
        deposit.path(home)


def test_a_refused_delivery_is_moved_with_its_reason(home: Home, inbox: Path) -> None:
    (inbox / "base.dump").write_bytes(b"contenu")

    place = depot.set_aside(home, DUMP, "Refusée : la refaire.", NOW)

    assert place.read_bytes() == b"contenu"
    assert place.with_name(f"{place.name}.txt").read_text(encoding="utf-8") == "Refusée : la refaire.\n"
    assert depot.look(home) == {}


def test_refused_deliveries_are_removed_after_a_month_and_nothing_else(home: Home, inbox: Path) -> None:
    (inbox / "base.dump").write_bytes(b"x")
    depot.set_aside(home, DUMP, "Refusée.", NOW)
    (home.refused / "note.txt").write_text("à garder", encoding="utf-8")

    assert depot.purge(home, NOW + timedelta(days=29)) == []
    assert len(depot.purge(home, NOW + timedelta(days=30))) == 2
    assert [path.name for path in home.refused.iterdir()] == ["note.txt"]


def test_a_link_to_itself_keeps_nothing_from_being_received(home: Home, inbox: Path) -> None:
    (inbox / "boucle").symlink_to("boucle")
    (inbox / "base.dump").write_text("x")

    there = depot.look(home)
    assert there[Deposit("ecoloweb", "base.dump")]
    assert there[Deposit("ecoloweb", "boucle")]


def test_a_link_to_a_folder_is_not_walked_through(home: Home, inbox: Path, tmp_path: Path) -> None:
    (tmp_path / "ailleurs").mkdir()
    (inbox / "lien").symlink_to(tmp_path / "ailleurs")
    before = depot.look(home)

    (tmp_path / "ailleurs" / "region.csv").write_text("id")

    assert depot.look(home) == before


def test_a_name_that_is_in_no_encoding_keeps_nothing_from_being_received(home: Home, inbox: Path) -> None:
    (inbox / os.fsdecode(b"base\xff.dump")).write_text("x")
    (inbox / "base.dump").write_text("x")

    _, seen = depot.whole({}, depot.look(home), now=0)
    assert depot.read_cursor(depot.write_cursor(seen)).keys() == {"ecoloweb/base.dump"}
    assert depot.nameless(home) == ["base\ufffd.dump"]
