"""What `parc verify` finds wrong in a home, and what its repairs leave."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb
import pytest

from dagster_project import cli, retention
from dagster_project.verification import Verification, verify
from data_contracts import decision_register
from data_contracts.decision import Decision, Statut
from data_contracts.delivery import deliveries
from data_contracts.layout import MANIFEST_FILE, Home
from data_contracts.publication import PublishedRun, current_run, published_runs
from ingest.personal_data import PseudonymKey

from . import made
from .made import RECEIVED

FIRST, SECOND = "20261101T080000Z-aaaaaa", "20261102T080000Z-bbbbbb"
DECIDED = Decision("c1", Statut.JUSTIFIE, "Vu avec la DDT.", "A. Exemple", datetime(2026, 11, 1, 9, tzinfo=UTC), "e1")
FINDING = {"anomalie_id": "c1", "premiere_vue": made.TODAY, "derniere_vue": made.TODAY}


@pytest.fixture
def warehouse(home: Home) -> Home:
    """A home with one delivery, a key, a decision, and two published runs."""
    delivery = made.land(home, {"ecolo_region": [{"id": 1}]})
    home.pseudonym_key.write_text("00" * 32, encoding="ascii")
    home.pseudonym_key.chmod(0o600)
    decision_register.record(home, DECIDED)
    told = {**DECIDED.record(), "date_decision": DECIDED.date_decision.replace(tzinfo=None), "est_courante": True}
    for run_id in (FIRST, SECOND):
        made.published(home, {"fct_anomalie": [FINDING], "fct_decision": [told]}, run_id=run_id, deliveries=[delivery])
    return home


def spoil(path: Path) -> None:
    """Change one byte in the middle of a file."""
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 0xFF
    path.write_bytes(content)


def repaired(home: Home) -> Verification:
    """Repair everything that can be, and look again."""
    for defect in verify(home).defects:
        if defect.repair:
            defect.repair()
    return verify(home)


def places(found: Verification, home: Home) -> list[str]:
    return [str(defect.path.relative_to(home.root)) for defect in found.defects]


def test_a_warehouse_as_it_was_written_has_no_defect(warehouse: Home) -> None:
    assert verify(warehouse) == Verification(livraisons=1, publications=2, decisions=1, defects=())


def test_an_empty_home_has_no_defect(home: Home) -> None:
    assert verify(home) == Verification(livraisons=0, publications=0, decisions=0, defects=())


@pytest.mark.parametrize("name", ["ecolo_region.parquet", "delivery.json"])
def test_a_delivery_that_changed_is_set_aside_and_nothing_of_it_is_lost(warehouse: Home, name: str) -> None:
    [delivery] = deliveries(warehouse)
    folder = warehouse.delivery("ecoloweb", delivery.livraison_id)
    spoil(folder / name)
    content = (folder / name).read_bytes()
    assert places(verify(warehouse), warehouse) == [f"landing/ecoloweb/{delivery.livraison_id}"]
    left = repaired(warehouse)
    assert ["n'est plus là" in defect.sentence for defect in left.defects] == [True]
    assert (warehouse.set_aside / "landing" / "ecoloweb" / delivery.livraison_id / name).read_bytes() == content


def test_a_delivery_removed_on_its_date_is_not_missed(warehouse: Home) -> None:
    made.land(warehouse, {"ecolo_region": [{"id": 2}]}, livraison_id="nouvelle", recue_le=RECEIVED + timedelta(days=1))
    assert retention.apply(warehouse, made.Project(), RECEIVED + timedelta(days=3650))
    assert "landing" not in str(places(verify(warehouse), warehouse))


def test_what_a_killed_import_left_is_removed(warehouse: Home) -> None:
    (warehouse.landing / "ecoloweb" / ".tmp-0123" / "travail").mkdir(parents=True)
    assert places(verify(warehouse), warehouse) == ["landing/ecoloweb/.tmp-0123"]
    assert repaired(warehouse).defects == ()


def test_a_database_that_changed_is_made_again_from_its_marts(warehouse: Home) -> None:
    run = current_run(warehouse)
    with duckdb.connect(str(run.database)) as connection:
        connection.execute("update marts.fct_anomalie set message = 'autre'")
    assert places(verify(warehouse), warehouse) == [f"published/{SECOND}/warehouse.duckdb"]
    assert repaired(warehouse).defects == ()
    with run.connect() as connection:
        assert connection.execute("select count(*) from fct_anomalie where message = 'autre'").fetchone() == (0,)


def test_a_database_that_cannot_be_read_is_made_again(warehouse: Home) -> None:
    run = current_run(warehouse)
    run.database.write_bytes(b"abime")
    assert repaired(warehouse).defects == ()
    with run.connect() as connection:
        assert connection.execute("select count(*) from fct_anomalie").fetchone() == (1,)


@pytest.mark.parametrize("name", ["marts/fct_anomalie.parquet", MANIFEST_FILE])
def test_a_damaged_current_run_gives_way_to_the_last_intact_one(warehouse: Home, name: str) -> None:
    path = warehouse.published / SECOND / name
    path.write_bytes(path.read_bytes()[:-10])
    assert sorted(places(verify(warehouse), warehouse)) == ["published/20261102T080000Z-bbbbbb", "published/current"]
    assert repaired(warehouse).defects == ()
    assert current_run(warehouse).run_id == FIRST
    assert (warehouse.set_aside / "published" / SECOND).is_dir()


def _dangling(home: Home) -> None:
    home.current.unlink()
    home.current.symlink_to("20260101T000000Z-cccccc")


def _absolute(home: Home) -> None:
    home.current.unlink()
    home.current.symlink_to(home.published / SECOND)


def _a_file(home: Home) -> None:
    home.current.unlink()
    home.current.write_text(SECOND, encoding="ascii")


@pytest.mark.parametrize("breaking", [lambda home: home.current.unlink(), _dangling, _absolute, _a_file])
def test_a_broken_pointer_is_brought_back_to_the_last_run(warehouse: Home, breaking: Callable[[Home], None]) -> None:
    breaking(warehouse)
    assert places(verify(warehouse), warehouse) == ["published/current"]
    assert repaired(warehouse).defects == ()
    assert current_run(warehouse).run_id == SECOND


def test_a_draft_of_a_publication_is_no_run_and_is_removed(warehouse: Home) -> None:
    (warehouse.published / FIRST).rename(warehouse.published / f".tmp-{FIRST}")
    assert [run.run_id for run in published_runs(warehouse)] == [SECOND]
    assert places(verify(warehouse), warehouse) == [f"published/.tmp-{FIRST}"]
    assert repaired(warehouse).defects == ()


def test_decisions_that_the_register_lost_come_back_from_the_runs(warehouse: Home) -> None:
    [batch] = warehouse.decisions.glob("*.jsonl")
    batch.unlink()
    assert places(verify(warehouse), warehouse) == ["registre/decisions"]
    assert repaired(warehouse).defects == ()
    assert decision_register.read(warehouse).decisions == (DECIDED,)


def test_a_damaged_batch_of_decisions_is_named_and_its_published_decisions_come_back(warehouse: Home) -> None:
    [batch] = warehouse.decisions.glob("*.jsonl")
    spoil(batch)
    left = repaired(warehouse)
    assert [(defect.path, defect.repair) for defect in left.defects] == [(batch, None)]
    assert decision_register.read(warehouse).decisions == (DECIDED,)


def test_a_damaged_register_of_findings_is_made_again_from_the_runs(warehouse: Home) -> None:
    warehouse.findings.write_bytes(b"abime")
    assert places(verify(warehouse), warehouse) == ["registre/constats.parquet"]
    assert repaired(warehouse).defects == ()
    assert duckdb.sql(f"select anomalie_id from read_parquet('{warehouse.findings}')").fetchall() == [("c1",)]


def test_a_removal_cut_while_it_was_written_is_taken_away(warehouse: Home) -> None:
    warehouse.removals.write_text('{"source": "eco', encoding="utf-8")
    assert places(verify(warehouse), warehouse) == ["registre/suppressions.jsonl"]
    assert repaired(warehouse).defects == ()


def test_a_key_that_others_can_read_is_closed_again(warehouse: Home) -> None:
    warehouse.pseudonym_key.chmod(0o644)
    assert places(verify(warehouse), warehouse) == ["cle-pseudonymes"]
    assert repaired(warehouse).defects == ()


def test_a_lost_key_is_asked_from_a_backup(warehouse: Home) -> None:
    warehouse.pseudonym_key.unlink()
    assert ["sauvegarde" in defect.remedy for defect in repaired(warehouse).defects] == [True]


def test_a_key_that_is_not_that_of_the_deliveries_is_told(home: Home) -> None:
    made.land(home, {"ecolo_region": [{"id": 1}]}, cle_pseudonymes=PseudonymKey("00" * 32, is_new=False).fingerprint)
    home.pseudonym_key.write_text("00" * 32, encoding="ascii")
    home.pseudonym_key.chmod(0o600)
    assert places(verify(home), home) == []

    home.pseudonym_key.write_text("11" * 32, encoding="ascii")
    [defect] = verify(home).defects
    assert defect.sentence == "La clé des pseudonymes n'est pas celle des livraisons courantes de ecoloweb."
    assert defect.repair is None


def test_the_command_says_what_is_wrong_then_repairs_it(
    warehouse: Home, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PARC_HOME", str(warehouse.root))
    warehouse.current.unlink()
    assert cli.execute(["verify"]) == 1
    said = capsys.readouterr()
    assert "À réparer : published/current" in said.out
    assert "parc verify --reparer" in said.err
    assert cli.execute(["verify", "--reparer", "--json"]) == 0
    record = json.loads(capsys.readouterr().out)
    assert [(told["chemin"], told["est_reparable"]) for told in record["repares"]] == [("published/current", True)]
    assert (record["livraisons"], record["publications"], record["decisions"], record["defauts"]) == (1, 2, 1, [])


def test_a_run_read_by_somebody_keeps_answering_while_its_database_is_made_again(warehouse: Home) -> None:
    run: PublishedRun = current_run(warehouse)
    with duckdb.connect(str(run.database)) as connection:
        connection.execute("update marts.fct_anomalie set message = 'autre'")
    with run.connect() as reader:
        repaired(warehouse)
        assert reader.execute("select count(*) from fct_anomalie").fetchone() == (1,)
