"""The register of social housing as published, against what the demo generator wrote in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ingest.demo.rpls import VOIE

if TYPE_CHECKING:
    from tests.integration.demo.conftest import PublishedDemo


def totals(demo: PublishedDemo) -> dict[str, tuple[int, int]]:
    rows = demo.marts.execute(
        "select destin, sum(nb_logements)::int, sum(nb_logements_conventionnes)::int from rec_rpls group by 1"
    )
    return {destin: (whole, under_agreement) for destin, whole, under_agreement in rows.fetchall()}


def test_every_dwelling_written_is_under_one_number(demo: PublishedDemo) -> None:
    made, found = demo.truth["rpls"], totals(demo)

    assert tuple(map(sum, zip(*found.values(), strict=True))) == (made["logements"], made["conventionnes"])
    assert found["sans_numero"] == (made["sans_numero"], 0)
    assert found["inconnu"][0] >= made["inconnus"] > 0


def test_a_number_leads_to_its_agreement_however_it_was_typed(demo: PublishedDemo) -> None:
    rows: list[tuple[Any, ...]] = demo.marts.execute("""
        select rpls.numero, convention.numero from rec_rpls as rpls
        inner join fct_convention as convention on rpls.convention_id = convention.convention_id and rpls.destin = 'lie'
    """).fetchall()

    assert len({typed == known for typed, known in rows}) == 2, "as it is, and otherwise"
    assert len(rows) > 100


def test_the_coherence_is_the_share_of_the_dwellings_under_an_agreement_that_are_linked(demo: PublishedDemo) -> None:
    [row] = demo.marts.execute(
        "select numerateur::int, denominateur::int from kpi_valeur where kpi_id = 'P-12' and mesure = 'part' and axe = 'ensemble'"
    ).fetchall()

    assert row == (totals(demo)["lie"][1], demo.truth["rpls"]["conventionnes"])


def test_no_address_of_the_register_is_published(demo: PublishedDemo) -> None:
    [(texts,)] = demo.marts.execute("select string_agg(rpls::varchar, ' ') from rec_rpls as rpls").fetchall()

    assert VOIE not in texts
