from __future__ import annotations

from datetime import date

import pytest

from dashboards.filtres.communs import Communs, Connus
from dashboards.filtres.parc import CONVENTIONS, FOYERS, Filtres, lire_adresse

FRANCE = Connus(
    departements={"29": "Finistère", "33": "Gironde"},
    regions={"53": "Bretagne"},
    departements_par_region={"53": ("29",)},
    familles=("PLUS", "PLAI"),
    sources=("ecoloweb",),
)
REFERENCE = date(2026, 11, 1)


@pytest.mark.parametrize("filters", [Filtres(), Filtres(date(2015, 1, 1), FOYERS), Filtres(mesure=CONVENTIONS)])
def test_an_address_gives_back_the_filters_that_wrote_it(filters: Filtres) -> None:
    assert lire_adresse(filters.adresse, FRANCE, REFERENCE).filtres == filters


def test_an_address_keeps_the_shared_filters_beside_the_day() -> None:
    read = lire_adresse({"au": "2015-01-01", "territoire": "33"}, FRANCE, REFERENCE)
    assert read.filtres == Filtres(date(2015, 1, 1), communs=Communs(("33",)))


def test_a_year_stands_for_its_last_day() -> None:
    assert lire_adresse({"au": "2015"}, FRANCE, REFERENCE).filtres.au == date(2015, 12, 31)


def test_the_reference_date_is_what_goes_without_saying() -> None:
    assert lire_adresse({"au": "2026-11-01"}, FRANCE, REFERENCE).filtres == Filtres()


@pytest.mark.parametrize("day", ["2026-11-02", "2026", "2100-01-01"])
def test_a_day_to_come_is_told_and_the_reference_date_stands_in_its_place(day: str) -> None:
    read = lire_adresse({"au": day}, FRANCE, REFERENCE)
    assert read.filtres == Filtres()
    assert read.a_venir is not None
    assert read.a_venir > REFERENCE


@pytest.mark.parametrize("address", [{"au": "hier"}, {"au": "1015-01-01"}, {"mesure": "lits"}, {"territoire": "999"}])
def test_what_makes_no_sense_is_left_out_and_named(address: dict[str, str]) -> None:
    read = lire_adresse(address, FRANCE, REFERENCE)
    assert read.filtres == Filtres()
    assert read.ignores == [f"{name}={value}" for name, value in address.items()]
