"""The select of what changed: told changes, applied to what was before, give what comes after."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data_contracts import changement_sql
from data_contracts.changements import comparaison
from data_contracts.loader import products

Row = Mapping[str, Any]
Agreements = dict[str, dict[str, Any]]

FIELDS: dict[str, st.SearchStrategy[Any]] = {
    "statut": st.sampled_from([None, "SIGNEE", "OPPOSABLE"]),
    "date_depot": st.sampled_from([None, date(1999, 12, 31), date(2000, 1, 1)]),
    "nb_logements": st.sampled_from([None, 0, 12]),
    "financements": st.sampled_from([[], ["PLAI"], ["PLAI", "PLUS"]]),
}
"""Columns of each kind of type that is followed."""
AGREEMENTS = st.dictionaries(st.sampled_from(["ecoloweb:1", "ecoloweb:2", "apilos:3"]), st.fixed_dictionaries(FIELDS))
FINDING = {
    "anomalie_id": "a1",
    "regle_id": "DUR-003",
    "severite": "anomalie",
    "objet_id": "ecoloweb:1",
    "convention_id": "ecoloweb:1",
    "empreinte_preuve": "e1",
    "message": "Trop court.",
    "etat": "ouverte",
}


def relations() -> duckdb.DuckDBPyConnection:
    """Make the relations that the select reads, and causes that say what they were chosen by."""
    connection = duckdb.connect()
    for side in ("avant", "apres"):
        comparaison.show(connection, None, "fct_convention", f"convention_{side}")
        comparaison.show(connection, None, "fct_anomalie", f"constat_{side}")
    connection.execute(f"create table cause_changement ({comparaison.CAUSE_COLUMNS})")
    for rule, touched, cause in (
        ("", True, "agreement"),
        ("DUR-003", True, "finding of a touched agreement"),
        ("DUR-003", False, "finding"),
    ):
        connection.execute("insert into cause_changement values (?, 'ecoloweb', ?, ?, ?)", [rule, touched, cause, cause])
    return connection


RELATIONS = relations()
"""Made once: every example empties them."""


@contextmanager
def compared(
    before: Sequence[Row] = (), after: Sequence[Row] = (), *, found: tuple[Sequence[Row], Sequence[Row]] = ((), ())
) -> Iterator[duckdb.DuckDBPyConnection]:
    """Fill the relations with the rows of both runs."""
    sides = {"convention_avant": before, "convention_apres": after, "constat_avant": found[0], "constat_apres": found[1]}
    with RELATIONS.cursor() as connection:
        for name, rows in sides.items():
            connection.execute(f"truncate {name}")
            for row in rows:
                columns, marks = ", ".join(row), ", ".join("?" * len(row))
                connection.execute(f"insert into {name} ({columns}) values ({marks})", list(row.values()))
        yield connection


def changes(connection: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    found = connection.execute(changement_sql.changes(changement_sql.followed()))
    names = [column[0] for column in found.description or ()]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def rows(agreements: Agreements) -> list[Row]:
    return [{"convention_id": name, "source": name.split(":")[0], **fields} for name, fields in agreements.items()]


def told(value: object) -> str | None:
    """Write a value as changes do."""
    if isinstance(value, list):
        return ", ".join(value) or None
    return None if value is None else str(value)


@given(before=AGREEMENTS, after=AGREEMENTS)
def test_the_changes_applied_to_the_earlier_run_give_the_later_one(before: Agreements, after: Agreements) -> None:
    state = {name: {field: told(value) for field, value in fields.items()} for name, fields in before.items()}
    with compared(rows(before), rows(after)) as connection:
        for change in changes(connection):
            name = change["convention_id"]
            match change["nature"]:
                case "convention_ajoutee":
                    assert name not in state
                    state[name] = {field: told(value) for field, value in after[name].items()}
                case "convention_disparue":
                    del state[name]
                case _:
                    assert state[name][change["champ"]] == change["avant"]
                    assert change["avant"] != change["apres"]
                    state[name][change["champ"]] = change["apres"]

    assert state == {name: {field: told(value) for field, value in fields.items()} for name, fields in after.items()}


@settings(max_examples=25)
@given(agreements=AGREEMENTS)
def test_nothing_changes_between_a_run_and_itself(agreements: Agreements) -> None:
    with compared(rows(agreements), rows(agreements), found=([FINDING], [FINDING])) as connection:
        assert changes(connection) == []


@pytest.mark.parametrize(
    ("before", "after", "nature"),
    [
        ([], [FINDING], "constat_nouveau"),
        ([FINDING | {"etat": "resolue"}], [FINDING], "constat_nouveau"),
        ([FINDING], [FINDING | {"etat": "resolue"}], "constat_resolu"),
        ([FINDING], [], "constat_non_juge"),
        ([FINDING], [FINDING | {"empreinte_preuve": "e2"}], "constat_modifie"),
        ([FINDING], [FINDING | {"severite": "information"}], "constat_modifie"),
        ([FINDING | {"etat": "resolue"}], [FINDING | {"etat": "resolue"}], None),
        ([FINDING | {"etat": "resolue"}], [], None),
        ([], [FINDING | {"etat": "resolue"}], None),
        ([FINDING], [FINDING | {"message": "Bien trop court."}], None),
    ],
)
def test_a_finding_is_new_resolved_changed_or_no_longer_judged(before: list[Row], after: list[Row], nature: str | None) -> None:
    with compared(found=(before, after)) as connection:
        assert [change["nature"] for change in changes(connection)] == ([nature] if nature else [])


def test_a_resolved_finding_says_what_it_was_and_no_longer_anything() -> None:
    with compared(found=([FINDING], [FINDING | {"etat": "resolue"}])) as connection:
        (change,) = changes(connection)
    assert (change["avant"], change["apres"]) == ("Trop court.", None)


@pytest.mark.parametrize(("status", "cause"), [("SIGNEE", "finding"), ("OPPOSABLE", "finding of a touched agreement")])
def test_the_cause_of_a_finding_depends_on_whether_its_agreement_changed(status: str, cause: str) -> None:
    before, after = ([{"convention_id": "ecoloweb:1", "source": "ecoloweb", "statut": one}] for one in ("SIGNEE", status))
    with compared(before, after, found=([], [FINDING])) as connection:
        (found,) = [change for change in changes(connection) if change["nature"] == "constat_nouveau"]
    assert found["cause"] == cause


def test_changes_are_named_once_and_alike_from_run_to_run() -> None:
    before, after = (
        {"ecoloweb:1": {"statut": "SIGNEE", "nb_logements": 1}},
        {"ecoloweb:1": {"statut": "OPPOSABLE", "nb_logements": 2}},
    )
    with compared(rows(before), rows(after), found=([], [FINDING])) as connection:
        first = [change["changement_id"] for change in changes(connection)]
    with compared(
        rows(before), rows({"ecoloweb:1": {"statut": "RESILIEE", "nb_logements": 3}}), found=([], [FINDING])
    ) as connection:
        again = [change["changement_id"] for change in changes(connection)]

    assert len(set(first)) == 3
    assert set(first) == set(again)


def test_a_column_that_an_older_run_lacks_is_no_change() -> None:
    fields = [field for field in changement_sql.followed() if field.nom != "statut"]
    with compared([{"convention_id": "ecoloweb:1"}], [{"convention_id": "ecoloweb:1", "statut": "SIGNEE"}]) as connection:
        assert connection.execute(changement_sql.changes(fields)).fetchall() == []


def test_every_column_of_the_mart_is_given() -> None:
    with compared() as connection:
        names = {column[0] for column in connection.execute(changement_sql.changes(changement_sql.followed())).description or ()}
    assert names == {column.nom for column in products()["fct_changement"].colonnes}
