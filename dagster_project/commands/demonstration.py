"""`parc demo`: a made-up France, imported and published."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Console

from dagster_project import french
from dagster_project.commands import execution, importation
from ingest.demo import generate

if TYPE_CHECKING:
    from pathlib import Path

    from data_contracts.layout import Home


def run(home: Home, conventions: int, graine: int, sortie: Path | None, *, cas: bool) -> None:
    """Generate deliveries, then do with them what a person would."""
    console = Console(highlight=False)
    folder = sortie or home.root / "demo"
    console.print(f"Fabrication de {french.count(conventions, 'convention')} (graine {graine}) dans {folder}", soft_wrap=True)
    made = generate(conventions, graine, folder, cas=cas)
    console.print(f"  dumps : {made.dump}, {made.apilos}\n  agréments : {made.sisal}, {made.siap}", soft_wrap=True)
    console.print(f"  enquêtes : {made.enquetes}\n  RPLS : {made.rpls}", soft_wrap=True)
    console.print(f"  vérité : {made.verite}, {made.verite_apilos}", soft_wrap=True)
    for source, delivery in (
        ("ecoloweb", made.dump),
        ("apilos", made.apilos),
        ("sisal", made.sisal),
        ("siap", made.siap),
        ("satisfaction", made.enquetes),
        ("rpls", made.rpls),
    ):
        importation.run(home, source, str(delivery), ())
    execution.run(home, None, execution.Asked())
