"""Line 9 of migration-traps.md: a run that fails leaves nothing half done, and the next one makes everything."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from dagster_project.project import Project
from data_contracts.errors import RefusedError
from data_contracts.loader import SOURCES
from data_contracts.publication import current_run
from tests.integration.traps.parc import Parc, case
from tests.support.made_delivery import MadeDelivery
from tests.support.published import file_hashes


@case
def an_agreement_that_a_stricter_contract_refuses(made: MadeDelivery) -> int:
    convention = made.convention(noreglementaire="33/9/2000/9")
    made.programme(made.periode(convention))
    return convention


def _stricter(folder: Path, convention: int) -> Project:
    """Return the project with a contract that one landed agreement breaks."""
    shutil.copytree(SOURCES, folder)
    path = folder / "ecoloweb" / "ecolo_conventionapl.yml"
    contract = yaml.safe_load(path.read_text(encoding="utf-8"))
    clause = {
        "nom": "piege",
        "condition": f"id <> {convention}",
        "message": "convention refusée par l'essai",
        "gravite": "bloquante",
    }
    path.write_text(yaml.safe_dump({**contract, "conditions": [*contract.get("conditions", ()), clause]}), encoding="utf-8")
    return Project(sources=folder)


def test_trap_09_a_refused_run_leaves_the_current_one_as_it_was_and_the_next_run_skips_nothing(
    parc: Parc, tmp_path: Path, publish: Callable[..., object]
) -> None:
    convention = parc.of(an_agreement_that_a_stricter_contract_refuses)
    home, before = parc.run.home, file_hashes(parc.run.path)

    with pytest.raises(RefusedError, match=rf"(?s)condition_piege.*{convention}"):
        publish(home, project=_stricter(tmp_path / "sources", convention))
    assert current_run(home).path == parc.run.path
    assert file_hashes(parc.run.path) == before

    publish(home)
    assert current_run(home).path != parc.run.path
    assert current_run(home).manifest["marts"] == parc.run.manifest["marts"]
