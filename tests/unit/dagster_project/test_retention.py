"""Which landed deliveries are removed, when, and what stays of them."""

from __future__ import annotations

from datetime import timedelta

import duckdb
import pytest

from dagster_project import preparation, retention
from dagster_project.commands import status
from dagster_project.project import Project
from data_contracts.decision_register import Register
from data_contracts.delivery import Delivery, current_deliveries, deliveries
from data_contracts.errors import BadInputError
from data_contracts.layout import Home
from data_contracts.source_contract import Retention, Source

from . import made
from .made import RECEIVED, TODAY

DAY = timedelta(days=1)


def agreed(**kept: int) -> dict[str, Source]:
    """Return what is agreed of Ecoloweb, kept as long as said."""
    conservation = Retention(**{"remplacee_jours": 90, "motif": "essai", **kept})
    return {"ecoloweb": Project().source("ecoloweb").model_copy(update={"conservation": conservation})}


@pytest.fixture
def older(home: Home) -> Delivery:
    return made.land(home, {"ecolo_region": [{"id": 1}]}, livraison_id="ancienne", recue_le=RECEIVED - 10 * DAY)


@pytest.fixture
def newer(home: Home) -> Delivery:
    return made.land(home, {"ecolo_region": [{"id": 1}, {"id": 2}]}, livraison_id="nouvelle", recue_le=RECEIVED)


def due(landed: list[Delivery], after: timedelta, **kept: int) -> list[str]:
    return [one.delivery.livraison_id for one in retention.due(landed, agreed(**kept), RECEIVED + after)]


def test_a_replaced_delivery_is_kept_until_its_last_day_counted_from_its_replacement(older: Delivery, newer: Delivery) -> None:
    assert due([older, newer], 90 * DAY) == []
    assert due([older, newer], 90 * DAY + timedelta(seconds=1)) == ["ancienne"]


def test_the_current_delivery_is_kept_for_ever_unless_its_contract_says_how_long(newer: Delivery) -> None:
    assert due([newer], 10_000 * DAY) == []
    assert due([newer], 365 * DAY, maximum_jours=365) == []
    assert due([newer], 366 * DAY, maximum_jours=365) == ["nouvelle"]


def test_the_longest_delay_holds_for_replaced_deliveries_as_well(older: Delivery, newer: Delivery) -> None:
    assert due([newer, older], 25 * DAY, remplacee_jours=3650, maximum_jours=30) == ["ancienne"]


def test_a_delivery_of_another_source_replaces_nothing(older: Delivery, newer: Delivery) -> None:
    assert due([older, newer.model_copy(update={"source": "sisal"})], 10_000 * DAY) == []


def test_what_is_due_goes_and_is_recorded_with_its_counts(home: Home, older: Delivery, newer: Delivery) -> None:
    now = RECEIVED + 91 * DAY
    [removal] = retention.apply(home, Project(), now)

    assert deliveries(home) == [newer]
    assert not list(home.landing.glob("*/.tmp-*"))
    assert retention.read(home) == [removal]
    assert (removal.livraison_id, removal.sha256, removal.supprimee_le) == ("ancienne", older.sha256, now)
    assert [(table.table, table.nb_recus) for table in removal.tables] == [("ecolo_region", 1)]
    assert retention.sentence([removal]).startswith(
        "1 livraison supprimée à l'échéance de conservation : ecoloweb ancienne (reçue le"
    )
    assert "remplacée depuis plus de 90 jours" in retention.sentence([removal])


def test_applied_again_nothing_more_goes(home: Home, older: Delivery, newer: Delivery) -> None:
    retention.apply(home, Project(), RECEIVED + 91 * DAY)

    assert retention.apply(home, Project(), RECEIVED + 92 * DAY) == []
    assert len(retention.read(home)) == 1
    assert {older.source: newer} == current_deliveries(home)


@pytest.mark.usefixtures("newer")
def test_a_removal_killed_once_recorded_ends_at_the_next_and_is_recorded_once(
    home: Home, older: Delivery, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = RECEIVED + 91 * DAY
    with monkeypatch.context() as patched:
        patched.setattr(retention, "_remove", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            retention.apply(home, Project(), now)
    assert older in deliveries(home)

    retention.apply(home, Project(), now + DAY)
    assert older not in deliveries(home)
    assert [one.supprimee_le for one in retention.read(home)] == [now]


def test_what_a_kill_left_half_removed_is_out_of_sight_and_goes(home: Home, newer: Delivery) -> None:
    left = home.landing / "ecoloweb" / ".tmp-0" / "ancienne"
    left.parent.mkdir()
    home.delivery("ecoloweb", newer.livraison_id).rename(left)
    assert deliveries(home) == []

    retention.apply(home, Project(), RECEIVED)
    assert not left.parent.exists()


@pytest.mark.usefixtures("older", "newer")
def test_a_line_cut_by_a_kill_is_no_removal_and_the_next_one_replaces_it(home: Home) -> None:
    home.register.mkdir(parents=True)
    home.removals.write_text('{"source":"ecolo', encoding="utf-8")
    assert retention.read(home) == []

    retention.apply(home, Project(), RECEIVED + 91 * DAY)
    assert [one.livraison_id for one in retention.read(home)] == ["ancienne"]


def test_a_damaged_register_is_told_with_its_line(home: Home) -> None:
    home.register.mkdir(parents=True)
    home.removals.write_text("{}\n", encoding="utf-8")

    with pytest.raises(BadInputError, match="ne se lit pas à la ligne 1"):
        retention.read(home)


def test_a_run_reads_the_removals(home: Home, older: Delivery, newer: Delivery) -> None:
    retention.apply(home, Project(), RECEIVED + 91 * DAY)
    database = home.root / "essai.duckdb"
    preparation.prepare(home, Project(), database, TODAY, [newer], decided=Register())

    with duckdb.connect(str(database)) as connection:
        rows = connection.execute("select livraison_id, sha256, nb_recus, recue_le::date from meta.suppression").fetchall()
    assert rows == [("ancienne", older.sha256, 1, (RECEIVED - 10 * DAY).date())]


def test_a_source_left_without_delivery_is_told_by_the_status(home: Home) -> None:
    made.land(home, {}, livraison_id="seule", source="apilos", recue_le=RECEIVED - 1096 * DAY)
    retention.apply(home, Project(), RECEIVED)

    [said] = [sentence for sentence in status.warnings(status.read(home, RECEIVED)) if "apilos" in sentence]
    assert "n'a plus de livraison : la dernière (seule, essai.sql), reçue le" in said
    assert "gardée plus de 1\u202f095 jours" in said
    assert "la réimporter" in said


def test_a_source_received_again_is_no_longer_told(home: Home) -> None:
    made.land(home, {}, livraison_id="seule", source="apilos", recue_le=RECEIVED - 1096 * DAY)
    retention.apply(home, Project(), RECEIVED)
    made.land(home, {}, livraison_id="seule", source="apilos", recue_le=RECEIVED)

    assert retention.sources_without_delivery(home) == []
