"""A warehouse of made surveys alone: an export of « Je donne mon avis », bailleurs noted from 1 to 5, instructeurs from 0 to 10."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import duckdb
import pytest

from data_contracts.layout import Home
from data_contracts.publication import current_run
from ingest.importer import import_delivery
from tests.support.made_satisfaction import write_jdma, write_survey

NOW = datetime(2026, 11, 1, tzinfo=UTC)
REVIEWS = [
    *((str(rank), "2026-02-01 10:00:00", "Très bien", "5", "") for rank in range(6)),
    *((str(rank), "2026-02-01 10:00:00", "Moyen", "3", "") for rank in range(6, 9)),
    *((str(rank), "2026-02-01 10:00:00", "Pas bien", "1", "Publication au SPF en retard") for rank in range(9, 11)),
    ("12", "2025-12-31 23:30:00", "", "", "Note oubliée"),
    ("13", "2025-06-01 10:00:00", "Très bien", "4", ""),
]
"""Twelve answers of 2026 in Paris, eleven of them noted, and one of 2025."""
BAILLEURS = [
    *(("05/02/2026", "5", "", "33") for _ in range(8)),
    *(("05/02/2026", "2", "Le loyer est faux, appeler Mme Dupin au 06 12 34 56 78", "2A") for _ in range(4)),
    ("05/02/2026", "6", "Hors de l'échelle", ""),
    ("06/02/2026", "3", "", "20"),
]
INSTRUCTEURS = [
    *(("05/02/2026", "10", "", "") for _ in range(6)),
    *(("05/02/2026", "8", "", "") for _ in range(2)),
    *(("05/02/2026", "6", "", "") for _ in range(2)),
]


@pytest.fixture(scope="session")
def surveyed(tmp_path_factory: pytest.TempPathFactory, publish: Callable[..., object]) -> Home:
    """The home that published them."""
    folder = tmp_path_factory.mktemp("satisfaction")
    home = Home(folder / "parc")
    surveys = write_survey(folder / "enquetes", BAILLEURS, "bailleurs", nb_envoyes=52)
    scale = {"colonne": "Note", "minimum": 0, "maximum": 10}
    write_survey(surveys, INSTRUCTEURS, "instructeurs", titre="Instructeurs 2026", public="instructeur", note=scale)
    write_jdma(surveys / "avis.csv", REVIEWS)
    import_delivery(home, "satisfaction", surveys, now=NOW)
    publish(home)
    return home


@pytest.fixture
def marts(surveyed: Home) -> Iterator[duckdb.DuckDBPyConnection]:
    """The published marts, read-only."""
    with current_run(surveyed).connect() as connection:
        yield connection
