"""`parc import`: receives one delivery and says what became of its rows."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from rich.console import Console

from dagster_project import expiry, french, retention
from dagster_project.project import Project
from dagster_project.terminal import say
from data_contracts.lock import exclusive
from ingest.importer import ImportReport, import_delivery

if TYPE_CHECKING:
    from collections.abc import Sequence

    from data_contracts.layout import Home


def run(home: Home, source: str, origin: str, departements: Sequence[str]) -> None:
    """Import a delivery, showing each table as it lands."""
    console = Console(highlight=False)

    def landed(table: str, rows: int, seconds: float) -> None:
        rate = f"{french.number(round(rows / seconds))} lignes/s" if rows and seconds else ""
        console.print(f"  {table:<36} {french.count(rows, 'ligne'):>18}  {rate:>20}", markup=False)

    now = datetime.now(UTC)
    with exclusive(home, "parc import"):
        if removed := retention.apply(home, Project(), now):
            say([retention.sentence(removed)], console)
        if others := expiry.apply(home, now):
            say([expiry.sentence(others)], console)
        report = import_delivery(home, source, origin, departements=departements, now=now, progress=landed)
    say(summary(report), console)


def summary(report: ImportReport) -> list[str]:
    """Return what a person should know of an import."""
    delivery = report.delivery
    if report.deja_importee:
        known = f"Livraison {delivery.livraison_id} déjà importée le {french.local_moment(delivery.recue_le)} : rien n'a changé."
        return [known, *_warnings(report)]
    unreadable = sum(table.nb_illisibles for table in delivery.tables)
    outside = sum(table.nb_hors_perimetre for table in delivery.tables)
    lines = [
        f"Livraison {delivery.livraison_id} ({delivery.format}, {delivery.origine}) importée en {french.seconds(report.duree_s)} :",
        (
            f"  {french.count(len(delivery.tables), 'table')}, {french.count(delivery.nb_recus, 'ligne reçue', 'lignes reçues')}, "
            f"{french.count(delivery.nb_poses, 'posée')}, {french.number(delivery.nb_quarantaine)} en quarantaine, "
            f"{french.count(unreadable, 'valeur illisible', 'valeurs illisibles')}"
        ),
    ]
    if outside:
        codes = ", ".join(delivery.departements)
        lines.append(f"  {french.count(outside, 'ligne')} hors des départements demandés ({codes}), non comptées dans les reçues")
    return [*lines, *_warnings(report), "Suite : « parc run » pour construire, contrôler et publier."]


def _warnings(report: ImportReport) -> list[str]:
    return [f"  ! {warning}" for warning in report.avertissements]
