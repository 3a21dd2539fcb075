"""The demo's delivery of APiLos beside that of Ecoloweb: what it took over is what the warehouse says that it would."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import duckdb
import pytest

from data_contracts.layout import Home
from data_contracts.publication import current_run
from ingest.demo import generate
from tests.support.command import parc_does

if TYPE_CHECKING:
    from pathlib import Path

CONVENTIONS, GRAINE = 1200, 8


@dataclass(frozen=True)
class Both:
    """What was published of both sources, and the truth of APiLos."""

    marts: duckdb.DuckDBPyConnection
    truth: dict[str, Any]


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory, publish: Callable[..., object]) -> Iterator[Both]:
    """A small demo of Ecoloweb and APiLos."""
    folder: Path = tmp_path_factory.mktemp("apilos")
    made = generate(CONVENTIONS, GRAINE, folder / "demo")
    home = Home(folder / "parc")
    parc_does(home, "import", "ecoloweb", made.dump)
    parc_does(home, "import", "apilos", made.apilos)
    truth = json.loads(made.verite_apilos.read_text(encoding="utf-8"))
    publish(home, truth["date_reference"])
    with current_run(home).connect() as marts:
        yield Both(marts, truth)


def test_every_row_is_landed_and_none_refused(both: Both) -> None:
    rows = both.marts.execute(
        """
        select table_source, nb_recus, nb_poses, nb_quarantaine from rec_table
        where source = 'apilos' and table_source in (select unnest(?))""",
        [list(both.truth["lignes"])],
    ).fetchall()

    assert {table: received for table, received, _, _ in rows} == both.truth["lignes"]
    assert [row for row in rows if row[1] != row[2] or row[3]] == []


def test_the_keys_taken_over_are_those_that_the_reconciliation_keeps(both: Both) -> None:
    kept = both.marts.execute(
        """
        select rec_apilos.cle_apilos from rec_apilos
        join fct_convention on fct_convention.convention_id = 'ecoloweb:' || split_part(rec_apilos.cle_apilos, ':', 1)
        where rec_apilos.est_reprise and fct_convention.code_departement in (select unnest(?))""",
        [both.truth["departements"]],
    )
    rank = both.truth["champs"]["actes"].index("cle")

    assert {key for (key,) in kept.fetchall()} == {acte[rank] for acte in both.truth["actes"] if acte[rank]}
