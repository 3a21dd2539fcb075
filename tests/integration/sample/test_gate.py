"""The gate on the real sample: one broken clause, and nothing is published."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from dagster_project.project import Project
from data_contracts.errors import RefusedError
from data_contracts.layout import Home
from data_contracts.loader import SOURCES
from tests.support.published import answers, file_hashes


def test_a_broken_blocking_clause_refuses_the_run_and_names_the_failing_keys(
    sample_home: Home, publish: Callable[..., object], tmp_path: Path
) -> None:
    sources = tmp_path / "sources"
    shutil.copytree(SOURCES, sources)
    contract = sources / "ecoloweb" / "ecolo_avenant.yml"
    text = contract.read_text(encoding="utf-8")
    broken = "conditions:\n  - {nom: impossible, condition: numero < 2, message: numéro trop grand, gravite: bloquante}\n"
    contract.write_text(text.split("\nconditions:\n")[0] + "\n" + broken, encoding="utf-8")
    before = answers(sample_home), file_hashes(sample_home.published)

    with pytest.raises(RefusedError) as refusal:
        publish(sample_home, project=Project(sources=sources))

    assert "ecolo_avenant" in str(refusal.value)
    assert "277733" in str(refusal.value)
    assert "289414" in str(refusal.value)
    assert (answers(sample_home), file_hashes(sample_home.published)) == before
