"""The life of a finding from run to run: open, resolved, open again; and what a change of the law does and says."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from dagster_project.commands import status
from dagster_project.project import Project
from dagster_project.run import RunOutcome
from data_contracts.errors import BadInputError
from data_contracts.layout import Home
from data_contracts.publication import PublishedRun
from data_contracts.rule_loader import RULES
from ingest.importer import import_delivery
from tests.support.made_delivery import MadeDelivery
from tests.support.published import answers, file_hashes

NOW = datetime(2026, 12, 20, 8, tzinfo=UTC)
OBSERVED = """
    select etat, severite, premiere_vue, derniere_vue, preuve
    from fct_anomalie where regle_id = 'DUR-001'
"""


@dataclass(frozen=True)
class Lived:
    """Three runs of one delivery: under the law, with a shorter minimum, under the law again."""

    home: Home
    first: PublishedRun
    shorter: PublishedRun
    again: PublishedRun
    said_after: dict[str, list[str]]
    """What the status warned of, by the name of the run it followed."""


def changed_rules(folder: Path, file: str, before: str, after: str) -> Project:
    """Return the project with one text of its catalogue changed."""
    rules = folder / "regles"
    shutil.copytree(RULES, rules)
    path = rules / file
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), encoding="utf-8")
    return Project(rules=rules)


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory, publish: Callable[..., RunOutcome]) -> Lived:
    folder = tmp_path_factory.mktemp("vie")
    home = Home(folder / "parc")
    made = MadeDelivery()
    dates = {"datesignatureprefet": "2010-07-01", "dateexpirationinitiale": "2017-06-30", "dateexpiration": "2017-06-30"}
    made.programme(made.periode(made.convention(noreglementaire="33 2 2010-07 99-864 1"), "2010-07-01", duree=7, **dates))
    import_delivery(home, "ecoloweb", made.write(folder / "livraison"), now=NOW)
    shorter = changed_rules(folder, "parametres.yml", "valeurs: [{valeur: 9}]", "valeurs: [{valeur: 6}]")
    said: dict[str, list[str]] = {}

    def run(name: str, day: str, project: Project | None = None) -> PublishedRun:
        outcome = publish(home, day, **({"project": project} if project else {}))
        said[name] = status.warnings(status.read(home, NOW))
        return outcome.published

    return Lived(home, run("first", "2026-11-01"), run("shorter", "2026-12-01", shorter), run("again", "2026-12-15"), said)


def observed(run: PublishedRun) -> list[tuple[Any, ...]]:
    with run.connect() as marts:
        return [(*row[:4], json.loads(row[4])["parametres"]) for row in marts.execute(OBSERVED).fetchall()]


def test_a_finding_is_first_seen_at_the_reference_date_of_its_first_run(lived: Lived) -> None:
    assert observed(lived.first) == [
        ("ouverte", "non_reglementaire", date(2026, 11, 1), date(2026, 11, 1), {"duree_min": 9}),
    ]


def test_a_changed_parameter_changes_the_findings_of_the_next_run_which_keeps_them_resolved(lived: Lived) -> None:
    assert observed(lived.shorter) == [
        ("resolue", "non_reglementaire", date(2026, 11, 1), date(2026, 11, 1), {"duree_min": 9}),
    ]


def test_a_finding_that_comes_back_keeps_its_first_day(lived: Lived) -> None:
    assert observed(lived.again) == [
        ("ouverte", "non_reglementaire", date(2026, 11, 1), date(2026, 12, 15), {"duree_min": 9}),
    ]


def test_a_finding_is_closed_on_the_reference_date_of_the_run_that_no_longer_makes_it(lived: Lived) -> None:
    closed = []
    for run in (lived.first, lived.shorter, lived.again):
        with run.connect() as marts:
            closed += marts.execute("select est_close, date_resolution from fct_anomalie where regle_id = 'DUR-001'").fetchall()
    assert closed == [(False, None), (True, date(2026, 12, 1)), (False, None)]


def test_the_indicators_count_what_the_month_opened_and_resolved(lived: Lived) -> None:
    measures = "select mesure, valeur::int from kpi_valeur where kpi_id = 'Q-02' and modalite = 'DUR-001'"
    counted = {}
    for name, run in (("first", lived.first), ("shorter", lived.shorter), ("again", lived.again)):
        with run.connect() as marts:
            found = dict(marts.execute(measures).fetchall())
        counted[name] = (found["nb_ouverts"], found["nb_nouveaux"], found["nb_resolus"])
    assert counted == {"first": (1, 1, 0), "shorter": (0, 0, 1), "again": (1, 0, 0)}


def test_the_age_of_what_is_open_runs_from_its_first_day(lived: Lived) -> None:
    ages = "select valeur::int from kpi_valeur where kpi_id = 'Q-06' and mesure = 'age_median_jours' and modalite = 'DUR-001'"
    with lived.again.connect() as marts:
        assert marts.execute(ages).fetchall() == [(44,)]


def test_a_finding_keeps_its_identifier(lived: Lived) -> None:
    found = set()
    for run in (lived.first, lived.shorter, lived.again):
        with run.connect() as marts:
            found.add(tuple(marts.execute("select anomalie_id from fct_anomalie where regle_id = 'DUR-001'").fetchall()))
    assert len(found) == 1


def test_the_status_says_that_a_parameter_changed_and_what_waits_for_a_run(lived: Lived) -> None:
    assert lived.said_after["first"] == []
    assert lived.said_after["shorter"] == [
        "Paramètre changé depuis la publication précédente : duree_min (9 → 6).",
        "Paramètre changé depuis la publication : duree_min (6 → 9) ; lancer « parc run » pour l'appliquer.",
    ]
    assert lived.said_after["again"] == ["Paramètre changé depuis la publication précédente : duree_min (6 → 9)."]


def test_the_catalogue_of_a_run_is_published_with_it(lived: Lived) -> None:
    query = "select parametres ->> '$[0].valeurs[0].valeur' from dim_regle where regle_id = 'DUR-001'"
    with lived.shorter.connect() as marts:
        assert marts.execute(query).fetchall() == [("6",)]


@pytest.mark.parametrize(
    ("broken", "why"),
    [
        ("condition: nb_communes >= (select 2)", "emploie une construction SQL qui n'est pas permise"),
        ("condition: nb_villes >= 2", "nomme « nb_villes »"),
        ("conditions: nb_communes >= 2", "« conditions » : clé inconnue"),
    ],
)
def test_a_broken_rule_refuses_the_run_and_changes_nothing(
    lived: Lived, publish: Callable[..., RunOutcome], tmp_path: Path, broken: str, why: str
) -> None:
    project = changed_rules(tmp_path, "geo.yml", "condition: nb_communes >= 2", broken)
    before = answers(lived.home), file_hashes(lived.home.root)

    with pytest.raises(BadInputError) as refused:
        publish(lived.home, "2026-12-20", project=project)

    assert why in str(refused.value)
    assert f"{tmp_path / 'regles' / 'geo.yml'}, ligne " in str(refused.value)
    assert (answers(lived.home), file_hashes(lived.home.root)) == before


def test_a_rule_is_added_by_its_yaml_alone(lived: Lived, publish: Callable[..., RunOutcome], tmp_path: Path) -> None:
    added = """
- id: ESS-001
  titre: Convention d'un seul lot
  sources: [ecoloweb]
  grain: convention
  applicable: est_suivie
  condition: nb_lots = 1
  severite: information
  preuve: [nb_lots]
  message: "{nb_lots} lot."
  action: Rien.
"""
    rules = tmp_path / "regles"
    shutil.copytree(RULES, rules)
    (rules / "essai.yml").write_text(added, encoding="utf-8")

    run = publish(lived.home, "2026-12-20", project=Project(rules=rules)).published

    with run.connect() as marts:
        assert marts.execute("select severite, message from fct_anomalie where regle_id = 'ESS-001'").fetchall() == [
            ("information", "1 lot.")
        ]
