"""What the warehouse outlives: one fault of each kind; `make faults` makes them all, many more times."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from tests.conftest import missing_tool
from tests.support import faults
from tests.support.faults import Fault, Scene

if TYPE_CHECKING:
    from pathlib import Path

    from data_contracts.layout import Home
    from tests.support.postgresql import Server

LEFT_OUT = ("disque plein (8", "disque plein (50", "écriture interdite dans build/", "API du SIAP", "horloge qui saute de +")
"""Faults of which another of the same kind is made: each is followed by a whole run, and `make faults` makes them all."""
SOME = [
    faults.run_killed(0.8),
    faults.IMPORT_KILLS[1],
    *(fault for fault in faults.OTHERS if not fault.name.startswith(LEFT_OUT)),
]


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory, postgres: Server) -> Scene:
    return faults.prepared(tmp_path_factory.mktemp("fautes"), postgres)


@pytest.mark.parametrize("fault", SOME, ids=lambda fault: fault.name)
def test_a_fault_loses_nothing_and_the_next_run_succeeds(
    prepared: Scene, tmp_path: Path, publish: Callable[[Home], object], fault: Fault
) -> None:
    if fault.needs_disk and not faults.can_mount(tmp_path):
        missing_tool("the right to mount a file system", optional=True)
    faults.assert_outlived(faults.copied(prepared, tmp_path), fault, publish)
