"""The first page of the Data Docs: every control of a run, those that failed first, and the page of each table.

It is written again each time controls are recorded, so that a run stopped on its way can be read as well as a published one.
"""

from __future__ import annotations

import shutil
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader

from dagster_project.checks.control import Control, Family
from data_contracts.source_contract import Severity
from data_contracts.words import value

PAGES = Path(__file__).with_name("pages")
FOLDER = "controles"
"""What the Data Docs are called in a run."""
INDEX = "index.html"
STYLE = "style.css"
TITLES = {
    Family.CONTRAT_SOURCE: "Tables reçues",
    Family.CONTRAT_PRODUIT: "Marts",
    Family.DBT: "Tests dbt",
    Family.RECONCILIATION: "Réconciliation",
    Family.DERIVE: "Dérives des livraisons",
    Family.FRAICHEUR: "Fraîcheur des sources",
}
MEASURED = (Family.CONTRAT_SOURCE, Family.CONTRAT_PRODUIT)
"""Families whose objects have a page of their own, made by Great Expectations."""


def page_name(objet: str) -> str:
    """Return the file of the page of a table."""
    return f"{objet}.html"


def write(folder: Path, run_id: str, controls: Sequence[Control]) -> None:
    """Write the index in a folder, and the style sheet of all the pages."""
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(PAGES / STYLE, folder / STYLE)
    (folder / INDEX).write_text(index(run_id, controls), encoding="utf-8")


def index(run_id: str, controls: Sequence[Control]) -> str:
    """Return the page."""
    template = Environment(loader=FileSystemLoader(PAGES), autoescape=True, trim_blocks=True, lstrip_blocks=True).get_template(
        INDEX
    )
    broken = sorted((control for control in controls if not control.succes), key=lambda control: not control.is_blocking)
    families = [
        {"titre": title, "objets": _objects(family, [control for control in controls if control.famille is family])}
        for family, title in TITLES.items()
    ]
    return template.render(
        run_id=run_id,
        **_counts(controls),
        rompus=[_row(control) for control in broken],
        familles=[family for family in families if family["objets"]],
    )


def _row(control: Control) -> dict[str, str]:
    return {
        "gravite": control.gravite.value,
        "resultat": "Rompu" if control.is_blocking else "Alerte",
        "objet": control.objet,
        "nom": control.nom,
        "message": control.message,
        "observe": value(control.observe),
        "attendu": value(control.attendu),
        "cles": ", ".join(control.cles),
    }


def _objects(family: Family, controls: Iterable[Control]) -> list[dict[str, Any]]:
    found: dict[str, list[Control]] = defaultdict(list)
    for control in controls:
        found[control.objet].append(control)
    return [
        {"nom": objet, "page": page_name(objet) if family in MEASURED else None, **_counts(about)}
        for objet, about in sorted(found.items())
    ]


def _counts(controls: Sequence[Control]) -> dict[str, int]:
    blocking = sum(control.is_blocking for control in controls)
    alerts = sum(not control.succes and control.gravite is Severity.ALERTE for control in controls)
    return {"controles": len(controls), "bloquants": blocking, "alertes": alerts}
