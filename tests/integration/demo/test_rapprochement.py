"""What brings agréments and agreements together, against what the demo generator decided."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    import duckdb

    from tests.integration.demo.conftest import PublishedDemo

Pair = tuple[str, str, str, str]
"""Agrément, agreement, how they are brought together, and whether it is a link."""


@pytest.fixture(scope="module")
def pairs(demo: PublishedDemo) -> tuple[set[Pair], set[Pair], duckdb.DuckDBPyConnection]:
    """The pairs published of the demo, those of its truth, and its marts."""
    found = demo.marts.execute("select agrement_id, convention_id, methode, statut from fct_rapprochement").fetchall()
    return {tuple(pair) for pair in found}, {tuple(pair) for pair in demo.truth["rapprochements"]}, demo.marts


def test_every_agreement_that_bears_the_number_of_an_operation_is_linked_and_no_other(
    pairs: tuple[set[Pair], set[Pair], duckdb.DuckDBPyConnection],
) -> None:
    found, wanted, _ = pairs
    linked, truth = ({pair for pair in side if pair[2] in {"numero_exact", "numero_normalise"}} for side in (found, wanted))

    assert {pair[2] for pair in truth} == {"numero_exact", "numero_normalise"}
    assert linked == truth


def test_a_resemblance_is_a_link_where_it_is_right_and_is_hardly_ever_missed(
    pairs: tuple[set[Pair], set[Pair], duckdb.DuckDBPyConnection],
) -> None:
    found, wanted, _ = pairs
    links, truth = ({pair for pair in side if pair[2] == "ressemblance" and pair[3] == "lien"} for side in (found, wanted))
    precision, recall = len(links & truth) / len(links), len(links & truth) / len(truth)

    print(f"\n{len(truth)} liens par ressemblance, précision {precision:.3f}, rappel {recall:.3f}")  # noqa: T201 - pytest -s shows it
    assert precision >= 0.99
    assert recall >= 0.95


def test_what_nothing_tells_apart_is_proposed_and_never_chosen(
    pairs: tuple[set[Pair], set[Pair], duckdb.DuckDBPyConnection],
) -> None:
    found, wanted, _ = pairs
    twins = {pair for pair in wanted if pair[2] == "ressemblance" and pair[3] == "a_verifier"}

    assert twins <= found


def test_an_explanation_says_what_agrees_and_what_differs(
    pairs: tuple[set[Pair], set[Pair], duckdb.DuckDBPyConnection],
) -> None:
    _, _, marts = pairs
    untold = marts.execute("""
        select agrement_id, explication from fct_rapprochement
        where explication is null
            or (ecart_logements <> 0) <> contains(explication, 'logements agréés')
            or (methode = 'numero_exact') <> starts_with(explication, 'même numéro d''opération')
                and methode <> 'numero_autre_financement'""").fetchall()

    assert untold == []
