"""The parc of the traps: imported and run once, the project's own way."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest

from dagster_project.run import execute
from data_contracts.layout import Home
from data_contracts.publication import current_run
from ingest.importer import import_delivery
from tests.integration.traps.parc import Parc, build_all
from tests.support.made_delivery import MadeDelivery

RECEIVED = datetime(2026, 11, 1, 8, tzinfo=UTC)
TODAY = date(2026, 11, 1)


@pytest.fixture(scope="session")
def parc(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Parc]:
    """Every case of the collected tests, published."""
    folder = tmp_path_factory.mktemp("pieges")
    home = Home(folder / "parc")
    made = MadeDelivery()
    cases = build_all(made)
    report = import_delivery(home, "ecoloweb", made.write(folder / "livraison"), now=RECEIVED)
    execute(home, TODAY)
    run = current_run(home)
    with run.connect() as marts:
        yield Parc(run, report.delivery, marts, cases)
