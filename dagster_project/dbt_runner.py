"""Runs dbt in this process: reads the project once (parsed form kept in the cache), builds it, and gives the result of each node.

In process, dbt keeps the DuckDB file locked to everybody else until its connections are closed: `build` closes them.
"""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dagster_project.threads import VARIABLE as THREADS_VARIABLE
from data_contracts.errors import BadInputError, RefusedError

if TYPE_CHECKING:
    from dbt.artifacts.schemas.results import NodeResult
    from dbt.contracts.graph.manifest import Manifest

DATABASE_VARIABLE = "PARC_BUILD_DB"
DATABASE_NAME = "warehouse.duckdb"
"""dbt names the database after the file: every build uses this name, so that what was parsed holds for all of them."""
LOG_FILE = "dbt.log"
# dbt's own loggers format every event, even those they drop; `dbt_events.Listener` keeps the readable ones.
GLOBAL_OPTIONS = (
    "--log-level=none",
    "--log-level-file=none",
    "--no-use-colors",
    "--no-print",
    "--no-send-anonymous-usage-stats",
    "--no-version-check",
)


@dataclass(frozen=True)
class ParsedProject:
    """A dbt project as dbt understands it: `manifest` for dbt itself, `content` (the manifest.json) for everybody else."""

    manifest: Manifest
    content: Mapping[str, Any]

    def nodes(self, *kinds: str) -> dict[str, Mapping[str, Any]]:
        """Return the nodes of these kinds (model, seed, test…) by unique id, sorted."""
        return {name: node for name, node in sorted(self.content["nodes"].items()) if node["resource_type"] in kinds}


@dataclass(frozen=True)
class Outcome:
    """What became of one node of the project."""

    unique_id: str
    status: str
    """success, pass, warn, fail, error or skipped."""
    seconds: float
    failures: int | None
    """Rows that a test found."""
    message: str
    compiled: str | None
    """The SQL of the node, once compiled."""

    @property
    def is_good(self) -> bool:
        """True for a node built or a test passed."""
        return self.status in {"success", "pass"}


def parse(project: Path, cache: Path, *, sans_cache: bool = False) -> ParsedProject:
    """Read a dbt project. Only the files changed since the last time are read again, unless `sans_cache`.

    Raises BadInputError when dbt can't read it.
    """
    target = cache.absolute() / "dbt"
    if sans_cache:
        shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True, exist_ok=True)
    # The variables are the same at each reading, wherever the home is: dbt would otherwise take the project for another one.
    with _one_at_a_time(target / "verrou"), _environment({DATABASE_VARIABLE: DATABASE_NAME, THREADS_VARIABLE: "1"}):
        from dbt.cli.main import dbtRunner  # noqa: PLC0415 - seconds of import, for whoever runs or shows the models

        from dagster_project.dbt_events import leave_debugging_out  # noqa: PLC0415 - same reason

        arguments = [*_options(target), "--no-write-json", "parse", *_folders(project, target)]
        leave_debugging_out()
        result = dbtRunner().invoke(arguments)
    if not result.success or result.result is None:
        raise BadInputError(f"Le projet dbt {project} ne se lit pas : {_one_line(result.exception)}") from result.exception
    manifest: Manifest = result.result  # type: ignore[assignment] # `parse` always gives a manifest
    manifest.build_parent_and_child_maps()  # type: ignore[no-untyped-call] # dbt leaves it untyped
    return ParsedProject(manifest, manifest.writable_manifest().to_dict(omit_none=False))


def build(  # noqa: PLR0913 - what is built, where, how, and who watches
    parsed: ParsedProject,
    project: Path,
    database: Path,
    threads: int,
    on_node: Callable[[int], None] = lambda _done: None,
    *,
    tests_stop: bool = True,
) -> list[Outcome]:
    """Build every seed and model of a parsed project in `database` and run its tests; logs go beside the database.

    `on_node` is called with the number of nodes finished so far. A failed test stops only what is built from what it tests,
    and nothing unless `tests_stop`: it is then said to be a warning.
    Raises RefusedError when dbt itself fails before any node.
    """
    from dbt.adapters.duckdb.connections import DuckDBConnectionManager  # noqa: PLC0415 - see parse
    from dbt.cli.main import dbtRunner  # noqa: PLC0415 - see parse

    from dagster_project.dbt_events import Listener, leave_debugging_out  # noqa: PLC0415 - see parse

    folder = database.absolute().parent / "dbt"
    folder.mkdir(parents=True, exist_ok=True)
    build_options = ["--exclude-resource-type=unit_test", f"--threads={threads}"]
    arguments = [*_options(folder), "build", *_folders(project, folder), *build_options]
    manifest = parsed.manifest if tests_stop else _with_warnings_only(parsed.manifest)
    variables = {DATABASE_VARIABLE: str(database.absolute()), THREADS_VARIABLE: str(threads)}
    try:
        with (folder / LOG_FILE).open("w", buffering=1, encoding="utf-8") as file, _environment(variables):
            leave_debugging_out()
            result = dbtRunner(manifest=manifest, callbacks=[Listener(file, on_node)]).invoke(arguments)
    finally:
        DuckDBConnectionManager.close_all_connections()  # type: ignore[no-untyped-call] # same
    if result.result is None:
        raise RefusedError(f"dbt n'a pas pu construire les modèles : {_one_line(result.exception)}") from result.exception
    return [_outcome(entry) for entry in result.result.results]  # type: ignore[union-attr] # `build` gives run results


def _with_warnings_only(manifest: Manifest) -> Manifest:
    """Return a copy whose tests are of severity warn: dbt has no other way not to skip what is built from what a test found bad."""
    from dbt.artifacts.resources.types import NodeType  # noqa: PLC0415 - see parse
    from dbt.artifacts.resources.v1.config import Severity  # noqa: PLC0415 - see parse

    lenient: Manifest = manifest.deepcopy()  # type: ignore[no-untyped-call] # dbt leaves it untyped
    for node in lenient.nodes.values():
        if node.resource_type is NodeType.Test:
            node.config.severity = Severity("warn")
    return lenient


def _outcome(entry: NodeResult) -> Outcome:
    return Outcome(
        unique_id=entry.node.unique_id,
        status=str(entry.status),
        seconds=round(entry.execution_time, 3),
        failures=entry.failures,
        message=" ".join((entry.message or "").split()),
        compiled=getattr(entry.node, "compiled_code", None),
    )


def _options(folder: Path) -> list[str]:
    return [*GLOBAL_OPTIONS, f"--log-path={folder}"]


def _folders(project: Path, target: Path) -> list[str]:
    return [f"--project-dir={project}", f"--profiles-dir={project}", f"--target-path={target / 'target'}"]


def _one_line(error: BaseException | None) -> str:
    return " ".join(str(error or "cause inconnue").split())


@contextmanager
def _environment(values: Mapping[str, str]) -> Iterator[None]:
    """Set environment variables while the block runs: dbt reads its own there, and nowhere else."""
    before = {name: os.environ.get(name) for name in (*values, "DO_NOT_TRACK")}
    os.environ.update(values, DO_NOT_TRACK="1")
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


@contextmanager
def _one_at_a_time(path: Path) -> Iterator[None]:
    """Wait for any other process that reads the project: `parc dagster` may do so while a run does."""
    with path.open("a", encoding="utf-8") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
