"""What the run says again of its deliveries: how each differs from the one it replaced, as its import saw it, and how old it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from dagster_project.checks.control import Control, ControlId, Family
from dagster_project.project import Project
from data_contracts.delivery import Delivery, age_in_days
from data_contracts.derive import Derive, Gravite
from data_contracts.source_contract import Severity

AGE = "age_en_jours"


def expected(deliveries: Iterable[Delivery]) -> Iterator[ControlId]:
    """Give the controls that `controls` records."""
    for delivery in deliveries:
        yield ControlId(Family.FRAICHEUR, delivery.source, AGE)
        for found in delivery.derives:
            yield _identity(delivery, found)


def controls(project: Project, deliveries: Iterable[Delivery], date_reference: date) -> list[Control]:
    """Return one control a difference, and one of the age of each delivery at the reference date.

    All of them alert, and information is no failure: a delivery that its contract forbids was refused at import.
    """
    return [
        control
        for delivery in deliveries
        for control in (
            _freshness(delivery, project.source(delivery.source).fraicheur_jours, date_reference),
            *(_drift(delivery, found) for found in delivery.derives),
        )
    ]


def _freshness(delivery: Delivery, limit: int, date_reference: date) -> Control:
    age = age_in_days(delivery.recue_le, date_reference)
    fresh = age <= limit
    return Control(
        famille=Family.FRAICHEUR,
        nom=AGE,
        objet=delivery.source,
        gravite=Severity.ALERTE,
        succes=fresh,
        observe=age,
        attendu=limit,
        message="" if fresh else "la dernière livraison est plus vieille que ne l'admet le contrat de la source",
    )


def _drift(delivery: Delivery, found: Derive) -> Control:
    identity = _identity(delivery, found)
    return Control(
        famille=identity.famille,
        nom=identity.nom,
        objet=identity.objet,
        gravite=Severity.ALERTE,
        succes=found.gravite is Gravite.INFORMATION,
        observe=found.observe,
        attendu=found.attendu,
        message=found.message,
    )


def _identity(delivery: Delivery, found: Derive) -> ControlId:
    nom = f"{found.nature}_{found.colonne}" if found.colonne else str(found.nature)
    return ControlId(Family.DERIVE, f"{delivery.source}.{found.table}", nom)
