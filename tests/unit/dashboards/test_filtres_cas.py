from __future__ import annotations

from datetime import date

import pytest

from dashboards.filtres.cas import CHOIX_SEVERITE, Filtres, Referentiel, lire_adresse
from dashboards.filtres.communs import Communs

FRANCE = Referentiel(
    regles={"DUR-003": "Durée PLS", "DUR-008": "Durée saisie", "FIN-002": "Mixte"},
    departements={"29": "Finistère", "33": "Gironde", "35": "Ille-et-Vilaine"},
    regions={"53": "Bretagne", "75": "Nouvelle-Aquitaine"},
    departements_par_region={"53": ("29", "35"), "75": ("33",)},
    familles=("PLUS", "PLAI"),
    sources=("ecoloweb",),
)
WHOLE = Filtres(("DUR", "FIN-002"), "tous", "resolue", Communs(("region-53", "33"), bailleur="Habitat"))


@pytest.mark.parametrize(
    "filters", [Filtres(), WHOLE, Filtres(severite="information"), Filtres(communs=Communs(jusqua=date(1990, 3, 1)))]
)
def test_an_address_gives_back_the_filters_that_wrote_it(filters: Filtres) -> None:
    assert lire_adresse(filters.adresse, FRANCE).filtres == filters


def test_what_is_not_filtered_is_not_written() -> None:
    assert Filtres().adresse == {}


@pytest.mark.parametrize(
    "address",
    [
        {"regles": "XYZ-001"},
        {"severite": "grave"},
        {"etat": "ouvert"},
    ],
)
def test_a_value_that_makes_no_sense_is_left_out_and_named(address: dict[str, str]) -> None:
    read = lire_adresse(address, FRANCE)
    assert read.filtres == Filtres()
    assert read.ignores == [f"{name}={value.strip()}" for name, value in address.items()]


def test_what_makes_sense_beside_it_is_kept() -> None:
    assert lire_adresse({"territoire": "33,999, 33", "regles": "DUR-003,,"}, FRANCE).filtres == Filtres(
        ("DUR-003",), communs=Communs(("33",))
    )


def test_filters_are_said_in_words() -> None:
    assert {said["filtre"]: said["valeur"] for said in WHOLE.en_mots(FRANCE)} == {
        "Sévérité": "Tous les cas, à vérifier compris",
        "État": "Résolus",
        "Règles": "DUR · Durée et date de fin (toutes) ; FIN-002 · Mixte",
        "Territoire": "Région Bretagne ; 33 Gironde",
        "Bailleur": "Habitat",
    }


def test_an_information_is_never_looked_at_with_cases() -> None:
    assert [choice.codes for choice in CHOIX_SEVERITE.values() if "information" in choice.codes] == [("information",)]
