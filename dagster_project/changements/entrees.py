"""What a run is made from, as its manifest keeps it: two runs made from the same have the same marts."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from dagster_project import rules
from dagster_project.project import Project
from dagster_project.version import version_code
from data_contracts.decision_register import Register
from data_contracts.delivery import Delivery


def recorded(project: Project, date_reference: date, deliveries: Iterable[Delivery], decided: Register) -> dict[str, Any]:
    """Return the part of the manifest that says what a run reads, under which law and by which code."""
    return {
        "version_code": version_code(),
        "date_reference": date_reference.isoformat(),
        "droit": rules.law(project.catalogue()),
        "decisions": {"lues": len(decided.decisions), "empreinte": decided.fingerprint},
        "livraisons": [delivery.model_dump(mode="json") for delivery in deliveries],
    }
