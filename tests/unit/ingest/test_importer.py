"""The whole import, on made deliveries: what it names, what it refuses, and that it lands whole or not at all."""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest

import ingest.importer
from data_contracts.delivery import current_deliveries, deliveries
from data_contracts.errors import BadInputError, RefusedError
from data_contracts.layout import Home
from data_contracts.loader import fingerprint
from data_contracts.source_contract import SourceTable
from ingest.landing import Landing, Written
from ingest.readers.reception import ReceivedTable

TABLE = {"colonnes": {"id": "entier", "libelle": "texte"}}
OTHER = {"colonnes": {"id": "entier", "libelle": "texte", "ajout": {"type": "texte", "presence": "facultative"}}}
ROWS = [("id", "libelle"), ("1", "a"), ("2", None)]
LATER = datetime(2026, 11, 2, tzinfo=UTC)


@pytest.fixture
def used_home(contracts: Callable[..., Path], csv_folder: Callable[..., Path], deliver: Callable[..., Any], home: Home) -> Home:
    """Give a home with one delivery in it."""
    deliver(csv_folder("déjà-là", ecolo_a=ROWS), contracts(ecolo_a=TABLE))
    return home


def test_a_delivery_is_described_by_what_was_received(
    contracts: Callable[..., Path], csv_folder: Callable[..., Path], deliver: Callable[..., Any], home: Home
) -> None:
    folder, contract = csv_folder(ecolo_a=ROWS), contracts(ecolo_a=TABLE, ecolo_b={**TABLE, "presence": "facultative"})

    report = deliver(folder, contract)

    assert not report.deja_importee
    assert deliveries(home) == [report.delivery]
    found = report.delivery.model_dump()
    assert found["livraison_id"] == found["sha256"][:16]
    assert (found["format"], found["origine"], found["source"]) == ("dossier_csv", "livraison", "ecoloweb")
    assert found["taille_octets"] == sum(path.stat().st_size for path in folder.iterdir())
    assert found["contrat_sha256"] == fingerprint("ecoloweb", contract)
    assert (found["tables_absentes"], found["tables_inconnues"]) == (("ecolo_b",), ())
    assert sorted(path.name for path in home.delivery("ecoloweb", found["livraison_id"]).iterdir()) == [
        "delivery.json",
        "ecolo_a.parquet",
    ]


def test_a_table_without_rows_lands_as_a_file(
    contracts: Callable[..., Path], csv_folder: Callable[..., Path], deliver: Callable[..., Any], landed: Callable[..., Any]
) -> None:
    report = deliver(csv_folder(ecolo_a=ROWS[:1]), contracts(ecolo_a=TABLE))

    assert landed(report, "ecolo_a") == []


def test_the_same_content_twice_is_said_and_writes_nothing(
    contracts: Callable[..., Path],
    csv_folder: Callable[..., Path],
    deliver: Callable[..., Any],
    fingerprints: Callable[[Path], dict[str, str]],
    home: Home,
) -> None:
    contract = contracts(ecolo_a=TABLE)
    first = deliver(csv_folder("un", ecolo_a=ROWS), contract)
    before = fingerprints(home.root)

    second = deliver(csv_folder("deux", ecolo_a=ROWS), contract, now=LATER)

    assert (second.deja_importee, second.delivery, second.avertissements) == (True, first.delivery, ())
    assert fingerprints(home.root) == before


def test_the_last_delivery_received_is_read_even_where_the_clock_went_back(
    contracts: Callable[..., Path], csv_folder: Callable[..., Path], deliver: Callable[..., Any], home: Home
) -> None:
    contract = contracts(ecolo_a=TABLE)
    deliver(csv_folder("un", ecolo_a=ROWS), contract, now=LATER)

    second = deliver(csv_folder("deux", ecolo_a=ROWS[:2]), contract, now=LATER - timedelta(days=400))

    assert current_deliveries(home)["ecoloweb"] == second.delivery


def test_coming_back_to_an_older_delivery_says_that_a_newer_one_is_read(
    contracts: Callable[..., Path], csv_folder: Callable[..., Path], deliver: Callable[..., Any]
) -> None:
    contract = contracts(ecolo_a=TABLE)
    deliver(csv_folder("un", ecolo_a=ROWS), contract)
    newer = deliver(csv_folder("deux", ecolo_a=ROWS[:2]), contract, now=LATER)

    again = deliver(csv_folder("un", ecolo_a=ROWS), contract)

    assert again.avertissements == (
        f"La livraison {newer.delivery.livraison_id}, reçue depuis, reste celle que les publications lisent.",
    )


def test_the_same_content_under_changed_contracts_lands_beside_the_first(
    contracts: Callable[..., Path], csv_folder: Callable[..., Path], deliver: Callable[..., Any], home: Home
) -> None:
    folder, changed = csv_folder(ecolo_a=ROWS), contracts(ecolo_a=OTHER)
    first = deliver(folder, contracts(ecolo_a=TABLE))

    second = deliver(folder, changed, now=LATER)

    assert second.delivery.livraison_id == f"{first.delivery.livraison_id}-c{fingerprint('ecoloweb', changed)[:8]}"
    assert deliveries(home) == [first.delivery, second.delivery]


def test_progress_is_told_table_by_table(
    contracts: Callable[..., Path], csv_folder: Callable[..., Path], deliver: Callable[..., Any]
) -> None:
    told: list[tuple[str, int]] = []

    deliver(
        csv_folder(ecolo_a=ROWS, ecolo_b=ROWS[:2]),
        contracts(ecolo_a=TABLE, ecolo_b=TABLE),
        progress=lambda table, rows, _: told.append((table, rows)),
    )

    assert told == [("ecolo_a", 2), ("ecolo_b", 1)]


def test_what_a_killed_import_left_is_never_seen_and_is_removed_by_the_next(
    contracts: Callable[..., Path], csv_folder: Callable[..., Path], deliver: Callable[..., Any], home: Home
) -> None:
    contract = contracts(ecolo_a=TABLE)
    report = deliver(csv_folder("un", ecolo_a=ROWS), contract)
    left = home.landing / "ecoloweb" / ".tmp-tué" / "livraison"
    left.mkdir(parents=True)
    (left / "delivery.json").write_text(report.delivery.model_copy(update={"livraison_id": "x"}).model_dump_json())

    assert deliveries(home) == [report.delivery]

    deliver(csv_folder("deux", ecolo_a=ROWS[:2]), contract, now=LATER)

    assert not left.parent.exists()


def test_a_delivery_of_another_database_is_refused_with_what_it_holds(
    contracts: Callable[..., Path], csv_folder: Callable[..., Path], deliver: Callable[..., Any]
) -> None:
    with pytest.raises(BadInputError, match=r"« autre » n'est pas une livraison Ecoloweb.*\(trouvé : clients, factures\)"):
        deliver(csv_folder("autre", clients=ROWS, factures=ROWS), contracts(ecolo_a=TABLE))


def test_a_delivery_without_a_required_table_is_refused_with_its_name(
    contracts: Callable[..., Path], csv_folder: Callable[..., Path], deliver: Callable[..., Any]
) -> None:
    with pytest.raises(BadInputError, match="Il manque dans « livraison » la table ecolo_b"):
        deliver(csv_folder(ecolo_a=ROWS), contracts(ecolo_a=TABLE, ecolo_b=TABLE))


def test_an_unknown_source_is_refused(home: Home) -> None:
    with pytest.raises(BadInputError, match="La source « autre » n'est pas connue : choisir parmi ecoloweb"):
        ingest.importer.import_delivery(home, "autre", "x", now=LATER)


@pytest.mark.parametrize("code", ["99", "1", "Gironde", ""])
def test_an_unknown_departement_is_refused_by_name(
    code: str, contracts: Callable[..., Path], csv_folder: Callable[..., Path], deliver: Callable[..., Any]
) -> None:
    with pytest.raises(BadInputError, match=f"« {code.upper()} » n'existe pas"):
        deliver(csv_folder(ecolo_a=ROWS), contracts(ecolo_a=TABLE), departements=("33", code))


def test_a_delivery_written_to_while_it_is_read_is_refused(
    contracts: Callable[..., Path], csv_folder: Callable[..., Path], deliver: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = csv_folder(ecolo_a=ROWS)
    land = Landing.land

    def land_then_touch(landing: Landing, contract: SourceTable, received: ReceivedTable) -> Written:
        written = land(landing, contract, received)
        with (folder / "ecolo_a.csv").open("a") as file:
            file.write("3,c\n")
        return written

    monkeypatch.setattr(Landing, "land", land_then_touch)

    with pytest.raises(BadInputError, match="« livraison » a changé pendant sa lecture"):
        deliver(folder, contracts(ecolo_a=TABLE))


def test_a_lost_row_stops_the_import(
    contracts: Callable[..., Path],
    csv_folder: Callable[..., Path],
    deliver: Callable[..., Any],
    monkeypatch: pytest.MonkeyPatch,
    home: Home,
) -> None:
    land = Landing.land
    monkeypatch.setattr(Landing, "land", lambda *arguments: land(*arguments)._replace(rows=3))

    with pytest.raises(RefusedError, match="ecolo_a : 3 lignes reçues mais 2 posées et 0 en quarantaine"):
        deliver(csv_folder(ecolo_a=ROWS), contracts(ecolo_a=TABLE))

    assert deliveries(home) == []


DISK_FULL = """
import json, resource, signal, sys
from datetime import UTC, datetime
from pathlib import Path
from data_contracts.errors import BadInputError
from data_contracts.layout import Home
from ingest.importer import import_delivery

home, origin, contracts, limit = sys.argv[1:]
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(limit), int(limit)))
try:
    import_delivery(Home(Path(home)), "ecoloweb", origin, now=datetime.now(UTC), contracts=Path(contracts))
except BadInputError as error:
    print(error)
    sys.exit(error.exit_code)
"""


@pytest.mark.parametrize("limit", [1_000, 20_000, 100_000])
def test_a_disk_that_fills_up_changes_nothing_and_is_said_in_one_sentence(
    limit: int,
    contracts: Callable[..., Path],
    csv_folder: Callable[..., Path],
    used_home: Home,
    fingerprints: Callable[[Path], dict[str, str]],
) -> None:
    before, contract = fingerprints(used_home.root), contracts(ecolo_a=TABLE)
    large = csv_folder("deux", ecolo_a=[ROWS[0], *((str(rank), os.urandom(40).hex()) for rank in range(4_000))])

    command = [sys.executable, "-c", DISK_FULL, str(used_home.root), str(large), str(contract), str(limit)]
    run = subprocess.run(command, capture_output=True, text=True, check=False)

    assert run.returncode == 2, run.stderr
    assert run.stdout.startswith("Plus de place pour écrire dans ")
    assert run.stdout.count("\n") == 1
    assert fingerprints(used_home.root) == before


def test_a_disk_that_fills_up_at_the_very_end_leaves_neither_delivery_nor_key(
    contracts: Callable[..., Path], csv_folder: Callable[..., Path], deliver: Callable[..., Any], home: Home
) -> None:
    full = patch("ingest.workshop.os.fsync", side_effect=OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)))

    with full, pytest.raises(BadInputError, match="Plus de place"):
        deliver(csv_folder(ecolo_a=ROWS), contracts(ecolo_a=TABLE))

    assert [path for path in home.root.rglob("*") if path.is_file()] == []


def test_the_delivery_file_is_the_report(
    contracts: Callable[..., Path], csv_folder: Callable[..., Path], deliver: Callable[..., Any], home: Home
) -> None:
    report = deliver(csv_folder(ecolo_a=ROWS), contracts(ecolo_a=TABLE))

    written = json.loads((home.delivery("ecoloweb", report.delivery.livraison_id) / "delivery.json").read_text())
    assert written == report.delivery.model_dump(mode="json")
