"""A report of SISAL that replaces a longer one: what a run publishes of the difference, and of what is no longer kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import pytest

from dagster_project import retention
from dagster_project.checks.control import Family
from dagster_project.project import Project
from dagster_project.run import RunOutcome
from data_contracts.layout import Home
from ingest.importer import import_delivery
from tests.support import made_sisal

from .conftest import NOW

KEPT = timedelta(days=366)


@dataclass(frozen=True)
class Twice:
    """The run of the second delivery, once the first one was removed."""

    outcome: RunOutcome
    first: str
    second: str

    def rows(self, query: str) -> list[tuple[object, ...]]:
        """Query the published marts."""
        with self.outcome.published.connect() as connection:
            return connection.execute(query).fetchall()


@pytest.fixture(scope="module")
def twice(tmp_path_factory: pytest.TempPathFactory, publish: Callable[..., RunOutcome]) -> Twice:
    folder = tmp_path_factory.mktemp("deux-livraisons")
    home = Home(folder / "parc")
    rows = [{"N° Opération GALION": f"20161305500{rank:02}"} for rank in range(1, 11)]
    longer = made_sisal.write_csv(folder / "avant.csv", rows)
    shorter = made_sisal.write_csv(folder / "apres.csv", [rows[0] | {"Produit": "PLUS CD"}, *rows[1:8]])
    first = import_delivery(home, "sisal", longer, now=NOW - KEPT)
    second = import_delivery(home, "sisal", shorter, now=NOW - KEPT + timedelta(days=1))
    retention.apply(home, Project(), NOW + timedelta(days=1))
    return Twice(publish(home), first.delivery.livraison_id, second.delivery.livraison_id)


def test_the_loss_and_the_new_code_are_published(twice: Twice) -> None:
    found = twice.rows(
        "select livraison_id, nature, table_source, colonne, gravite, observe, attendu from rec_derive order by nature"
    )

    assert found == [
        (twice.second, "baisse_de_volume", "rapport_1", "", "alerte", "8", "10"),
        (twice.second, "code_nouveau", "rapport_1", "produit", "alerte", "1", "0"),
    ]


def test_each_of_them_is_an_alert_of_the_run(twice: Twice) -> None:
    failed = [(control.objet, control.nom) for control in twice.outcome.controls if control.famille is Family.DERIVE]

    assert failed == [("sisal.rapport_1", "baisse_de_volume"), ("sisal.rapport_1", "code_nouveau_produit")]


def test_the_age_of_the_delivery_is_a_control_of_the_run(twice: Twice) -> None:
    [age] = [control for control in twice.outcome.controls if control.famille is Family.FRAICHEUR]

    assert (age.objet, age.observe, age.attendu, age.succes) == ("sisal", 365, 400, True)


def test_the_delivery_removed_on_its_date_is_listed_with_what_it_held(twice: Twice) -> None:
    found = twice.rows("select source, livraison_id, origine, nb_recus, motif from rec_suppression")

    assert found == [("sisal", twice.first, "avant.csv", 10, "remplacée depuis plus de 365 jours")]
