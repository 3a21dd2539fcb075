"""The rows behind the figures of quality: as many as the figure counts, whatever the data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboards.requetes import ensembles_completude
from dashboards.requetes.ensembles import Ensemble
from dashboards.requetes.ensembles_completude import INCOMPLETES
from dashboards.requetes.ensembles_connus import ENSEMBLES
from dashboards.requetes.ensembles_qualite import BANDES
from data_contracts.clauses import quote
from data_contracts.indicator_loader import empty_marts, followed_fields
from data_contracts.indicator_sql import completeness_query
from data_contracts.loader import products

Row = Mapping[str, Any]
BASE = empty_marts(products())
"""Made once: every example empties the tables it fills."""

SCORES = st.one_of(st.none(), st.decimals(0, 100, places=2))
TEXTS = st.sampled_from([None, "", "  ", "x"])
AGREEMENTS = st.fixed_dictionaries({
    "numero": TEXTS,
    "nb_logements": st.sampled_from([None, 0, 3]),
    "date_publication": st.sampled_from([None, "2010-01-01"]),
    "reference_publication": TEXTS,
    "est_en_vigueur": st.booleans(),
    "est_foyer": st.booleans(),
    "code_departement": st.sampled_from([None, "33", "29"]),
})  # fmt: skip


def fill(connection: duckdb.DuckDBPyConnection, mart: str, rows: Sequence[Row]) -> None:
    connection.execute(f"truncate {mart}")
    for row in rows:
        columns, marks = ", ".join(map(quote, row)), ", ".join("?" for _ in row)
        connection.execute(f"insert into {mart} ({columns}) values ({marks})", list(row.values()))


def count(connection: duckdb.DuckDBPyConnection, ensemble: Ensemble) -> int:
    [(found,)] = connection.execute(f"select count(*) from {ensemble.genre.depuis} where {ensemble.condition}").fetchall()
    return int(found)


@given(scores=st.lists(SCORES, max_size=8))
def test_every_agreement_is_in_one_band_and_one_only(scores: Sequence[Decimal | None]) -> None:
    with BASE.cursor() as connection:
        fill(
            connection,
            "fct_convention",
            [{"convention_id": f"c{rank}", "score_qualite": score} for rank, score in enumerate(scores)],
        )
        assert sum(count(connection, band) for band in BANDES) == len(scores)
        bounds = ", ".join(f"count(*) filter (where {band.condition})" for band in BANDES)
        per_row = connection.execute(f"select {bounds} from fct_convention as convention group by convention_id").fetchall()
        assert all(sum(row) == 1 for row in per_row)


@settings(max_examples=25)
@given(agreements=st.lists(AGREEMENTS, max_size=6))
def test_the_rows_without_a_value_are_those_that_completeness_misses(agreements: Sequence[Row]) -> None:
    completeness = next(found for found in followed_fields() if found.mart == "fct_convention")
    with BASE.cursor() as connection:
        fill(
            connection,
            "fct_convention",
            [{"convention_id": f"c{rank}", "source": "ecoloweb", **row} for rank, row in enumerate(agreements)],
        )
        select = completeness_query(completeness, products()[completeness.mart])
        measured = connection.execute(
            f"select champ, sum(nb_applicables - nb_renseignes) from ({select}) group by champ"
        ).fetchall()
        for field, missing in measured:
            assert count(connection, ENSEMBLES[ensembles_completude.code(completeness.mart, field)]) == missing


@pytest.mark.parametrize("ensemble", INCOMPLETES, ids=lambda ensemble: ensemble.code)
def test_a_set_of_incomplete_rows_lists_what_it_counts(ensemble: Ensemble) -> None:
    genre = ensemble.genre
    with BASE.cursor() as connection:
        connection.execute(f"select {genre.champs} from {genre.depuis} {genre.jointures} order by {genre.cle}")
        connection.execute(f"select {genre.portee.territoire}, {genre.portee.source} from {genre.depuis}")


def test_sets_have_a_name_of_their_own() -> None:
    assert len({ensemble.code for ensemble in INCOMPLETES}) == len(INCOMPLETES)
    assert {ensemble.code for ensemble in INCOMPLETES} <= ENSEMBLES.keys()
