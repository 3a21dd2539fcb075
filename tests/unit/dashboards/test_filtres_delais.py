from __future__ import annotations

from dataclasses import replace

import pytest

from dashboards.filtres.communs import Communs
from dashboards.filtres.delais import Filtres, Referentiel, lire_adresse

FRANCE = Referentiel(
    departements={"29": "Finistère", "33": "Gironde"},
    regions={"53": "Bretagne"},
    departements_par_region={"53": ("29",)},
    etapes={"T-08": "Dépôt → signature", "T-15": "Avenants"},
    etapes_avenant=frozenset({"T-15"}),
    services={"ecoloweb:9": "DDTM de la Gironde"},
    familles=("PLUS", "PLAI"),
    sources=("ecoloweb",),
    natures=("HLM", "SEM"),
    annees_ouverture=(2026, 2025),
)
WHOLE = Filtres("T-15", "ouvres", ("ecoloweb:9",), ("SEM",), "mois", ("2026", "2025"), "type", Communs(("33",), familles=("PLAI",)))


@pytest.mark.parametrize("filters", [Filtres("T-08"), WHOLE, Filtres("T-15", axe="service")])
def test_an_address_gives_back_the_filters_that_wrote_it(filters: Filtres) -> None:
    assert lire_adresse(filters.adresse(FRANCE), FRANCE).filtres == filters


def test_an_empty_address_shows_the_stage_by_default_and_filters_nothing() -> None:
    read = lire_adresse({}, FRANCE)
    assert read.filtres == Filtres("T-08")
    assert read.filtres.adresse(FRANCE) == {}
    assert not read.filtres.est_restreint


@pytest.mark.parametrize(
    "address",
    [
        {"etape": "T-99"},
        {"jours": "ouvrables"},
        {"service": "ecoloweb:1"},
        {"nature": "PRIVE"},
        {"pas": "jour"},
        {"ouverture": "1999"},
        {"axe": "commune"},
        {"axe": "type"},
    ],
)
def test_a_value_that_makes_no_sense_is_left_out_and_named(address: dict[str, str]) -> None:
    read = lire_adresse(address, FRANCE)
    assert read.filtres == Filtres("T-08")
    assert read.ignores == [f"{name}={value}" for name, value in address.items()]


@pytest.mark.parametrize(
    ("stages", "shown"),
    [(("T-01", "T-03", "T-08"), "T-03"), (("T-01", "T-08"), "T-08"), (("T-01", "T-15"), "T-01"), ((), "")],
)
def test_the_instruction_is_shown_else_from_deposit_to_signature_else_the_first(stages: tuple[str, ...], shown: str) -> None:
    run = replace(FRANCE, etapes=dict.fromkeys(stages, "Étape"))
    assert lire_adresse({}, run).filtres.etape == shown
    assert Filtres(shown).adresse(run) == {}


def test_only_amendments_are_broken_down_by_type() -> None:
    assert "type" in FRANCE.choix_axe("T-15")
    assert "type" not in FRANCE.choix_axe("T-08")
