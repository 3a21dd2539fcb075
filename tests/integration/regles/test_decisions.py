"""The life of a decision from run to run: it holds for its evidence, comes back to be looked at, and outlives the runs."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from dagster_project.commands import decision as command
from dagster_project.commands import status
from dagster_project.run import RunOutcome
from data_contracts import decision_register
from data_contracts.layout import Home
from data_contracts.publication import PublishedRun
from ingest.importer import import_delivery
from tests.support.made_delivery import MadeDelivery
from tests.support.published import mart_hashes

NOW = datetime(2026, 12, 20, 8, tzinfo=UTC)
DAY = "2026-12-20"
OBSERVED = """
    select etat, decision, decision_motif, decision_auteur, est_decision_a_revoir, est_a_traiter
    from fct_anomalie where regle_id = 'DUR-001'
"""


@dataclass(frozen=True)
class Lived:
    """One agreement too short, decided of, changed, corrected, broken again as it was: each run by its name."""

    home: Home
    runs: dict[str, PublishedRun]
    waiting: dict[str, tuple[int, int]]
    """Decisions that waited for a run before each one, and after it."""
    finding: str
    before_loss: dict[str, str]
    """The marts of the last run, by their hashes."""
    rebuilt: dict[str, str]
    """The same, after the folder of the runs was lost and a run made again."""


def delivery(folder: Path, expiry: str) -> Path:
    """Write the delivery of one agreement of 2010 that expires so; an owner of no agreement makes each a new delivery."""
    made = MadeDelivery()
    made.bailleur(nom=folder.name)
    dates = {"datesignatureprefet": "2010-07-01", "dateexpirationinitiale": expiry, "dateexpiration": expiry}
    made.programme(made.periode(made.convention(noreglementaire="33 2 2010-07 99-864 1"), "2010-07-01", duree=7, **dates))
    return made.write(folder)


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory, publish: Callable[..., RunOutcome]) -> Lived:
    folder = tmp_path_factory.mktemp("decisions")
    home = Home(folder / "parc")
    runs: dict[str, PublishedRun] = {}
    waiting: dict[str, tuple[int, int]] = {}

    def run(name: str, expiry: str | None = None) -> None:
        if expiry:
            import_delivery(home, "ecoloweb", delivery(folder / name, expiry), now=NOW.replace(minute=len(runs)))
        before = status.read(home, NOW).decisions_waiting
        runs[name] = publish(home, DAY).published
        waiting[name] = before, status.read(home, NOW).decisions_waiting

    run("found", "2017-06-30")
    with runs["found"].connect() as marts:
        [(finding,)] = marts.execute("select anomalie_id from fct_anomalie where regle_id = 'DUR-001'").fetchall()
    command.decide(home, finding, "justifié", "prêt de 7 ans", "A. Essai")
    run("justified")
    run("changed", "2016-06-30")
    command.decide(home, finding, "corrigé", "avenant demandé", "B. Essai")
    run("corrected", "2040-06-30")
    run("broken_again", "2016-06-30")
    before_loss = mart_hashes(home)
    shutil.copytree(home.published, folder / "publies", symlinks=True)
    shutil.rmtree(home.published)
    publish(home, DAY)
    kept = {name: PublishedRun(home, folder / "publies" / run.run_id) for name, run in runs.items()}
    return Lived(home, kept, waiting, finding, before_loss, mart_hashes(home))


def observed(run: PublishedRun) -> tuple[Any, ...]:
    with run.connect() as marts:
        [row] = marts.execute(OBSERVED).fetchall()
    return row


def test_a_finding_that_nobody_decided_of_is_to_do(lived: Lived) -> None:
    assert observed(lived.runs["found"]) == ("ouverte", None, None, None, False, True)


def test_a_justified_finding_is_no_more_to_do(lived: Lived) -> None:
    assert observed(lived.runs["justified"]) == ("ouverte", "justifie", "prêt de 7 ans", "A. Essai", False, False)


def test_other_evidence_makes_a_justified_finding_to_do_again_and_its_decision_to_be_looked_at(lived: Lived) -> None:
    assert observed(lived.runs["changed"]) == ("ouverte", "justifie", "prêt de 7 ans", "A. Essai", True, True)


def test_a_finding_that_the_source_corrected_is_resolved_with_its_decision(lived: Lived) -> None:
    assert observed(lived.runs["corrected"]) == ("resolue", "corrige", "avenant demandé", "B. Essai", False, False)


def test_a_finding_that_comes_back_after_a_correction_is_to_do_and_its_decision_to_be_looked_at(lived: Lived) -> None:
    assert observed(lived.runs["broken_again"]) == ("ouverte", "corrige", "avenant demandé", "B. Essai", True, True)


def test_a_finding_counts_against_the_score_of_its_agreement_while_it_is_to_do(lived: Lived) -> None:
    failing = "select sum(poids_en_defaut)::int, min(poids_applicable) from fct_convention"
    weights = {}
    for name in ("found", "justified", "changed"):
        with lived.runs[name].connect() as marts:
            weights[name] = marts.execute(failing).fetchone()
    found, applicable = weights["found"] or (0, 0)

    # the term that changed no longer agrees with the duration that was typed: DUR-008, an anomaly, of three points
    assert weights == {"found": (found, applicable), "justified": (found - 5, applicable), "changed": (found + 3, applicable)}


def test_a_decided_finding_is_closed_and_counts_in_the_rate_of_its_rule(lived: Lived) -> None:
    rate = "select nb_constats_ouverts, nb_constats_clos, nb_faux_positifs, taux_faux_positifs_pct from dim_regle"
    counted = []
    for name in ("found", "justified", "corrected"):
        with lived.runs[name].connect() as marts:
            counted += marts.execute(f"{rate} where regle_id = 'DUR-001'").fetchall()

    assert counted == [(1, 0, 0, None), (1, 1, 0, 0), (0, 1, 0, 0)]


def test_every_decision_is_published_with_its_finding_and_the_last_one_is_current(lived: Lived) -> None:
    query = "select anomalie_id, regle_id, code_departement, statut, auteur, est_courante from fct_decision order by date_decision"
    with lived.runs["broken_again"].connect() as marts:
        assert marts.execute(query).fetchall() == [
            (lived.finding, "DUR-001", "33", "justifie", "A. Essai", False),
            (lived.finding, "DUR-001", "33", "corrige", "B. Essai", True),
        ]


def test_the_manifest_says_which_decisions_were_read(lived: Lived) -> None:
    register = decision_register.read(lived.home)

    assert lived.runs["found"].manifest["decisions"]["lues"] == 0
    assert lived.runs["broken_again"].manifest["decisions"] == {"lues": 2, "empreinte": register.fingerprint}


def test_the_status_counts_the_decisions_that_wait_for_a_run(lived: Lived) -> None:
    assert lived.waiting["justified"] == (1, 0)
    assert lived.waiting["changed"] == (0, 0)
    assert lived.waiting["corrected"] == (1, 0)


def test_the_runs_lost_a_new_one_gives_the_same_bytes_decisions_and_all(lived: Lived) -> None:
    assert lived.rebuilt == lived.before_loss
