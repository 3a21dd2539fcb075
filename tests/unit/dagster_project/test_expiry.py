"""What goes on its date beside the landed deliveries, with the clock moved."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from dagster_project import expiry
from dagster_project.verification.defect import set_aside
from data_contracts import durations
from data_contracts.acces import journal
from data_contracts.acces.journal import Entree, Geste
from data_contracts.layout import Home

from . import made

SECOND = timedelta(seconds=1)


@pytest.fixture
def now() -> datetime:
    """The instant of the machine, which files are dated with."""
    return datetime.now(UTC)


def test_an_unfinished_extraction_goes_with_what_it_received(home: Home, now: datetime) -> None:
    page = home.extractions("siap") / "page.json"
    page.parent.mkdir(parents=True)
    page.write_text("{}", encoding="utf-8")

    assert expiry.apply(home, now + durations.EXTRACTION.duree - timedelta(hours=1)) == []
    assert expiry.apply(home, now + durations.EXTRACTION.duree + timedelta(hours=1)) == ["extractions/siap"]
    assert not page.exists()


def test_what_was_set_aside_goes_counted_from_that_day(home: Home, now: datetime) -> None:
    delivery = home.delivery("ecoloweb", "une")
    delivery.mkdir(parents=True)
    (delivery / "delivery.json").write_text("{}", encoding="utf-8")
    set_aside(home, delivery)

    assert expiry.apply(home, now + durations.SET_ASIDE.duree - timedelta(hours=1)) == []
    assert expiry.apply(home, now + durations.SET_ASIDE.duree + timedelta(hours=1)) == ["ecarte/landing/ecoloweb/une"]
    assert not (home.set_aside / "landing" / "ecoloweb" / "une").exists()


def test_a_refused_delivery_goes_with_its_reason(home: Home, now: datetime) -> None:
    home.refused.mkdir(parents=True)
    name = f"{now:%Y%m%dT%H%M%SZ}-sisal-rapport.csv"
    for file in (name, f"{name}.txt"):
        (home.refused / file).write_text("Mme Essai", encoding="utf-8")

    assert expiry.apply(home, now + durations.REFUSED.duree - SECOND) == []
    assert len(expiry.apply(home, now + durations.REFUSED.duree + SECOND)) == 2
    assert list(home.refused.iterdir()) == []


def test_a_publication_past_its_date_goes_unless_it_is_the_current_one(home: Home) -> None:
    runs = [made.published(home, {}, run_id=run_id) for run_id in ("20260101T000000Z-aaaaaa", "20260102T000000Z-bbbbbb")]
    latest = max(run.published_at for run in runs)

    assert expiry.apply(home, latest + durations.PUBLICATION.duree * 2) == [f"published/{runs[0].run_id}"]
    assert not runs[0].path.exists()
    assert runs[1].path.exists()


def test_entries_of_the_journal_go_one_by_one(home: Home) -> None:
    first = datetime(2026, 1, 1, tzinfo=UTC)
    for moment, reader in ((first, "ancien@exemple.test"), (first + timedelta(days=30), "recent@exemple.test")):
        with time_machine.travel(moment, tick=False):
            journal.ajouter(home.access_journal, Entree(reader, Geste.CONNEXION))

    assert expiry.apply(home, first + durations.ACCESS_JOURNAL.duree) == []
    assert expiry.apply(home, first + durations.ACCESS_JOURNAL.duree + SECOND) == ["registre/acces.jsonl (1 entrée)"]
    assert [entry["lecteur"] for entry in journal.lire(home.access_journal)] == ["recent@exemple.test"]
    assert "ancien" not in home.access_journal.read_text(encoding="utf-8")


def test_an_empty_home_has_nothing_to_remove(home: Home, now: datetime) -> None:
    assert expiry.apply(home, now + timedelta(days=10_000)) == []


def test_what_was_removed_is_said() -> None:
    assert expiry.sentence(["extractions/siap", "published/un"]) == "Supprimé à son échéance : extractions/siap, published/un."
