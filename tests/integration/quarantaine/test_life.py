"""A refused agreement, from its import to the marts that publish it, corrected in a spreadsheet as a person would."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import openpyxl
import pytest

from dagster_project import cli
from data_contracts.layout import Home
from data_contracts.publication import current_run
from ingest.importer import import_delivery
from tests.support.made_delivery import MadeDelivery

RECEIVED = datetime(2026, 11, 1, 8, tzinfo=UTC)
SOUND, MISTYPED = 900_100, 900_200


class Marts:
    """What the current run says, read at once: another run will replace it."""

    def __init__(self, home: Home) -> None:
        with current_run(home).connect() as run:
            self.agreements, self.quarantine, self.corrections, self.fates, self.gap = (
                run.execute(query).fetchall()
                for query in (
                    "select convention_id from fct_convention order by 1",
                    "select table_source, cle, clause, etat from rec_quarantaine",
                    "select table_source, colonne, est_liberee, auteur, motif from rec_correction",
                    "select cle_source, destin from rec_convention order by 1, 2",
                    "select sum(nb_quarantaine), max(abs(ecart)) from rec_table",
                )
            )


@pytest.fixture(scope="module")
def marts(tmp_path_factory: pytest.TempPathFactory, publish: Callable[[Home], object]) -> tuple[Marts, Marts]:
    """Two agreements, of which one came under the number of the other: as published with the refusal, then once replayed."""
    folder = tmp_path_factory.mktemp("quarantaine")
    home = Home(folder / "parc")
    made = MadeDelivery()
    for number in (SOUND, MISTYPED):
        made.convention(id=SOUND)
        made.programme(made.periode(number))
    import_delivery(home, "ecoloweb", made.write(folder / "livraison"), now=RECEIVED)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PARC_HOME", str(home.root))
        patch.setenv("PARC_AUTEUR", "A. Essai")
        publish(home)
        before = Marts(home)
        workbook = folder / "corrections.xlsx"
        assert cli.execute(["quarantaine", "exporter", "--sortie", str(workbook)]) == 0
        _retype(workbook)
        assert cli.execute(["quarantaine", "liberer", str(workbook), "--motif", "numéro vu dans l'application"]) == 0
        assert cli.execute(["quarantaine", "rejouer"]) == 0
        publish(home)
    return before, Marts(home)


def _retype(path: Path) -> None:
    book = openpyxl.load_workbook(path)
    [sheet] = [sheet for sheet in book if "convention" in sheet.title]
    titles = [cell.value for cell in sheet[1]]
    sheet.cell(row=2, column=titles.index("id") + 1).value = MISTYPED
    book.save(path)


def test_a_refused_agreement_is_listed_with_its_reason_and_is_not_published(marts: tuple[Marts, Marts]) -> None:
    before, _ = marts

    assert before.agreements == [(f"ecoloweb:{SOUND}",)]
    assert before.quarantine == [("ecolo_conventionapl", str(SOUND), "cle_primaire_en_double", "refusee")]
    assert before.fates == [(str(SOUND), "publiee"), (str(SOUND), "quarantaine")]
    assert before.gap == [(1, 0)]


def test_once_corrected_and_replayed_it_is_in_the_marts_and_the_ledger_balances(marts: tuple[Marts, Marts]) -> None:
    _, after = marts

    assert after.agreements == [(f"ecoloweb:{SOUND}",), (f"ecoloweb:{MISTYPED}",)]
    assert after.quarantine == []
    assert after.fates == [(str(SOUND), "publiee"), (str(MISTYPED), "publiee")]
    assert after.gap == [(0, 0)]


def test_what_was_corrected_is_told_without_its_value(marts: tuple[Marts, Marts]) -> None:
    _, after = marts

    assert after.corrections == [("ecolo_conventionapl", "id", True, "A. Essai", "numéro vu dans l'application")]
