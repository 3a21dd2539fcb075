"""A published run that several tests read."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from data_contracts.layout import Home
from data_contracts.publication import PublishedRun
from tests.unit.dagster_project import made


@pytest.fixture(scope="module")
def parc(tmp_path_factory: pytest.TempPathFactory) -> PublishedRun:
    """Two agreements of two départements and two owners, published."""
    home = Home(tmp_path_factory.mktemp("publie") / "parc")
    delivery = made.land(home, {"ecolo_region": [{"id": 1, "codeinsee": "75"}]}, departements=("33", "2A"))
    rows = {
        "dim_departement": [{"code_departement": "33"}, {"code_departement": "2A"}],
        "dim_bailleur": [
            {"bailleur_id": "ecoloweb:1", "siren": "123456782"},
            {"bailleur_id": "ecoloweb:2", "siren": "987654321"},
        ],
        "fct_convention": [
            {
                "convention_id": "ecoloweb:10",
                "libelle": 'Résidence "Les Tilleuls" ; bâtiment A',
                "code_departement": "33",
                "bailleur_id": "ecoloweb:1",
                "date_signature": date(1998, 11, 26),
                "surface_utile_m2": Decimal("1234.50"),
                "financements": ["PLAI", "PLUS"],
                "est_anah": True,
                "score_qualite": Decimal("92.50"),
            },
            {
                "convention_id": "ecoloweb:11",
                "code_departement": "2A",
                "bailleur_id": "ecoloweb:2",
                "score_qualite": Decimal("100.00"),
            },
        ],
        "fct_lot": [
            {"lot_id": "ecoloweb:1", "convention_id": "ecoloweb:10"},
            {"lot_id": "ecoloweb:2", "convention_id": "ecoloweb:11"},
        ],
        "fct_anomalie": [
            {
                "anomalie_id": "a",
                "severite": "anomalie",
                "etat": "ouverte",
                "convention_id": "ecoloweb:11",
                "code_departement": "2A",
            },
            {"anomalie_id": "b", "severite": "anomalie", "etat": "ouverte", "code_departement": "2A"},
            {"anomalie_id": "c", "severite": "a_verifier", "etat": "resolue"},
        ],
    }
    return made.published(home, rows, deliveries=[delivery])
