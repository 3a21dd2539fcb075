"""When a period puts its agreement in force: any made history, against the plain reading of each day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import duckdb
import jinja2
from hypothesis import given
from hypothesis import strategies as st

from dagster_project.project import Project

REFERENCE = date(2026, 11, 1)
IN_FORCE = ("SIGNEE", "PUBLICATION", "PUBLIEE", "OPPOSABLE")
GONE = ("RESILIEE", "DENONCEE")
DAYS = [REFERENCE + timedelta(days=rank) for rank in range(-8, 4)]
"""Every day that a made history may name; the last ones are still to come."""


@dataclass(frozen=True)
class Period:
    status: str
    begin: date
    end: date | None
    signed: date | None
    ended: date | None
    """Its termination."""


periods = st.builds(
    Period,
    st.sampled_from([*IN_FORCE, *GONE, "INSTRUCTION", "ANNULEE"]),
    st.sampled_from(DAYS),
    st.none() | st.sampled_from(DAYS),
    st.none() | st.sampled_from(DAYS),
    st.none() | st.sampled_from(DAYS),
)


@st.composite
def histories(draw: st.DrawFn) -> tuple[list[Period], int, date | None]:
    """Draw periods in order, the rank of the current one, and the denunciation that APiLos knows."""
    history = draw(st.lists(periods, min_size=1, max_size=4))
    return history, draw(st.integers(0, len(history) - 1)), draw(st.none() | st.sampled_from(DAYS))


def holds(history: list[Period], current: int, denounced: date | None, day: date) -> int | None:
    """Return the rank of the period that puts the agreement in force on a day, read plainly."""
    begun = [
        rank for rank, period in enumerate(history) if (min(period.begin, REFERENCE) if rank == current else period.begin) <= day
    ]
    if not begun:
        return None
    rank = current if current in begun else max(begun)
    period = history[rank]
    if period.status in IN_FORCE:
        return rank
    left = period.ended or denounced
    is_still_there = period.status in GONE and period.signed is not None and left is not None and day < min(left, REFERENCE)
    return rank if is_still_there else None


def intervals(history: list[Period], current: int, denounced: date | None) -> dict[int, tuple[date, date | None]]:
    """Return what the model says of a history: the first and last days in force, by rank of the period."""
    model = (Project().dbt / "models" / "intermediate" / "convention" / "int_vigueur.sql").read_text(encoding="utf-8")
    template = jinja2.Environment(autoescape=False).from_string(model)  # noqa: S701 - it is SQL
    query = template.render(ref=lambda name: name, source=lambda _, name: name)
    with duckdb.connect() as connection:
        connection.execute("""
            create table int_convention_recue as select 'a' as convention_id;
            create table parametre (date_reference date);
            create table int_apilos_etat (convention_id varchar, est_vivante boolean, date_denonciation date);
            create table int_periode (
                convention_id varchar, periode_id integer, rang integer, statut varchar, date_debut date, date_fin date,
                date_signature date, date_resiliation date, est_courante boolean
            )
        """)
        connection.execute("insert into parametre values (?)", [REFERENCE])
        connection.execute("insert into int_apilos_etat values ('a', true, ?)", [denounced])
        for rank, period in enumerate(history):
            values = [rank, rank, period.status, period.begin, period.end, period.signed, period.ended, rank == current]
            connection.execute("insert into int_periode values ('a', ?, ?, ?, ?, ?, ?, ?, ?)", values)
        return {rank: (begin, end) for rank, begin, end in connection.execute(query).fetchall()}


@given(histories())
def test_each_day_is_in_force_through_the_period_that_holds_it_and_no_other(drawn: tuple[list[Period], int, date | None]) -> None:
    history, current, denounced = drawn
    found = intervals(history, current, denounced)
    for day in DAYS:
        through = [rank for rank, (begin, end) in found.items() if begin <= day and (end is None or day <= end)]
        expected = holds(history, current, denounced, day)
        assert through == ([] if expected is None else [expected])


@given(histories())
def test_at_the_reference_date_only_the_current_status_counts(drawn: tuple[list[Period], int, date | None]) -> None:
    history, current, _ = drawn
    in_force = [
        rank for rank, (begin, end) in intervals(*drawn).items() if begin <= REFERENCE and (end is None or end >= REFERENCE)
    ]
    assert in_force == ([current] if history[current].status in IN_FORCE else [])
