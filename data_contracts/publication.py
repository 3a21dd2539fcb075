"""Reading a published run, for the app and the command line alike. A reader opens one run, resolved once, and never the pointer."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import Any

import duckdb

from data_contracts.acces.perimetre import TOUT, Perimetre, show
from data_contracts.clauses import literal
from data_contracts.errors import BadInputError
from data_contracts.layout import MANIFEST_FILE, REPORT_FILE, Home

NOTHING_PUBLISHED = "Aucune publication dans {published} : lancer « parc import » puis « parc run »."

_SEEN_THROUGH = "publiee"
"""What the database of a run is called where a reader sees it through views."""
_LOCKED: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "enable_external_access": False,
    "lock_configuration": True,
}


@dataclass(frozen=True)
class PublishedRun:
    """One published run, as one reader sees it. Its files never change."""

    home: Home
    path: Path
    perimetre: Perimetre = TOUT
    """What of it may be seen."""

    @property
    def cle(self) -> str:
        """What tells what is read here from what another run or another reader would read."""
        return f"{self.path} {self.perimetre.cle}"

    def vue_par(self, perimetre: Perimetre) -> PublishedRun:
        """Return this run as another reader sees it."""
        return self if perimetre == self.perimetre else replace(self, perimetre=perimetre)

    def voisine(self, path: Path) -> PublishedRun:
        """Return another run of the same home, as the same reader sees it."""
        return PublishedRun(self.home, path, self.perimetre)

    @property
    def run_id(self) -> str:
        """The run's identifier: the name of its folder."""
        return self.path.name

    @property
    def database(self) -> Path:
        """The DuckDB file built from the published Parquet."""
        return self.path / "warehouse.duckdb"

    @cached_property
    def manifest(self) -> dict[str, Any]:
        """What was published, from what, by which code, with which checks."""
        content: dict[str, Any] = json.loads((self.path / MANIFEST_FILE).read_text(encoding="utf-8"))
        return content

    @property
    def published_at(self) -> datetime:
        """When it was published, with its zone."""
        return datetime.fromisoformat(self.manifest["publie_le"])

    @property
    def reference_date(self) -> date:
        """The day that stands for today in it."""
        return date.fromisoformat(self.manifest["date_reference"])

    @property
    def quality_report(self) -> Path | None:
        """The page of its quality report; None for a run that has none."""
        path = self.path / REPORT_FILE
        return path if path.is_file() else None

    def mart_path(self, mart: str) -> Path:
        """The Parquet file of a mart."""
        return self.path / "marts" / f"{mart}.parquet"

    def connect(self) -> duckdb.DuckDBPyConnection:
        """Open the run read-only, locked down: it can read what may be seen of the marts, and its settings can't change.

        A process may open it several times: DuckDB shares one database, whose settings are then given once, as it opens.
        """
        connection = (
            duckdb.connect(str(self.database), read_only=True, config=_LOCKED)
            if self.perimetre.est_entier
            else self._seen_through()
        )
        connection.execute("use marts")
        return connection

    def _seen_through(self) -> duckdb.DuckDBPyConnection:
        """Open a database that holds nothing but views over the marts."""
        connection = duckdb.connect()
        connection.execute(f"attach {literal(str(self.database))} as {_SEEN_THROUGH} (read_only)")
        show(connection, self.perimetre, f"{_SEEN_THROUGH}.marts", "memory.marts")
        for name, value in _LOCKED.items():
            connection.execute(f"set {name} = {str(value).lower()}")
        return connection


def current_run(home: Home) -> PublishedRun:
    """Return the current run. Raises BadInputError when nothing is published."""
    try:
        path = home.current.resolve(strict=True)
    except OSError as error:
        raise BadInputError(NOTHING_PUBLISHED.format(published=home.published)) from error
    return PublishedRun(home, path)


def published_runs(home: Home) -> list[PublishedRun]:
    """Return every published run, oldest first."""
    return [
        PublishedRun(home, path.parent)
        for path in sorted(home.published.glob(f"[!.]*/{MANIFEST_FILE}"))  # a draft is hidden
        if not path.parent.is_symlink()
    ]


def named_run(home: Home, name: str) -> PublishedRun:
    """Return the published run whose identifier is `name`, or alone starts with it. Raises BadInputError, naming the others."""
    runs = published_runs(home)
    found = [run for run in runs if run.run_id == name] or [run for run in runs if name and run.run_id.startswith(name)]
    if len(found) == 1:
        return found[0]
    if not runs:
        raise BadInputError(NOTHING_PUBLISHED.format(published=home.published))
    wrong = "désigne plusieurs publications : en écrire davantage" if found else "n'est le début d'aucune publication : choisir"
    raise BadInputError(f"« {name} » {wrong} ({', '.join(run.run_id for run in found or runs)}).")
