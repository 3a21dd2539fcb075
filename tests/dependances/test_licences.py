"""Nothing is installed whose licence is unknown, or does not go with that of the project."""

from __future__ import annotations

import pytest

from tests.dependances.licences import PAGE, Package, packages, page


def test_every_licence_is_known_and_accepted() -> None:
    assert [(package.name, package.licence) for package in packages() if not package.is_accepted] == []


def test_the_page_lists_what_is_locked() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "stale: run `make dependances`"


def test_both_what_runs_and_what_only_develops_are_told() -> None:
    use = {package.name: package.is_for_running for package in packages()}

    assert use["duckdb"]
    assert use["authlib"], "asked for by an extra of a dependency"
    assert not use["pytest"]


@pytest.mark.parametrize("licence", ["", "Proprietary", "SSPL-1.0", "MIT AND SSPL-1.0", "AGPL-3.0-only", "UNKNOWN"])
def test_a_licence_unknown_or_not_accepted_is_refused(licence: str) -> None:
    assert not Package("un", ("1",), licence, is_for_running=True).is_accepted


@pytest.mark.parametrize("licence", ["MIT", "MPL-2.0 AND (Apache-2.0 OR MIT)", "Mozilla Public License 2.0 (MPL 2.0)"])
def test_an_accepted_licence_may_be_composed(licence: str) -> None:
    assert Package("un", ("1",), licence, is_for_running=True).is_accepted
