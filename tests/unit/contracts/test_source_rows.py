from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from data_contracts.delivery import table_path
from data_contracts.errors import BadInputError
from data_contracts.layout import Home
from data_contracts.loader import source_tables
from data_contracts.source_rows import RowsState, delivery_behind, source_rows, tables_behind
from tests.unit.dashboards import made_rows, made_run

if TYPE_CHECKING:
    from data_contracts.publication import PublishedRun


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> PublishedRun:
    return made_run.write_run(Home(tmp_path_factory.mktemp("parc")))


def test_every_table_behind_an_agreement_has_a_contract_and_its_own_row_comes_first() -> None:
    tables = tables_behind(made_rows.MIXTE)
    assert tables[0] == "ecolo_conventionapl"
    assert set(tables) <= set(source_tables("ecoloweb"))
    assert tables_behind("inconnue:1") == tables_behind("sans deux-points") == ()


@pytest.mark.parametrize(
    ("table", "lines"),
    [
        ("ecolo_conventionapl", [1]),
        ("ecolo_conventiondonneesgenerales", [1, 2, 3]),
        ("ecolo_avenant", [1]),
        ("ecolo_programmelogement", [1, 2, 3, 5, 6, 7]),
        ("ecolo_logement", [1, 2, 3, 4, 5, 6]),
        ("ecolo_bailleur", [1]),
    ],
)
def test_the_rows_of_an_agreement_are_reached_over_all_its_periods(run: PublishedRun, table: str, lines: list[int]) -> None:
    read = source_rows(run, made_rows.MIXTE, table)
    assert read.etat is RowsState.LUES
    assert read.colonnes[0] == "_ligne"
    assert [row["_ligne"] for row in read.lignes] == lines


def test_rows_left_out_by_the_limit_are_counted(run: PublishedRun) -> None:
    read = source_rows(run, made_rows.MIXTE, "ecolo_logement", limit=2)
    assert (len(read.lignes), read.nb_lignes) == (2, 6)


def test_columns_carry_the_meaning_that_their_contract_gives(run: PublishedRun) -> None:
    read = source_rows(run, made_rows.MIXTE, "ecolo_conventionapl")
    assert read.descriptions["noreglementaire"].startswith("Numéro réglementaire")


@pytest.mark.parametrize("unknown", ["ecoloweb:1", "ecoloweb:deux", "ecoloweb:", "ecoloweb:1 or 1=1"])
def test_an_agreement_that_the_source_does_not_know_has_no_row(run: PublishedRun, unknown: str) -> None:
    assert source_rows(run, unknown, "ecolo_programmelogement").lignes == ()


def test_a_table_that_the_delivery_lacks_is_said_so(run: PublishedRun) -> None:
    assert source_rows(run, made_rows.MIXTE, "ecolo_annexe").etat is RowsState.TABLE_NON_LIVREE


def test_the_delivery_is_the_one_of_the_run(run: PublishedRun) -> None:
    delivery = delivery_behind(run, made_rows.MIXTE)
    assert delivery is not None
    assert delivery.origine == "ecoloweb_inventee.pgsql"
    assert delivery_behind(run, "apilos:1") is None


def test_a_landing_deleted_since_the_run_is_said_so_even_when_only_a_table_on_the_way_is_gone(home: Home) -> None:
    run = made_run.write_run(home)
    delivery = delivery_behind(run, made_rows.MIXTE)
    assert delivery is not None
    table_path(home, delivery, "ecolo_conventiondonneesgenerales").unlink()
    assert source_rows(run, made_rows.MIXTE, "ecolo_logement").etat is RowsState.LIVRAISON_SUPPRIMEE
    assert source_rows(run, made_rows.MIXTE, "ecolo_avenant").etat is RowsState.LUES


@pytest.mark.parametrize(("convention", "table"), [(made_rows.MIXTE, "ecolo_region"), ("apilos:1", "ecolo_avenant"), ("", "")])
def test_rows_that_cannot_exist_are_refused(run: PublishedRun, convention: str, table: str) -> None:
    with pytest.raises(BadInputError, match="vérifier l'identifiant"):
        source_rows(run, convention, table)
