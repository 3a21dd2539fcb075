"""`parc run`: what its options ask for, and what is said once published."""

from __future__ import annotations

import pytest

from dagster_project.commands import execution
from dagster_project.commands.execution import Asked
from dagster_project.run import RunOutcome
from dagster_project.session import Forcing
from data_contracts.errors import BadInputError
from data_contracts.layout import Home
from tests.unit.dagster_project import made


def test_nothing_is_forced_unless_asked_for() -> None:
    assert execution.forced_by(Asked(sans_cache=True)) is None


def test_a_forced_run_is_signed_by_the_one_that_the_environment_names(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PARC_AUTEUR", " Claude Exemple ")

    assert execution.forced_by(Asked(force=True, motif=" commission\nde mardi ")) == Forcing(
        "Claude Exemple", "commission de mardi"
    )
    assert execution.forced_by(Asked(force=True)) == Forcing("Claude Exemple", None)


def test_a_reason_without_anything_to_force_is_a_mistake() -> None:
    with pytest.raises(BadInputError, match="« --motif » ne vaut qu'avec « --force »"):
        execution.forced_by(Asked(motif="commission"))


def test_the_summary_of_a_forced_run_says_what_it_breaks(home: Home) -> None:
    session = made.session(home, {})
    session.forcing = Forcing("Claude Exemple", "commission")
    broken = made.control("b", succes=False)
    session.controls.record([broken])
    published = made.publication.publish(session, made.MODELS, 1, dict)

    said = execution.summary(RunOutcome(published, (made.control(), broken), {}))

    assert f"  contrôle par contrôle : {published.path / 'controles' / 'index.html'}" in said
    assert "    - ecoloweb.ecolo_avenant : numéro absent (2 au lieu de 0 ; clés : 12, 34)" in said
