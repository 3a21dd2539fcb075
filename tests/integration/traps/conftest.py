"""The parc of the traps: imported and run once, the project's own way."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest

from data_contracts.layout import Home
from data_contracts.publication import current_run
from ingest.importer import import_delivery
from tests.integration.traps.parc import Parc, build_all
from tests.support.made_delivery import MadeDelivery

RECEIVED = datetime(2026, 11, 1, 8, tzinfo=UTC)


@pytest.fixture(scope="session")
def parc(tmp_path_factory: pytest.TempPathFactory, publish: Callable[[Home], object]) -> Iterator[Parc]:
    """Every case of the collected tests, published."""
    folder = tmp_path_factory.mktemp("pieges")
    home = Home(folder / "parc")
    made = MadeDelivery()
    cases = build_all(made)
    report = import_delivery(home, "ecoloweb", made.write(folder / "livraison"), now=RECEIVED)
    publish(home)
    run = current_run(home)
    with run.connect() as marts:
        yield Parc(run, report.delivery, marts, cases)
