"""A run that is published in spite of blocking checks that failed: what it takes, and what its readers are told."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import pytest

from dagster_project.checks.worker import CheckWorker
from dagster_project.run import RunOutcome, execute
from dagster_project.session import Forcing
from data_contracts.errors import RefusedError
from data_contracts.layout import Home
from data_contracts.publication import current_run
from tests.integration.run import tiny

DOUBLED = {"fct_convention": "select 'ecoloweb:1' as convention_id, code from {{ ref('stg_convention') }}"}
"""Breaks a dbt test and the contract of the mart."""
BROKEN_ROW = [{"id": -7, "code": "A"}]


@pytest.fixture(scope="module")
def worker() -> Iterator[CheckWorker]:
    """One process for all the runs of this module."""
    with CheckWorker() as shared:
        yield shared


@pytest.fixture
def forced(worker: CheckWorker, tmp_path: Path) -> Callable[..., RunOutcome]:
    """Force the run of a delivery and of models in a new home."""

    def run(rows: Sequence[Mapping[str, object]] = tiny.SOUND, **models: str) -> RunOutcome:
        made = tiny.project(tmp_path, **models)
        tiny.land(Home(tmp_path / "parc"), made, rows)
        forcing = Forcing("Claude Exemple", "Livraison attendue en commission")
        return execute(Home(tmp_path / "parc"), tiny.TODAY, project=made, worker=worker, forcing=forcing)

    return run


def test_a_broken_clause_is_published_with_who_forced_it_why_and_its_keys(forced: Callable[..., RunOutcome]) -> None:
    run = forced(BROKEN_ROW).published

    breach = run.manifest["publication_forcee"]
    assert (breach["par"], breach["motif"], breach["le"]) == (
        "Claude Exemple",
        "Livraison attendue en commission",
        run.manifest["publie_le"],
    )
    assert [(control["objet"], control["nom"], control["gravite"], control["cles"]) for control in breach["infractions"]] == [
        ("ecoloweb.ecolo_conventionapl", "condition_positif", "bloquante", ["-7"])
    ]


def test_a_failed_dbt_test_no_longer_skips_what_is_built_from_what_it_tests(forced: Callable[..., RunOutcome]) -> None:
    built_from_it = "select 'ecoloweb' as source, convention_id || code as cle_source from {{ ref('fct_convention') }}"

    outcome = forced([*tiny.SOUND, {"id": 3, "code": "A"}], **DOUBLED, rec_convention=built_from_it)

    with current_run(outcome.published.home).connect() as connection:
        assert connection.execute("select count(*) from rec_convention").fetchone() == (3,)
    broken = {control["nom"] for control in outcome.published.manifest["publication_forcee"]["infractions"]}
    assert {"unique_fct_convention_convention_id", "cle_primaire_en_double"} <= broken


def test_a_run_with_nothing_to_forgive_is_published_as_any_other(forced: Callable[..., RunOutcome]) -> None:
    assert forced().published.manifest["publication_forcee"] is None


def test_a_mart_that_could_not_be_built_is_refused_all_the_same(forced: Callable[..., RunOutcome], tmp_path: Path) -> None:
    broken = {"fct_convention": "select code::integer as convention_id, code from {{ ref('stg_convention') }}"}

    with pytest.raises(RefusedError, match="n'a pas pu construire fct_convention"):
        forced(**broken)
    assert not Home(tmp_path / "parc").current.exists()


def test_the_data_docs_of_a_run_are_published_with_it(forced: Callable[..., RunOutcome]) -> None:
    run = forced(BROKEN_ROW).published

    assert {path.name for path in (run.path / "controles").glob("*.html")} == {
        "index.html",
        "ecoloweb.ecolo_conventionapl.html",
        *(f"marts.{mart}.html" for mart in tiny.MARTS),
    }


def test_those_of_a_refused_run_stay_where_its_refusal_says(worker: CheckWorker, tmp_path: Path) -> None:
    home, made = Home(tmp_path / "parc"), tiny.project(tmp_path)
    tiny.land(home, made, BROKEN_ROW)

    with pytest.raises(RefusedError) as refusal:
        execute(home, tiny.TODAY, project=made, worker=worker)

    index = Path(str(refusal.value).splitlines()[-1].partition(" : ")[2])
    assert "numéro négatif" in index.read_text(encoding="utf-8")
    assert "-7" in (index.parent / "ecoloweb.ecolo_conventionapl.html").read_text(encoding="utf-8")
