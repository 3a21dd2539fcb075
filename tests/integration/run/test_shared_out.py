"""Tests that share what is long to make run on one process; when their mark is not read, each process makes it again."""

from __future__ import annotations

import pytest


def test_the_tests_of_a_folder_are_kept_on_one_process(request: pytest.FixtureRequest) -> None:
    is_grouping = request.config.getoption("loadgroup", default=False)
    assert request.node.nodeid.endswith("@integration/run") is bool(is_grouping)
