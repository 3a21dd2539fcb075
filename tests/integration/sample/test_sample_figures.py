"""What the real sample must give, counted by hand in the dump."""

from __future__ import annotations

from datetime import date

import duckdb
import pytest

Marts = duckdb.DuckDBPyConnection


def values(marts: Marts, query: str) -> list[tuple[object, ...]]:
    return marts.execute(query).fetchall()


@pytest.mark.parametrize(
    ("mart", "rows"),
    [
        ("fct_convention", 3),
        ("fct_convention_version", 10),
        ("fct_avenant", 4),
        ("fct_piece_jointe", 7),
        ("fct_lot", 5),
        ("fct_lot_version", 16),
        ("rec_convention", 3),
    ],
)
def test_every_row_of_the_sample_is_published_once(marts: Marts, mart: str, rows: int) -> None:
    assert values(marts, f"select count(*) from {mart}") == [(rows,)]


def test_the_current_lots_have_35_parking_places_and_the_whole_history_60(marts: Marts) -> None:
    assert values(marts, "select sum(nb_stationnements)::int from fct_lot") == [(35,)]
    assert values(marts, "select sum(nb_stationnements)::int from fct_lot_version") == [(60,)]


def test_the_current_parcels_are_four_with_numbers_on_four_digits(marts: Marts) -> None:
    assert values(marts, "select distinct section, numero from fct_parcelle order by all") == [
        ("AK", "0194"),
        ("AL", "0008"),
        ("RM", "0084"),
        ("RM", "0088"),
    ]


def test_no_lot_has_an_empty_address(marts: Marts) -> None:
    assert values(marts, "select count(*) from fct_lot where adresse is null or trim(adresse) = ''") == [(0,)]


def test_the_expiry_dates_are_those_of_the_agreements_and_not_of_their_periods(marts: Marts) -> None:
    assert values(marts, "select cle_source, date_expiration, date_expiration_initiale from fct_convention order by 1") == [
        ("421328", date(2036, 6, 30), date(2031, 6, 30)),
        ("423085", date(2042, 6, 30), date(2025, 6, 30)),
        ("456142", date(2047, 6, 30), date(2047, 6, 30)),
    ]


def test_the_two_agreements_of_the_gironde_are_mixed(marts: Marts) -> None:
    assert values(marts, "select code_departement, est_mixte, financements from fct_convention order by cle_source") == [
        ("33", True, ["PLAI", "PLUS"]),
        ("33", True, ["PLAI", "PLUS"]),
        ("29", False, ["PLAI"]),
    ]


def test_bordeaux_keeps_its_odd_code_beside_the_official_one(marts: Marts) -> None:
    assert values(marts, "select distinct code_commune, code_commune_source from fct_lot where code_commune_source like 'A%'") == [
        ("33063", "A3063")
    ]


def test_no_table_lost_a_row_and_every_table_delivered_is_told(marts: Marts) -> None:
    assert values(marts, "select count(*), sum(abs(ecart))::int, sum(nb_recus)::int from rec_table") == [(32, 0, 508)]
    assert values(marts, "select table_source from rec_table where nb_staging <> nb_poses") == []


def test_the_official_import_keeps_twelve_rows_eleven_in_33_and_one_in_29(marts: Marts) -> None:
    kept = "select code_departement, count(*) from rec_apilos where est_reprise group by 1 order by 1"
    assert values(marts, kept) == [("29", 1), ("33", 11)]


def test_the_financing_that_the_official_import_loses_is_told(marts: Marts) -> None:
    assert values(marts, "select cle_apilos, motif_exclusion from rec_apilos where not est_reprise") == [
        ("456142:PLUS:0", "financement_perdu")
    ]


def test_a_rent_has_the_unit_of_its_reference_area(marts: Marts) -> None:
    assert values(marts, "select distinct type_surface, unite_loyer from fct_lot order by 1") == [("SC", "an"), ("SU", "mois")]
