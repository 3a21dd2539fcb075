"""Why findings and agreements change when the delivery does not: each finding has the cause that is its own."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from dagster_project.changements import entrees
from dagster_project.project import Project
from data_contracts.layout import Home
from data_contracts.publication import PublishedRun
from data_contracts.rule_loader import RULES
from ingest.importer import import_delivery
from tests.support.made_delivery import MadeDelivery

if TYPE_CHECKING:
    from dagster_project.run import RunOutcome

NOW = datetime(2026, 10, 20, 8, tzinfo=UTC)
RULE = """
- id: {id}
  version: {version}
  titre: Essai
  sources: [ecoloweb]
  grain: convention
  applicable: est_suivie
  condition: {condition}
  severite: information
  preuve: [nb_lots]
  message: "{{nb_lots}} lot."
  action: Rien.
"""
PERIODS = "staging/ecoloweb/stg_ecoloweb__periode.sql"


@dataclass(frozen=True)
class Lived:
    """One delivery read three times: then with a changed law at a later date, then with another code."""

    law: PublishedRun
    code: PublishedRun


def rules(folder: Path, *added: str, minimum: int) -> Path:
    """Write the catalogue with rules of its own, and a minimum duration."""
    shutil.copytree(RULES, folder)
    (folder / "essai.yml").write_text("".join(added), encoding="utf-8")
    parameters = folder / "parametres.yml"
    text = parameters.read_text(encoding="utf-8")
    assert "valeurs: [{valeur: 9}]" in text
    parameters.write_text(text.replace("valeurs: [{valeur: 9}]", f"valeurs: [{{valeur: {minimum}}}]", 1), encoding="utf-8")
    return folder


def other_code(folder: Path) -> Path:
    """Write the dbt project with one model that reads the term of agreements otherwise."""
    shutil.copytree(Project().dbt, folder, ignore=shutil.ignore_patterns("target", "logs"))
    model = folder / "models" / PERIODS
    text = model.read_text(encoding="utf-8")
    assert "    dateexpirationinitiale as" in text
    model.write_text(text.replace("    dateexpirationinitiale as", "    dateexpirationinitiale + 1 as"), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory, publish: Callable[..., RunOutcome]) -> Lived:
    folder = tmp_path_factory.mktemp("causes")
    home = Home(folder / "parc")
    made = MadeDelivery()
    dates = {"datesignatureprefet": "2010-07-01", "dateexpirationinitiale": "2017-06-30", "dateexpiration": "2017-06-30"}
    made.programme(made.periode(made.convention(noreglementaire="33 2 2010-07 99-864 1"), "2010-07-01", duree=7, **dates))
    import_delivery(home, "ecoloweb", made.write(folder / "livraison"), now=NOW)
    in_december = RULE.format(id="ESS-003", version=1, condition="month(date_reference) = 12")
    first = rules(
        folder / "droit-1",
        RULE.format(id="ESS-001", version=1, condition="nb_lots = 5"),
        in_december,
        RULE.format(id="ESS-004", version=1, condition="nb_lots = 1"),
        minimum=9,
    )
    second = rules(
        folder / "droit-2",
        RULE.format(id="ESS-001", version=2, condition="nb_lots = 1"),
        RULE.format(id="ESS-002", version=1, condition="nb_lots = 1"),
        in_december,
        minimum=6,
    )
    publish(home, "2026-11-01", project=Project(rules=first))
    law = publish(home, "2026-12-01", project=Project(rules=second)).published
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(entrees, "version_code", lambda: "v2")
        code = publish(home, "2026-12-01", project=Project(rules=second, dbt=other_code(folder / "dbt"))).published
    return Lived(law, code)


@pytest.mark.parametrize(
    ("rule", "nature", "cause", "detail"),
    [
        ("ESS-001", "constat_nouveau", "regle", "règle ESS-001 passée de la version 1 à 2"),
        ("ESS-002", "constat_nouveau", "regle", "règle ESS-002 ajoutée"),
        ("ESS-003", "constat_nouveau", "date_reference", "date de référence passée du 01/11/2026 au 01/12/2026"),
        ("ESS-004", "constat_non_juge", "regle", "règle ESS-004 retirée"),
        ("DUR-001", "constat_resolu", "parametre", "paramètre duree_min passé de 9 à 6"),
    ],
)
def test_each_finding_has_the_cause_that_is_its_own(lived: Lived, rule: str, nature: str, cause: str, detail: str) -> None:
    query = f"select nature, cause, cause_detail from fct_changement where regle_id = '{rule}'"
    with lived.law.connect() as marts:
        assert marts.execute(query).fetchall() == [(nature, cause, detail)]


def test_another_law_or_date_changes_no_agreement(lived: Lived) -> None:
    with lived.law.connect() as marts:
        assert marts.execute("select count(*) from fct_changement where anomalie_id is null").fetchall() == [(0,)]


def test_another_code_that_reads_a_field_otherwise_is_the_cause_of_its_change(lived: Lived) -> None:
    query = "select champ, avant, apres, cause, cause_detail from fct_changement where anomalie_id is null"
    with lived.code.connect() as marts:
        told = marts.execute(query).fetchall()
    before = lived.law.manifest["version_code"]
    assert told == [("date_expiration_initiale", "2017-06-30", "2017-07-01", "code", f"code passé de {before} à v2")]
