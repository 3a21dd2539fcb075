"""One run, from its first instant to its publication: what its steps share, how they are timed, and how an error travels.

Opening a session takes the lock of the home and clears what killed runs left; it is the only way to start a run, whether
`parc run` or the Dagster interface asks for it.
"""

from __future__ import annotations

import secrets
import shutil
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from pathlib import Path

from dagster_project.checks import data_docs_index
from dagster_project.checks.control import CONTROLS_FILE, Control, ControlJournal
from dagster_project.checks.suites import source_suites
from dagster_project.checks.worker import CheckWorker
from dagster_project.landing import deliveries_to_read, verify_landing
from dagster_project.progress import Progress, SilentProgress
from dagster_project.project import Project
from data_contracts import decision_register
from data_contracts.decision_register import Register
from data_contracts.delivery import Delivery
from data_contracts.layout import Home
from data_contracts.lock import exclusive
from data_contracts.publication import PublishedRun, published_runs

DRAFT_PREFIX = ".tmp-"
STAMP = "%Y%m%dT%H%M%SZ"
"""What a folder or link of `published/` is called until it is whole."""


class Step(StrEnum):
    """The steps of a run, in order, as a person reads them."""

    CHARGEMENT = "Chargement des modèles"
    PREPARATION = "Préparation"
    CONTRATS_SOURCES = "Contrats des sources"
    DBT = "Modèles et tests dbt"
    CONTRATS_PRODUITS = "Contrats des marts"
    RECONCILIATION = "Réconciliation"
    PUBLICATION = "Publication"

    @property
    def key(self) -> str:
        """The step's name in the manifest."""
        return self.name.lower()


@dataclass(frozen=True)
class Forcing:
    """Who publishes in spite of blocking checks that failed, and why, when they say it."""

    auteur: str
    motif: str | None = None


@dataclass
class StepReport:
    """What a step says of itself once done."""

    summary: str = ""


@dataclass
class Session:
    """What the steps of one run share."""

    home: Home
    project: Project
    run_id: str
    date_reference: date
    deliveries: tuple[Delivery, ...]
    """The deliveries the run reads, one a source."""
    worker: CheckWorker
    """Executes the suites."""
    decided: Register = field(default_factory=Register)
    """The decisions the run reads: those recorded when it starts."""
    source_ticket: int = 0
    """The suites of the landed tables, submitted when the session opened."""
    sans_cache: bool = False
    """Ignore every cache."""
    forcing: Forcing | None = None
    """Given when failed blocking checks must not prevent the publication."""
    progress: Progress = field(default_factory=SilentProgress)
    durations: dict[str, float] = field(default_factory=dict)
    """Seconds by step key."""
    failure: BaseException | None = None
    """The first error of a step: Dagster turns errors into text, this keeps the real one."""
    published: PublishedRun | None = None

    @property
    def build(self) -> Path:
        """The run's private folder."""
        return self.home.build(self.run_id)

    @property
    def database(self) -> Path:
        """The DuckDB file that the run builds."""
        return self.build / "warehouse.duckdb"

    @property
    def controls(self) -> ControlJournal:
        """The checks recorded by this run."""
        return ControlJournal(self.build / CONTROLS_FILE)

    @property
    def pages(self) -> Path:
        """The folder of the Data Docs."""
        return self.build / data_docs_index.FOLDER

    def record(self, found: Sequence[Control]) -> None:
        """Record controls and write the index of the Data Docs; before a refusal, wait for the pages that tell it."""
        self.controls.record(found)
        data_docs_index.write(self.pages, self.run_id, self.controls.read())
        if any(control.is_blocking for control in found):
            self.worker.settle()

    @contextmanager
    def step(self, step: Step) -> Iterator[StepReport]:
        """Time a step, show it, and keep its error."""
        self.progress.start(step)
        report, start = StepReport(), time.monotonic()
        try:
            yield report
        except BaseException as error:
            self.failure = self.failure or error
            self.progress.failed(step)
            raise
        self.durations[step.key] = round(time.monotonic() - start, 3)
        self.progress.done(step, report.summary, self.durations[step.key])


def new_run_id(home: Home, now: datetime) -> str:
    """Return an identifier that never repeats and sorts after those of the published runs, even where the clock went back."""
    stamp, published = now.astimezone(UTC).replace(microsecond=0), published_runs(home)
    if published and (last := _stamp(published[-1].run_id)) and stamp <= last:
        stamp = last + timedelta(seconds=1)
    return f"{stamp:{STAMP}}-{secrets.token_hex(3)}"


def _stamp(run_id: str) -> datetime | None:
    try:
        return datetime.strptime(run_id.partition("-")[0], STAMP).replace(tzinfo=UTC)
    except ValueError:
        return None


@contextmanager
def open_session(  # noqa: PLR0913 - see run.execute
    home: Home,
    date_reference: date,
    *,
    project: Project | None = None,
    sans_cache: bool = False,
    forcing: Forcing | None = None,
    progress: Progress | None = None,
    worker: CheckWorker | None = None,
    patience: float = 0.0,
) -> Iterator[Session]:
    """Hold the lock, clear what killed runs left, and give the session of a new run.

    Who makes several runs may lend a `worker`, so that Great Expectations loads once.
    Raises BadInputError when a rule is broken, when somebody else holds the lock after `patience` seconds, when nothing was
    imported, when a landed file was altered.
    """
    definition = project or Project()
    definition.catalogue()  # a broken rule is told before anything is built
    with exclusive(home, "parc run", patience):
        remove_leftovers(home)
        deliveries = deliveries_to_read(home)
        for delivery in deliveries:
            verify_landing(home, delivery)
        with nullcontext(worker) if worker else CheckWorker() as active:
            session = Session(
                home=home,
                project=definition,
                deliveries=deliveries,
                run_id=new_run_id(home, datetime.now(UTC)),
                date_reference=date_reference,
                decided=decision_register.read(home),
                worker=active,
                sans_cache=sans_cache,
                forcing=forcing,
                progress=progress or SilentProgress(),
            )
            session.source_ticket = active.submit(source_suites(home, definition, deliveries), None, session.pages)
            yield session


def remove_leftovers(home: Home) -> None:
    """Remove what runs killed before their end left behind. The caller holds the lock, so no run is alive."""
    for folder in home.builds.glob("*"):
        shutil.rmtree(folder)
    for draft in home.published.glob(f"{DRAFT_PREFIX}*"):
        remove_draft(draft)


def remove_draft(draft: Path) -> None:
    """Remove a publication that was being made, or a pointer that was."""
    if draft.is_symlink():
        draft.unlink()
    else:
        shutil.rmtree(draft)
