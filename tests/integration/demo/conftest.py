"""Published demos: made, imported and published once for the tests that compare them with what the generator decided."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb
import pytest

from data_contracts.layout import Home
from data_contracts.publication import PublishedRun, current_run
from ingest.demo import DemoDelivery, generate
from tests.support.command import parc_does

if TYPE_CHECKING:
    from dagster_project.run import RunOutcome

CONVENTIONS = int(os.environ.get("PARC_DEMO_CONVENTIONS", "4000"))
"""How large a parc to compare: the suite takes the size of `make demo`; any other may be asked for."""
CONVENTIONS_WITH_APILOS = int(os.environ.get("PARC_DEMO_CONVENTIONS", "1500"))
"""The same with APiLos, whose cases need less."""
GRAINES = tuple(int(seed) for seed in os.environ.get("PARC_DEMO_GRAINES", "42").split(","))


Publish = Callable[..., "RunOutcome"]


@dataclass(frozen=True)
class PublishedDemo:
    """What was published of a demo, and its truth."""

    marts: duckdb.DuckDBPyConnection
    truth: dict[str, Any]
    run: PublishedRun


@dataclass(frozen=True)
class WholeDemo(PublishedDemo):
    """What was published of every delivery of a demo, that of APiLos included."""

    apilos: dict[str, Any]
    """What is true once APiLos is delivered as well."""
    personnes: Path
    """The list of the made persons that its deliveries hold."""


@pytest.fixture(scope="session", params=GRAINES, ids=lambda seed: f"graine {seed}")
def whole_demo(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, publish: Publish) -> Iterator[WholeDemo]:
    """A demo with planted cases, and with APiLos."""
    folder = tmp_path_factory.mktemp("avec_apilos")
    made = generate(CONVENTIONS_WITH_APILOS, request.param, folder / "demo")
    home = Home(folder / "parc")
    for source, delivery in (*_deliveries(made), ("apilos", made.apilos)):
        parc_does(home, "import", source, delivery)
    truth = json.loads(made.verite.read_text(encoding="utf-8"))
    publish(home, truth["date_reference"])
    run = current_run(home)
    with run.connect() as marts:
        apilos = json.loads(made.verite_apilos.read_text(encoding="utf-8"))
        yield WholeDemo(marts, truth, run, apilos, made.personnes)


@pytest.fixture(scope="session", params=GRAINES, ids=lambda seed: f"graine {seed}")
def demo(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, publish: Publish) -> Iterator[PublishedDemo]:
    """A demo as people see it, with planted cases."""
    yield from _published(request.param, tmp_path_factory.mktemp("avec_cas"), publish, cas=True)


@pytest.fixture(scope="session", params=GRAINES, ids=lambda seed: f"graine {seed}")
def regulatory_demo(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, publish: Publish
) -> Iterator[PublishedDemo]:
    """A demo without planted case."""
    yield from _published(request.param, tmp_path_factory.mktemp("sans_cas"), publish, cas=False)


def _published(seed: int, folder: Path, publish: Publish, *, cas: bool) -> Iterator[PublishedDemo]:
    made = generate(CONVENTIONS, seed, folder / "demo", cas=cas)
    home = Home(folder / "parc")
    for source, delivery in _deliveries(made):
        parc_does(home, "import", source, delivery)
    truth = json.loads(made.verite.read_text(encoding="utf-8"))
    publish(home, truth["date_reference"])
    run = current_run(home)
    with run.connect() as marts:
        yield PublishedDemo(marts, truth, run)


def _deliveries(made: DemoDelivery) -> tuple[tuple[str, Path], ...]:
    """Every delivery but that of APiLos, which changes what is true of the others."""
    return (
        ("ecoloweb", made.dump),
        ("sisal", made.sisal),
        ("siap", made.siap),
        ("satisfaction", made.enquetes),
        ("rpls", made.rpls),
    )
