"""Warehouses of agréments alone: the real report of the Bouches-du-Rhône, and made deliveries of SISAL and SIAP."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import pytest

from data_contracts.layout import Home
from data_contracts.publication import current_run
from ingest.importer import import_delivery
from tests.support import made_siap, made_sisal
from tests.support.command import parc_does

NOW = datetime(2026, 11, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Published:
    """A home that published, and what its commands said."""

    home: Home
    said: str

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """Query the published marts."""
        with current_run(self.home).connect() as connection:
            return connection.execute(query).fetchall()


@pytest.fixture(scope="session")
def real(tmp_path_factory: pytest.TempPathFactory, shared_data: Path) -> Published:
    """The real report of SISAL, imported and published by the command line, in a home without any other source."""
    home = Home(tmp_path_factory.mktemp("sisal") / "parc")
    said = parc_does(home, "import", "sisal", shared_data / "sisal_13_2015-2018.csv")
    return Published(home, said + parc_does(home, "run"))


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory, publish: Callable[..., object]) -> Published:
    """A few made agréments of both sources, with what each of them may do wrong."""
    folder = tmp_path_factory.mktemp("agrements")
    home = Home(folder / "parc")
    import_delivery(home, "sisal", made_sisal.write_csv(folder / "sisal.csv", SISAL), now=NOW)
    answers = {f"operation-{rank}": answer for rank, answer in enumerate(_operations())}
    clearance = {"habilitations": made_siap.CLEARANCE_ANSWER["habilitations"][:1]}
    import_delivery(home, "siap", made_siap.write_folder(folder / "siap", h=clearance, f=[made_siap.MERGER], **answers), now=NOW)
    publish(home)
    return Published(home, "")


@pytest.fixture
def marts(made: Published) -> Iterator[duckdb.DuckDBPyConnection]:
    """The published marts of the made agréments, read-only."""
    with current_run(made.home).connect() as connection:
        yield connection


SISAL = (
    {"Produit": "PLUS", "Type d'habitat": "collectif", "Nb logts": "10"},
    {"Produit": "PLUS", "Type d'habitat": "individuel", "Nb logts": "2"},
    {"Produit": "PLAI", "Nb logts": "5"},
    {"Produit": "PLAI_ADP", "Nb logts": "1"},
    {"N° Opération GALION": "2016130550002", "Commune": "Marseille - 13e arrondissement", "Réf. Parcelle cadastrale": ""},
    {"N° Opération GALION": "2016130550003", "Commune": "Pertuis", "Réf. Parcelle cadastrale": ""},
    {"N° Opération GALION": "2016130550004", "Commune": "Nulle-Part", "Réf. Parcelle cadastrale": ""},
    {"N° Opération GALION": "2016130550005", "MOA (code SIRET)": "NR", "MOA (nom officiel)": "DUPIN ANATOLE"},
    {"N° Opération GALION": "2016130550006", "MOA (code SIRET)": "5881167000015"},
)
"""The rows of a made report, each told by what it has of its own."""


def _operations() -> list[made_siap.Answer]:
    def swapped(answer: made_siap.Answer) -> None:
        answer["donneesLocalisation"] |= {"zonage123": "A", "zonageABC": "02"}
        answer["donneesOperation"]["statutOperation"] = "ANNULEE"

    def private(answer: made_siap.Answer) -> None:
        answer["donneesMo"] |= {"nom": "DUPIN Anatole", "siren": None, "email": "anatole@exemple.test"}
        answer["donneesOperation"] |= {"sansTravaux": True, "aides": None}
        answer["detailsOperation"] = answer["plansFinancement"] = None

    return [
        made_siap.operation("20221200002"),
        made_siap.operation("20221200003", swapped),
        made_siap.operation("20221200004", private),
        made_siap.operation("2016130550006"),
    ]
