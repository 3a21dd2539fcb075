"""What lands in the inbox, from the copy of a file to its landing, or to the alert that says why not."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import dagster as dg
import pytest

from dagster_project import depot, incidents, reception
from dagster_project.depot import AGAIN, STILL
from dagster_project.instance import open_instance
from data_contracts.delivery import deliveries
from data_contracts.layout import Home
from data_contracts.loader import source
from data_contracts.lock import exclusive
from tests.support import made_sisal
from tests.support.local_servers import Posts, posts

RETRY = dg.RetryPolicy(max_retries=2)


class Daemon:
    """Does by hand what Dagster's daemon does: looks at the inbox, runs what is asked for, hands the failures to the alert."""

    def __init__(self, instance: dg.DagsterInstance) -> None:
        self.instance = instance
        self.moment = 1000.0
        self.job = reception.reception_job(RETRY)
        self.sensor = reception.depot_sensor(self.job, clock=lambda: self.moment)
        self.alerts = incidents.alert_sensor()
        self.cursor: str | None = None

    def look(self, after: float = 0.0) -> list[dg.RunRequest]:
        """Look at the inbox so many seconds later; return what is asked for."""
        self.moment += after
        with dg.build_sensor_context(instance=self.instance, cursor=self.cursor) as context:
            found = self.sensor.evaluate_tick(context)
        self.cursor = found.cursor
        return list(found.run_requests or [])

    def run(self, request: dg.RunRequest) -> dg.ExecuteInProcessResult:
        """Run what is asked for, and alert if it fails."""
        done = self.job.execute_in_process(
            run_config=request.run_config, tags=request.tags, instance=self.instance, raise_on_error=False
        )
        if not done.success:
            event = next(event for event in done.all_events if event.event_type is dg.DagsterEventType.RUN_FAILURE)
            self.alerts(
                dg.build_run_status_sensor_context(
                    self.alerts.name, event, self.instance, self.instance.get_run_by_id(done.run_id)
                ).for_run_failure()
            )
        return done

    def receive(self) -> list[bool]:
        """Let whatever lies in the inbox become whole, and run it; return which succeeded."""
        self.look()
        return [self.run(request).success for request in self.look(STILL)]


@pytest.fixture(scope="module")
def instance(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dg.DagsterInstance]:
    """One history for the module, which takes long to make; each test empties it."""
    with open_instance(Home(tmp_path_factory.mktemp("historique"))) as made:
        yield made


@pytest.fixture
def daemon(instance: dg.DagsterInstance, home: Home, monkeypatch: pytest.MonkeyPatch) -> Daemon:
    monkeypatch.setenv("PARC_HOME", str(home.root))
    for run in instance.get_runs():
        instance.delete_run(run.run_id)
    return Daemon(instance)


@pytest.fixture
def drop(home: Home) -> Callable[..., Path]:
    """Drop a SISAL report in the inbox: sound, of its own content."""

    def write(name: str, numero: str = "2016130550001") -> Path:
        folder = home.inbox / "sisal"
        folder.mkdir(parents=True, exist_ok=True)
        return made_sisal.write_csv(folder / name, [{"N° Opération GALION": numero}])

    return write


def test_a_file_copied_in_pieces_is_asked_for_once_it_is_whole(daemon: Daemon, home: Home, drop: Callable[..., Path]) -> None:
    whole = drop("rapport.csv").read_bytes()
    path = home.inbox / "sisal" / "rapport.csv"

    path.write_bytes(whole[:100])
    assert daemon.look() == []
    path.write_bytes(whole[:500])
    assert daemon.look(STILL) == []
    path.write_bytes(whole)
    assert daemon.look(STILL) == []
    [request] = daemon.look(STILL)

    assert daemon.run(request).success
    [delivery] = deliveries(home)
    assert delivery.origine == "rapport.csv"
    assert daemon.look(STILL) == []


def test_two_files_at_once_give_two_deliveries_and_leave_the_inbox(daemon: Daemon, home: Home, drop: Callable[..., Path]) -> None:
    drop("nord.csv", "2016130550001")
    drop("sud.csv", "2016130550002")

    assert daemon.receive() == [True, True]

    assert {delivery.origine for delivery in deliveries(home)} == {"nord.csv", "sud.csv"}
    assert depot.look(home) == {}


def test_a_reception_says_what_became_of_the_rows(daemon: Daemon, drop: Callable[..., Path]) -> None:
    drop("rapport.csv")
    daemon.look()
    [request] = daemon.look(STILL)

    done = daemon.run(request)

    [output] = [event for event in done.all_events if event.event_type is dg.DagsterEventType.STEP_OUTPUT]
    metadata = {name: value.value for name, value in output.event_specific_data.metadata.items()}
    assert (metadata["bilan"], metadata["lignes_recues"], metadata["lignes_posees"], metadata["lignes_quarantaine"]) == (
        "importée",
        1,
        1,
        0,
    )


def test_a_bad_delivery_alerts_and_the_others_are_received(
    daemon: Daemon, home: Home, drop: Callable[..., Path], webhook: Posts
) -> None:
    drop("bonne.csv")
    (home.inbox / "sisal" / "abîmée.csv").write_text("pas;un;rapport\n", encoding="utf-8")

    assert sorted(daemon.receive()) == [False, True]

    assert [delivery.origine for delivery in deliveries(home)] == ["bonne.csv"]
    [alert] = webhook.received
    assert alert["quoi"].startswith("Livraison refusée : « abîmée.csv » n'a pas d'en-tête")
    assert alert["ou"] == "dépôt, source SISAL, « abîmée.csv »"
    assert alert["qui"] == source("sisal").responsable
    assert "obtenir une livraison corrigée" in alert["que_faire"]
    assert alert["depuis"]


def test_a_refused_delivery_is_set_aside_with_its_sentence_and_not_tried_again(daemon: Daemon, home: Home) -> None:
    (home.inbox / "sisal").mkdir(parents=True)
    (home.inbox / "sisal" / "vide.csv").touch()

    assert daemon.receive() == [False]

    moved, reason = sorted(home.refused.iterdir())
    assert moved.name.endswith("-sisal-vide.csv")
    assert reason.read_text(encoding="utf-8") == "Le fichier « vide.csv » est vide : le transférer de nouveau.\n"
    assert depot.look(home) == {}


def test_a_refused_delivery_dropped_again_is_received_again(daemon: Daemon, home: Home) -> None:
    (home.inbox / "sisal").mkdir(parents=True)
    path = home.inbox / "sisal" / "vide.csv"
    path.touch()
    daemon.receive()
    daemon.look()

    next(home.refused.glob("*.csv")).rename(path)

    assert daemon.receive() == [False]


@pytest.mark.parametrize(
    ("folder", "sentence"), [("ecolowebb", "La source « ecolowebb » n'est pas connue"), ("", "hors du dossier")]
)
def test_a_file_dropped_in_the_wrong_place_is_said(daemon: Daemon, home: Home, webhook: Posts, folder: str, sentence: str) -> None:
    (home.inbox / folder).mkdir(parents=True)
    (home.inbox / folder / "base.dump").write_bytes(b"x")

    assert daemon.receive() == [False]

    assert sentence in webhook.received[0]["quoi"]


def test_a_delivery_waits_in_the_inbox_while_somebody_holds_the_lock(
    daemon: Daemon, home: Home, drop: Callable[..., Path], webhook: Posts
) -> None:
    drop("rapport.csv")
    daemon.look()
    [request] = daemon.look(STILL)

    with exclusive(home, "parc run"):
        done = daemon.run(request)

    assert sum(event.event_type is dg.DagsterEventType.STEP_RESTARTED for event in done.all_events) == RETRY.max_retries
    assert webhook.received[0]["quoi"].startswith(f"Livraison pas encore reçue : {home.root} est déjà occupé par « parc run »")
    assert daemon.look(STILL) == []
    [again] = daemon.look(AGAIN)
    assert daemon.run(again).success
    assert len(deliveries(home)) == 1


def test_the_same_content_again_is_removed_without_a_second_delivery(daemon: Daemon, home: Home, drop: Callable[..., Path]) -> None:
    drop("rapport.csv")
    daemon.receive()
    drop("rapport-bis.csv")

    assert daemon.receive() == [True]

    assert len(deliveries(home)) == 1
    assert depot.look(home) == {}


def test_what_left_the_inbox_before_its_reception_is_no_failure(daemon: Daemon, drop: Callable[..., Path]) -> None:
    path = drop("rapport.csv")
    daemon.look()
    [request] = daemon.look(STILL)
    path.unlink()

    assert daemon.run(request).success


def test_a_problem_is_told_once_with_the_day_it_began(
    daemon: Daemon, home: Home, drop: Callable[..., Path], webhook: Posts
) -> None:
    drop("rapport.csv")
    daemon.look()
    [request] = daemon.look(STILL)
    with exclusive(home, "parc run"):
        first = daemon.run(request)
        daemon.run(request)
        drop("autre.csv")
        daemon.look()
        [other] = daemon.look(STILL)
        (home.inbox / "sisal" / "autre.csv").write_bytes(b"")

    daemon.run(other)

    began = daemon.instance.get_run_record_by_id(first.run_id)
    assert began is not None
    assert len(webhook.received) == 2
    assert {alert["depuis"] for alert in webhook.received} == {began.create_timestamp.isoformat(timespec="seconds")}


def test_a_success_ends_a_problem(daemon: Daemon, home: Home, drop: Callable[..., Path], webhook: Posts) -> None:
    vide = home.inbox / "sisal" / "vide.csv"
    drop("rapport.csv")
    for _ in range(2):
        vide.touch()
        daemon.receive()
        drop("rapport.csv")
        daemon.receive()

    assert len(webhook.received) == 2


def test_an_alert_that_cannot_be_sent_is_no_failure_and_is_sent_next_time(
    daemon: Daemon, home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    (home.inbox / "sisal").mkdir(parents=True)
    vide = home.inbox / "sisal" / "vide.csv"
    with posts(403) as refusing:
        monkeypatch.setenv("PARC_ALERTE_WEBHOOK", refusing.url)
        vide.touch()
        assert daemon.receive() == [False]
    with posts() as server:
        monkeypatch.setenv("PARC_ALERTE_WEBHOOK", server.url)
        vide.touch()
        assert daemon.receive() == [False]

    assert len(server.received) == 1


def test_an_alert_never_holds_a_row(daemon: Daemon, home: Home, webhook: Posts) -> None:
    (home.inbox / "apilos").mkdir(parents=True)
    (home.inbox / "apilos" / "conventions.json").write_text('{"uuid": "Jeanne Inventée 0601020304"\n{"', encoding="utf-8")

    daemon.receive()

    assert "Jeanne" not in json.dumps(webhook.received, ensure_ascii=False)
    assert len(webhook.received) == 1
