from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboards.filtres.adresse import LectureAdresse
from dashboards.filtres.communs import TOUT, Communs, Connus, lire

FRANCE = Connus(
    departements={"29": "Finistère", "33": "Gironde", "35": "Ille-et-Vilaine"},
    regions={"53": "Bretagne", "75": "Nouvelle-Aquitaine"},
    departements_par_region={"53": ("29", "35"), "75": ("33",)},
    familles=("PLUS", "PLAI"),
    sources=("ecoloweb", "apilos"),
)
DAYS = st.none() | st.dates(date(1900, 1, 1), date(2100, 12, 31))
FILTERS = st.builds(
    Communs,
    territoires=st.lists(st.sampled_from(FRANCE.choix_territoire), unique=True).map(tuple),
    depuis=DAYS,
    jusqua=DAYS,
    familles=st.lists(st.sampled_from(FRANCE.familles), unique=True).map(tuple),
    bailleur=st.sampled_from(["", "Habitat des Deux Rives", "100000017", "L'Été, 2e"]),
    sources=st.lists(st.sampled_from(FRANCE.sources), unique=True).map(tuple),
)


@given(FILTERS)
def test_an_address_gives_back_the_filters_that_wrote_it(filters: Communs) -> None:
    assert lire(LectureAdresse(filters.adresse), FRANCE) == filters


def test_what_is_not_filtered_is_not_written() -> None:
    assert TOUT.adresse == {}


@pytest.mark.parametrize(
    "address",
    [
        {"territoire": "999"},
        {"territoire": "region-"},
        {"depuis": "deux mille"},
        {"depuis": "31/12/2024"},
        {"depuis": "0001-01-01"},
        {"jusqua": "²²²²"},
        {"jusqua": "2101"},
        {"depuis": "20244"},
        {"financement": "PRET"},
        {"bailleur": " -- "},
        {"source": "sisal"},
    ],
)
def test_a_value_that_makes_no_sense_is_left_out_and_named(address: dict[str, str]) -> None:
    reading = LectureAdresse(address)
    assert lire(reading, FRANCE) == TOUT
    assert reading.ignores == [f"{name}={value.strip()}" for name, value in address.items()]


def test_a_year_stands_for_its_days() -> None:
    read = lire(LectureAdresse({"depuis": "2024", "jusqua": "2024"}), FRANCE)
    assert (read.depuis, read.jusqua) == (date(2024, 1, 1), date(2024, 12, 31))


def test_a_territory_without_a_row_is_still_a_filter() -> None:
    reading = LectureAdresse({"territoire": "35"})
    assert lire(reading, FRANCE).territoires == ("35",)
    assert reading.ignores == []


def test_regions_and_departements_add_up() -> None:
    assert FRANCE.codes_departement(("region-53", "33", "29")) == ["29", "33", "35"]


def test_filters_are_said_in_words() -> None:
    filters = Communs(("region-53", "33"), date(2024, 2, 8), None, ("PLUS",), "Habitat", ("ecoloweb",))
    assert list(filters.en_mots(FRANCE).values()) == [
        ("Territoire", "Région Bretagne ; 33 Gironde"),
        ("Depuis le", "08/02/2024"),
        ("Financement", "PLUS"),
        ("Bailleur", "Habitat"),
        ("Source", "Ecoloweb"),
    ]
