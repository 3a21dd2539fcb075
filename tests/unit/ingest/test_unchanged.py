"""A table received again as it was lands by one more name of the same file; anything that bears on it has it landed anew."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from data_contracts.delivery import table_path
from data_contracts.layout import Home
from ingest.importer import ImportReport, import_delivery
from ingest.personal_data import KEY_VARIABLE

LATER = datetime(2026, 11, 2, tzinfo=UTC)
HEAD = ("id", "libelle")
TABLE = {"colonnes": {"id": "entier", "libelle": "texte"}}
STRICT = {"colonnes": {"id": {"type": "entier", "obligatoire": "bloquante"}, "libelle": "texte"}}
PSEUDONYM = {"type": "texte", "personnel": {"traitement": "pseudonymiser", "motif": "made"}}
SECRET = {"colonnes": {"id": "entier", "libelle": PSEUDONYM}}
SAME = [HEAD, ("1", "a"), ("2", "b")]


@pytest.fixture
def is_one_file(home: Home) -> Callable[[ImportReport, ImportReport, str], bool]:
    """Tell whether two deliveries hold a table in one and the same file."""

    def compare(first: ImportReport, second: ImportReport, table: str) -> bool:
        return table_path(home, first.delivery, table).samefile(table_path(home, second.delivery, table))

    return compare


def test_a_delivery_where_one_table_alone_changed_lands_that_one_alone(
    contracts: Callable[..., Path],
    csv_folder: Callable[..., Path],
    deliver: Callable[..., Any],
    is_one_file: Callable[..., bool],
    tmp_path: Path,
) -> None:
    contract = contracts(ecolo_a=TABLE, ecolo_b=TABLE)
    first = deliver(csv_folder("un", ecolo_a=SAME, ecolo_b=SAME), contract)
    folder = csv_folder("deux", ecolo_a=SAME, ecolo_b=[HEAD, ("1", "c")])

    second = deliver(folder, contract, now=LATER)

    assert is_one_file(first, second, "ecolo_a")
    assert not is_one_file(first, second, "ecolo_b")
    elsewhere = import_delivery(Home(tmp_path / "ailleurs"), "ecoloweb", folder, contracts=contract, now=LATER)
    told = {"empreinte": None}
    assert [table.model_copy(update=told) for table in second.delivery.tables] == [
        table.model_copy(update=told) for table in elsewhere.delivery.tables
    ]


def test_the_references_of_an_unchanged_table_are_checked_again(
    contracts: Callable[..., Path],
    csv_folder: Callable[..., Path],
    deliver: Callable[..., Any],
    landed: Callable[..., list[dict[str, Any]]],
) -> None:
    refers = {"type": "entier", "reference": {"table": "ecolo_b", "colonne": "id", "gravite": "bloquante"}}
    contract = contracts(ecolo_a={"colonnes": {"id": "entier", "b_id": refers}}, ecolo_b=TABLE)
    rows = [("id", "b_id"), ("1", "1"), ("2", "2")]
    first = deliver(csv_folder("un", ecolo_a=rows, ecolo_b=SAME), contract)

    second = deliver(csv_folder("deux", ecolo_a=rows, ecolo_b=SAME[:2]), contract, now=LATER)

    assert [row["id"] for row in landed(second, "ecolo_a")] == [1]
    assert [row["id"] for row in landed(first, "ecolo_a")] == [1, 2]


def test_a_table_that_had_refused_rows_is_landed_anew(
    contracts: Callable[..., Path],
    csv_folder: Callable[..., Path],
    deliver: Callable[..., Any],
    is_one_file: Callable[..., bool],
) -> None:
    contract = contracts(ecolo_a=STRICT, ecolo_b=TABLE)
    rows = [*SAME, (None, "c")]
    first = deliver(csv_folder("un", ecolo_a=rows, ecolo_b=SAME), contract)

    second = deliver(csv_folder("deux", ecolo_a=rows, ecolo_b=SAME[:2]), contract, now=LATER)

    assert not is_one_file(first, second, "ecolo_a")
    assert second.delivery.table("ecolo_a").nb_quarantaine == 1


def test_a_table_whose_landed_file_was_altered_is_landed_anew(
    contracts: Callable[..., Path],
    csv_folder: Callable[..., Path],
    deliver: Callable[..., Any],
    home: Home,
) -> None:
    contract = contracts(ecolo_a=TABLE, ecolo_b=TABLE)
    first = deliver(csv_folder("un", ecolo_a=SAME, ecolo_b=SAME[:2]), contract)
    shutil.copyfile(*(table_path(home, first.delivery, name) for name in ("ecolo_b", "ecolo_a")))

    second = deliver(csv_folder("deux", ecolo_a=SAME, ecolo_b=SAME), contract, now=LATER)

    assert second.delivery.table("ecolo_a").sha256 == first.delivery.table("ecolo_a").sha256


def test_another_key_of_pseudonyms_has_every_table_landed_anew(
    contracts: Callable[..., Path],
    csv_folder: Callable[..., Path],
    deliver: Callable[..., Any],
    landed: Callable[..., list[dict[str, Any]]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    contract = contracts(ecolo_a=SECRET, ecolo_b=TABLE)
    first = deliver(csv_folder("un", ecolo_a=SAME, ecolo_b=SAME), contract)
    monkeypatch.setenv(KEY_VARIABLE, "une autre clé")

    second = deliver(csv_folder("deux", ecolo_a=SAME, ecolo_b=SAME[:2]), contract, now=LATER)

    assert landed(first, "ecolo_a") != landed(second, "ecolo_a")
