from __future__ import annotations

import pytest

from dashboards.filtres.communs import Communs
from dashboards.filtres.satisfaction import Filtres, Referentiel, lire_adresse

SURVEYS = Referentiel(
    enquetes={"bailleurs": "Enquête des bailleurs", "jdma": "Je donne mon avis"},
    publics=("bailleur", "inconnu"),
    canaux=("jdma", "enquete"),
    departements={"33": "Gironde"},
    regions={},
    departements_par_region={},
    familles=(),
    sources=(),
    themes=("DELAI", "LOYER"),
)
WHOLE = Filtres(("jdma", "bailleurs"), ("inconnu",), ("enquete",), "annee", ("LOYER",), "insatisfaits", "relance", Communs(("33",)))


@pytest.mark.parametrize("filters", [Filtres(), WHOLE, Filtres(mot="PDF")])
def test_an_address_gives_back_the_filters_that_wrote_it(filters: Filtres) -> None:
    assert lire_adresse(filters.adresse, SURVEYS).filtres == filters


def test_what_is_not_filtered_is_not_written() -> None:
    assert Filtres().adresse == {}


@pytest.mark.parametrize(
    "address",
    [
        {"enquete": "autre"},
        {"public": "locataire"},
        {"canal": "courrier"},
        {"pas": "jour"},
        {"theme": "PRIX"},
        {"avis": "ravis"},
    ],
)
def test_a_value_that_makes_no_sense_is_left_out_and_named(address: dict[str, str]) -> None:
    read = lire_adresse(address, SURVEYS)
    assert read.filtres == Filtres()
    assert read.ignores == [f"{name}={value}" for name, value in address.items()]
