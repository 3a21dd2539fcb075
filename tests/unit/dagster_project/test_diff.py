"""`parc diff`: which runs it compares, what it refuses, what it says."""

from __future__ import annotations

import json
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from dagster_project import cli, publication
from dagster_project.changements import precedent
from dagster_project.commands import diff
from data_contracts.changements.reference import baseline_of
from data_contracts.errors import BadInputError
from data_contracts.layout import MANIFEST_FILE, Home
from data_contracts.publication import PublishedRun, named_run, published_runs
from tests.unit.dagster_project import made

OLDER, NEWER, SAME = "20261101T080000Z-aaaaaa", "20261102T080000Z-bbbbbb", "20261103T080000Z-cccccc"
AGREEMENT = {"convention_id": "ecoloweb:1", "source": "ecoloweb", "numero": "33 1", "code_departement": "33", "nb_logements": 12}


def publish(home: Home, run_id: str, livraison_id: str, *rows: dict[str, Any]) -> PublishedRun:
    delivery = made.land(Home(home.root / run_id), {}, livraison_id=livraison_id)
    return made.published(home, {"fct_convention": list(rows)}, run_id=run_id, deliveries=[delivery])


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """Three runs, the last two of which read the same delivery."""
    home = Home(tmp_path_factory.mktemp("trois") / "parc")
    publish(home, OLDER, "l1", AGREEMENT, AGREEMENT | {"convention_id": "ecoloweb:2", "code_departement": "59"})
    for run_id in (NEWER, SAME):
        publish(home, run_id, "l2", AGREEMENT | {"nb_logements": 13}, AGREEMENT | {"convention_id": "ecoloweb:3"})
    return home


@pytest.fixture
def runs(published: Home, monkeypatch: pytest.MonkeyPatch) -> Home:
    """The home of the command is that of the three runs."""
    monkeypatch.setenv("PARC_HOME", str(published.root))
    return published


def told(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, Any]:
    assert cli.execute(["diff", *arguments, "--json"]) == 0
    record: dict[str, Any] = json.loads(capsys.readouterr().out)
    return record


@pytest.mark.usefixtures("runs")
@pytest.mark.parametrize(
    ("arguments", "compared"),
    [
        ([], (OLDER, SAME)),
        ([OLDER], (OLDER, SAME)),
        (["20261102"], (NEWER, SAME)),
        ([OLDER, NEWER], (OLDER, NEWER)),
        (["20261102T", "20261101T"], (OLDER, NEWER)),
    ],
)
def test_the_runs_compared_are_those_named_the_older_first(
    arguments: list[str], compared: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    record = told(capsys, *arguments)

    assert (record["avant"]["run_id"], record["apres"]["run_id"]) == compared


@pytest.mark.usefixtures("runs")
def test_the_json_counts_and_lists_every_change(capsys: pytest.CaptureFixture[str]) -> None:
    record = told(capsys)

    assert record["format"] == 1
    assert record["comptes"] == [
        {"nature": "convention_ajoutee", "cause": "livraison", "nb": 1},
        {"nature": "convention_disparue", "cause": "livraison", "nb": 1},
        {"nature": "convention_modifiee", "cause": "livraison", "nb": 1},
    ]
    assert record["causes"] == [{"cause": "livraison", "cause_detail": "nouvelle livraison Ecoloweb du 01/11/2026", "nb": 3}]
    assert record["departements"] == [{"code_departement": "33", "nb": 2}, {"code_departement": "59", "nb": 1}]
    modified = record["changements"][-1]
    assert (modified["champ"], modified["avant"], modified["apres"]) == ("nb_logements", "12", "13")


@pytest.mark.usefixtures("runs")
def test_a_person_reads_the_runs_the_causes_the_places_and_the_first_changes(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.execute(["diff"]) == 0

    said = capsys.readouterr().out
    assert f"Avant : {OLDER}, publiée le" in said
    assert "nouvelle livraison Ecoloweb du 01/11/2026 : 3 changements" in said
    assert "Départements les plus concernés : 33 (2), 59 (1)" in said
    assert "33 1 (ecoloweb:1), Logements : 12 → 13" in said
    assert "33 1 (ecoloweb:3), convention ajoutée" in said


@pytest.mark.usefixtures("runs")
def test_nothing_changed_between_runs_made_from_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.execute(["diff", NEWER, SAME]) == 0

    assert "Rien n'a changé." in capsys.readouterr().out


@pytest.mark.usefixtures("runs")
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["2025"], f"« 2025 » n'est le début d'aucune publication : choisir ({OLDER}, {NEWER}, {SAME})."),
        (["2026"], f"« 2026 » désigne plusieurs publications : en écrire davantage ({OLDER}, {NEWER}, {SAME})."),
        ([""], "n'est le début d'aucune publication"),
        ([OLDER, NEWER, SAME], "Argument en trop"),
    ],
)
def test_a_run_that_is_not_one_is_refused_with_those_there_are(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.execute(["diff", *arguments]) == 2

    output = capsys.readouterr().err
    assert said in output
    assert len(output.splitlines()) == 1


def test_a_first_run_has_nothing_to_be_compared_with(runs: Home) -> None:
    first = named_run(runs, OLDER)

    assert baseline_of(first) is None
    with pytest.raises(BadInputError, match="il n'y a rien à lui comparer"):
        diff.chosen(runs, None, OLDER)


def test_a_run_published_before_changes_were_followed_is_refused_by_name(runs: Home, tmp_path: Path) -> None:
    home = Home(tmp_path / "parc")
    shutil.copytree(runs.root, home.root, symlinks=True)
    manifest = home.published / OLDER / MANIFEST_FILE
    content = json.loads(manifest.read_text(encoding="utf-8"))
    del content["droit"]["regles"]
    manifest.write_text(json.dumps(content), encoding="utf-8")

    with pytest.raises(BadInputError, match=f"La publication {OLDER} ne dit pas de quelles règles elle vient"):
        diff.chosen(home, OLDER, None)


def test_the_run_compared_with_outlives_those_that_are_kept(runs: Home, tmp_path: Path) -> None:
    home = Home(tmp_path / "parc")
    shutil.copytree(runs.root, home.root, symlinks=True)
    for day in range(10, 10 + publication.KEPT_RUNS):
        last = home.published / f"202611{day}T080000Z-dddddd"
        shutil.copytree(home.published / SAME, last)
    publication.point_to(home, PublishedRun(home, last))
    precedent.keep(PublishedRun(home, last))

    publication.prune(home, datetime.now(UTC) + timedelta(hours=2))

    assert OLDER not in {run.run_id for run in published_runs(home)}
    compared = baseline_of(PublishedRun(home, last))
    assert compared is not None
    assert (compared.run_id, compared.mart_path("fct_convention").exists()) == (OLDER, True)
