"""Same deliveries, same code, same reference date: same bytes."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from data_contracts.layout import Home
from tests.support.published import mart_hashes

Publish = Callable[..., object]


def test_a_second_run_and_a_run_with_one_thread_give_the_same_bytes(
    sample_home: Home, publish: Publish, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = Home(tmp_path / "parc")
    shutil.copytree(sample_home.root, home.root, symlinks=True)
    first = mart_hashes(home)

    monkeypatch.setenv("PARC_THREADS", "2")
    publish(home)
    second = mart_hashes(home)
    monkeypatch.setenv("PARC_THREADS", "1")
    publish(home)

    assert second == first
    assert mart_hashes(home) == first


def test_another_reference_date_changes_what_depends_on_today_and_nothing_else(
    sample_home: Home, publish: Publish, tmp_path: Path
) -> None:
    home = Home(tmp_path / "parc")
    shutil.copytree(sample_home.root, home.root, symlinks=True)
    first = mart_hashes(home)

    publish(home, "2045-01-01")

    changed = {mart for mart, digest in mart_hashes(home).items() if digest != first[mart]}
    of_today = ("dim_regle", "fct_anomalie", "fct_changement", "fct_convention", "fct_delai", "kpi_catalogue", "kpi_valeur")
    assert changed == {f"{mart}.parquet" for mart in of_today}
