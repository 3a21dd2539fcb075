"""The published parc against what the demo generator decided before it wrote a row."""

from __future__ import annotations

from typing import TYPE_CHECKING

import duckdb
import polars as pl

if TYPE_CHECKING:
    from tests.integration.demo.conftest import PublishedDemo

PUBLISHED = """
    select
        cle_source::bigint as id,
        statut,
        date_expiration::varchar as date_expiration,
        date_expiration_initiale::varchar as date_expiration_initiale,
        est_mixte,
        familles_financement as familles,
        est_anah,
        coalesce(nb_logements, 0)::bigint as nb_logements,
        nb_stationnements::bigint as nb_stationnements,
        nb_avenants::bigint as nb_avenants,
        nb_versions::bigint as nb_versions,
        code_departement,
        code_commune,
        replace(bailleur_id, 'ecoloweb:', '')::bigint as bailleur_id
    from fct_convention
    order by id
"""


def test_every_agreement_is_published_as_it_was_made(demo: PublishedDemo) -> None:
    truth = demo.truth
    published = demo.marts.execute(PUBLISHED).pl()
    expected = pl.DataFrame(truth["conventions"], schema=truth["champs"], orient="row", infer_schema_length=None).sort("id")

    assert differences(expected, published) == {}
    assert received(demo.marts) == truth["lignes"]


def differences(expected: pl.DataFrame, published: pl.DataFrame) -> dict[str, list[tuple[object, object, object]]]:
    """Return, by column, the first agreements that differ: id, made, published."""
    assert published["id"].to_list() == expected["id"].to_list()
    found = {}
    for name in expected.columns:
        pairs = zip(expected["id"], expected[name].to_list(), published[name].to_list(), strict=True)
        if wrong := [pair for pair in pairs if pair[1] != pair[2]]:
            found[name] = wrong[:5]
    return found


def received(marts: duckdb.DuckDBPyConnection) -> dict[str, int]:
    """Return the rows received of each table of the dump."""
    rows = marts.execute(
        "select replace(table_source, 'ecolo_', ''), nb_recus from rec_table where source = 'ecoloweb' and ecart = 0"
    ).fetchall()
    return dict(rows)
