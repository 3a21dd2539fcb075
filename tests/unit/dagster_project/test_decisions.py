"""The decisions as a run reads them."""

from __future__ import annotations

import duckdb

from dagster_project import decisions
from data_contracts.decision_register import Register
from tests.support.made_decisions import NOW, A, decision


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
