"""`parc run`: builds, checks and publishes, showing each step."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.console import Console

from dagster_project import french
from dagster_project.checks.data_docs_index import FOLDER, INDEX
from dagster_project.dates import reference_date
from dagster_project.progress import TerminalProgress
from dagster_project.run import RunOutcome, execute
from dagster_project.session import Forcing
from dagster_project.terminal import say
from data_contracts import words
from data_contracts.author import default_author
from data_contracts.decision import AUTEUR_MAX, MOTIF_MAX, writable
from data_contracts.errors import BadInputError
from data_contracts.extraits import forcage
from data_contracts.layout import MANIFEST_FILE
from data_contracts.source_contract import Severity

if TYPE_CHECKING:
    from dagster_project.checks.control import Control
    from data_contracts.layout import Home
    from data_contracts.publication import PublishedRun

ALERTS_SHOWN = 10
KEYS_SHOWN = 5
MEASURES = ["lignes_reprises", "communes_rattachees"]
"""What is said of the agréments received."""


@dataclass(frozen=True)
class Asked:
    """The options typed."""

    sans_cache: bool = False
    force: bool = False
    motif: str | None = None


def run(home: Home, date_reference: str | None, asked: Asked) -> None:
    """Run, then say what was published. Raises BadInputError for a reason given to nothing, or that nobody signs."""
    forcing = forced_by(asked)
    console = Console(highlight=False)
    day = reference_date(date_reference)
    console.print(f"Date de référence : {day:%d/%m/%Y}")
    outcome = execute(home, day, sans_cache=asked.sans_cache, forcing=forcing, progress=TerminalProgress(console))
    suite = "Suite : « parc status », « parc dashboard », « parc sql »."
    say([*summary(outcome), *agrements(outcome.published), suite], console)


def forced_by(asked: Asked) -> Forcing | None:
    """Return who forces the publication, and why; None unless it is asked for. Raises BadInputError as `run` does."""
    motif = writable(" ".join((asked.motif or "").split()), "Le motif", MOTIF_MAX)
    if not asked.force:
        if motif:
            raise BadInputError("L'option « --motif » ne vaut qu'avec « --force » : voir « parc run --help ».")
        return None
    auteur = default_author()
    if not auteur:
        raise BadInputError("Une publication forcée est signée : donner PARC_AUTEUR dans l'environnement.")
    return Forcing(writable(auteur, "L'auteur", AUTEUR_MAX), motif or None)


def summary(outcome: RunOutcome) -> list[str]:
    """Return what a person should know of a published run: its name, its size, its checks, and the alerts to look at."""
    run = outcome.published
    marts = run.manifest["marts"]
    alerts = [control for control in outcome.controls if not control.succes and control.gravite is Severity.ALERTE]
    rows = sum(mart["lignes"] for mart in marts.values())
    size = f"{french.count(len(marts), 'table')}, {french.count(rows, 'ligne')}"
    checks = f"{french.count(len(outcome.controls), 'contrôle')} dont {french.count(len(alerts), 'alerte')}"
    lines = [f"Publié : {run.path}", f"  {size}, {checks}, en {french.seconds(sum(outcome.durations.values()))}"]
    lines.append(f"  contrôle par contrôle : {run.path / FOLDER / INDEX}")
    forced = forcage.lire(run)
    if forced:
        lines += [f"  ! {forced.phrase()}", *(f"    - {detail}" for detail in forced.details())]
    lines += [f"  ! {_alert(alert)}" for alert in alerts[:ALERTS_SHOWN]]
    if len(alerts) > ALERTS_SHOWN:
        lines.append(f"  ! … et {len(alerts) - ALERTS_SHOWN} autres alertes, toutes dans {run.path / MANIFEST_FILE}")
    return lines


def agrements(run: PublishedRun) -> list[str]:
    """Return what became of the agréments of each source that gave some: how many are taken over, how many have a commune."""
    with run.connect() as connection:
        measured = connection.execute(
            "select source, libelle, nb, sur, taux_pct, cles from rec_agrement "
            f"where mesure in ({', '.join('?' * len(MEASURES))}) order by source, mesure desc",
            MEASURES,
        ).fetchall()
    return [
        f"  {words.SOURCES[source]} : {french.number(count)} {label} sur {french.number(total)} ({french.percent(float(rate))})"
        + (f" ; restent {', '.join(keys)}" if keys else "")
        for source, label, count, total, rate, keys in measured
    ]


def _alert(alert: Control) -> str:
    keys = f" ; clés : {', '.join(alert.cles[:KEYS_SHOWN])}" if alert.cles else ""
    return f"{alert.objet} : {alert.message} ({alert.observe} en défaut{keys})"
