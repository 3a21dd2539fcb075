"""What a run says of the age and of the drift of its deliveries."""

from __future__ import annotations

from datetime import timedelta

import pytest

from dagster_project.checks import arrival
from dagster_project.checks.control import Control, Family
from dagster_project.project import Project
from data_contracts.delivery import Delivery
from data_contracts.derive import Derive, Gravite, Nature
from data_contracts.layout import Home

from . import made
from .made import TODAY

LIMIT = Project().source("ecoloweb").fraicheur_jours


@pytest.fixture
def delivery(home: Home) -> Delivery:
    drift = [
        Derive(
            nature=Nature.BAISSE_DE_VOLUME, table="ecolo_region", gravite=Gravite.ALERTE, observe=1, attendu=9, message="Moins."
        ),
        Derive(nature=Nature.COLONNE_APPARUE, table="ecolo_region", colonne="x", gravite=Gravite.INFORMATION, message="Plus."),
    ]
    return made.land(home, {}, derives=drift)


def controls(delivery: Delivery, days: int) -> dict[str, Control]:
    return {found.nom: found for found in arrival.controls(Project(), [delivery], TODAY + timedelta(days=days))}


@pytest.mark.parametrize(("days", "fresh"), [(-1, True), (LIMIT, True), (LIMIT + 1, False)])
def test_a_delivery_older_than_its_contract_admits_is_an_alert(delivery: Delivery, days: int, fresh: bool) -> None:  # noqa: FBT001
    age = controls(delivery, days)[arrival.AGE]

    assert (age.famille, age.succes, age.observe, age.attendu) == (Family.FRAICHEUR, fresh, max(days, 0), LIMIT)
    assert not age.is_blocking


def test_each_drift_is_a_control_and_information_is_no_failure(delivery: Delivery) -> None:
    found = controls(delivery, 0)

    loss = found["baisse_de_volume"]
    assert (loss.famille, loss.objet, loss.succes, loss.observe, loss.message) == (
        Family.DERIVE,
        "ecoloweb.ecolo_region",
        False,
        1,
        "Moins.",
    )
    assert (found["colonne_apparue_x"].succes, loss.is_blocking) == (True, False)


def test_the_gate_expects_what_is_recorded(delivery: Delivery) -> None:
    recorded = [control.id for control in arrival.controls(Project(), [delivery], TODAY)]

    assert sorted(arrival.expected([delivery])) == sorted(recorded)
