"""What an import says of a delivery beside the one it replaces, on made deliveries."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

from data_contracts.delivery import DELIVERY_FILE, deliveries
from data_contracts.derive import Gravite, Nature
from data_contracts.errors import BadInputError
from data_contracts.layout import Home
from ingest.drift import replaced_by

from .conftest import NOW

LOT = {
    "colonnes": {
        "id": "entier",
        "famille": {"type": "texte", "valeurs": ["PLUS", "PLAI"]},
        "zone": {"type": "texte", "suivi_codes": True},
        "surface": {"type": "reel", "presence": "facultative"},
        "annee": {"type": "entier", "presence": "facultative"},
    }
}
FREE = {"colonnes": {"id": "entier", "texte": "texte"}, "presence": "facultative"}
HEADER = ("id", "famille", "zone", "surface")
Found = list[tuple[str, str, str, str]]
Rows = Iterable[Sequence[str | None]]


def lots(count: int, **column: str) -> list[tuple[str, ...]]:
    """Return a header and so many lots, alike but for their key and the columns given."""
    values = {"famille": "PLUS", "zone": "A", "surface": "50", **column}
    return [HEADER, *((str(rank), *values.values()) for rank in range(1, count + 1))]


class Deliveries:
    """Imports one made delivery after another, each a day later."""

    def __init__(self, deliver: Callable[..., Any], csv_folder: Callable[..., Path], contracts: Path) -> None:
        self._deliver, self._csv_folder, self._contracts = deliver, csv_folder, contracts
        self._count = 0

    def __call__(self, **tables: Rows) -> Any:  # noqa: ANN401 - the report of the import
        self._count += 1
        folder = self._csv_folder(f"livraison-{self._count}", **tables)
        return self._deliver(folder, self._contracts, now=NOW + timedelta(days=self._count))

    def agree(self, **changes: object) -> None:
        """Change what the contract of the source as a whole says."""
        path = self._contracts / "ecoloweb.yml"
        path.write_text(yaml.safe_dump({**yaml.safe_load(path.read_text(encoding="utf-8")), **changes}), encoding="utf-8")


@pytest.fixture
def received(deliver: Callable[..., Any], csv_folder: Callable[..., Path], contracts: Callable[..., Path]) -> Deliveries:
    return Deliveries(deliver, csv_folder, contracts(ecolo_lot=LOT, ecolo_libre=FREE))


def found(report: Any) -> Found:  # noqa: ANN401 - see above
    return [(one.nature, one.table, one.colonne, one.gravite) for one in report.delivery.derives]


def test_the_same_rows_again_are_no_drift(received: Deliveries) -> None:
    received(ecolo_lot=lots(10))

    assert found(received(ecolo_lot=lots(11))) == []


def test_a_table_may_lose_what_its_contract_admits_and_no_row_more(received: Deliveries) -> None:
    received(ecolo_lot=lots(100))
    assert found(received(ecolo_lot=lots(90))) == []

    report = received(ecolo_lot=lots(80))
    [loss] = report.delivery.derives
    assert (loss.nature, loss.gravite, loss.observe, loss.attendu) == (Nature.BAISSE_DE_VOLUME, Gravite.ALERTE, 80, 90)
    assert report.avertissements[-1] == (
        "ecolo_lot : 80 lignes, soit 11,1\u202f% de moins que la livraison précédente (90) ; le contrat admet 10\u202f%."
    )


def test_a_loss_that_the_contract_forbids_refuses_the_import_and_changes_nothing(
    received: Deliveries, home: Home, fingerprints: Callable[[Path], dict[str, str]]
) -> None:
    received.agree(gravite_baisse="bloquante")
    received(ecolo_lot=lots(10))
    before = fingerprints(home.root)

    with pytest.raises(BadInputError, match=r"Livraison refusée : ecolo_lot : 5 lignes.*gravite_baisse à « alerte »"):
        received(ecolo_lot=lots(5))

    assert fingerprints(home.root) == before


def test_only_a_delivery_of_the_same_extent_is_compared(received: Deliveries, home: Home) -> None:
    delivery = received(ecolo_lot=lots(10)).delivery

    compared = [
        replaced_by(home, delivery.model_copy(update=change))
        for change in ({}, {"departements": ("33",)}, {"habilitation": "une autre"})
    ]
    assert [one.delivery if one else None for one in compared] == [delivery, None, None]


@pytest.mark.parametrize(("column", "known"), [("famille", "PLUS"), ("zone", "A")])
def test_a_code_never_delivered_is_named(column: str, known: str, received: Deliveries) -> None:
    received(ecolo_lot=lots(5, **{column: known}))

    report = received(ecolo_lot=lots(5, **{column: "NEUF"}))
    assert found(report) == [(Nature.CODE_NOUVEAU, "ecolo_lot", column, Gravite.ALERTE)]
    assert report.delivery.derives[0].message.endswith(": NEUF.")


def test_a_code_of_the_closed_list_is_expected_even_the_first_time(received: Deliveries) -> None:
    received(ecolo_lot=lots(5))

    assert found(received(ecolo_lot=lots(5, famille="PLAI"))) == []


def test_many_new_codes_are_counted_and_not_shown(received: Deliveries) -> None:
    received(ecolo_lot=lots(6))
    shifted = [HEADER, *((str(rank), "PLUS", f"Nom {rank}", "50") for rank in range(6))]

    [drift] = received(ecolo_lot=shifted).delivery.derives
    assert (drift.observe, "Nom" in drift.message) == (6, False)


def test_an_address_among_new_codes_is_masked(received: Deliveries) -> None:
    received(ecolo_lot=lots(2))

    [drift] = received(ecolo_lot=lots(2, zone="a.b@exemple.fr")).delivery.derives
    assert drift.message.endswith("[courriel masqué].")


def test_a_column_read_less_well_than_before_is_told(received: Deliveries) -> None:
    received(ecolo_lot=lots(10))
    mixed = [HEADER, *((str(rank), "PLUS", "A", "50" if rank > 2 else "cinquante") for rank in range(10))]

    [drift] = received(ecolo_lot=mixed).delivery.derives
    assert (drift.nature, drift.colonne, drift.observe, drift.attendu) == (
        Nature.LECTURE_DEGRADEE,
        "surface",
        "30,0\u202f%",
        "0,0\u202f%",
    )


def test_a_column_that_comes_then_goes_is_told_each_time(received: Deliveries) -> None:
    received(ecolo_lot=lots(2))
    wider = [(*HEADER, "annee"), *((*row, "2020") for row in lots(2)[1:])]

    assert found(received(ecolo_lot=wider)) == [(Nature.COLONNE_APPARUE, "ecolo_lot", "annee", Gravite.INFORMATION)]
    report = received(ecolo_lot=lots(3))
    assert found(report) == [(Nature.COLONNE_DISPARUE, "ecolo_lot", "annee", Gravite.ALERTE)]
    assert len([said for said in report.avertissements if "annee" in said]) == 1


def test_a_table_that_comes_then_goes_is_told_each_time(received: Deliveries) -> None:
    received(ecolo_lot=lots(2))

    wider = received(ecolo_lot=lots(3), ecolo_libre=[("id", "texte"), ("1", "a")])
    assert found(wider) == [(Nature.TABLE_APPARUE, "ecolo_libre", "", Gravite.INFORMATION)]
    report = received(ecolo_lot=lots(4))
    assert found(report) == [(Nature.TABLE_DISPARUE, "ecolo_libre", "", Gravite.ALERTE)]
    assert len([said for said in report.avertissements if "ecolo_libre" in said]) == 1


def test_what_the_contract_does_not_know_alerts_when_it_is_new(received: Deliveries) -> None:
    wider = [(*HEADER, "inconnue"), *((*row, "x") for row in lots(2)[1:])]
    longer = [*wider, ("9", "PLUS", "A", "50", "x")]

    assert found(received(ecolo_lot=wider)) == [(Nature.COLONNE_INCONNUE, "ecolo_lot", "inconnue", Gravite.ALERTE)]
    report = received(ecolo_lot=longer)
    assert found(report) == [(Nature.COLONNE_INCONNUE, "ecolo_lot", "inconnue", Gravite.INFORMATION)]
    assert len([said for said in report.avertissements if "inconnue" in said]) == 1


def test_a_required_table_delivered_empty_is_told_without_any_delivery_before(received: Deliveries) -> None:
    report = received(ecolo_lot=[HEADER])

    assert found(report) == [(Nature.TABLE_VIDE, "ecolo_lot", "", Gravite.ALERTE)]
    assert "ecolo_lot : cette table, requise, est livrée vide." in report.avertissements


def test_a_column_that_the_contract_learns_does_not_disappear(
    deliver: Callable[..., Any], csv_folder: Callable[..., Path], contracts: Callable[..., Path]
) -> None:
    narrow = {"colonnes": {name: entry for name, entry in LOT["colonnes"].items() if name != "annee"}}
    deliver(csv_folder("une", ecolo_lot=lots(2)), contracts(ecolo_lot=narrow))

    report = deliver(csv_folder("deux", ecolo_lot=lots(3)), contracts(ecolo_lot=LOT), now=NOW + timedelta(days=1))
    assert found(report) == []


def test_a_delivery_landed_before_drift_was_kept_still_reads(received: Deliveries, home: Home) -> None:
    delivery = received(ecolo_lot=lots(2)).delivery
    path = home.delivery("ecoloweb", delivery.livraison_id) / DELIVERY_FILE
    path.write_text(delivery.model_dump_json(exclude={"derives"}), encoding="utf-8")

    assert deliveries(home, "ecoloweb") == [delivery]
