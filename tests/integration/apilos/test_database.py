"""The database of APiLos received by dump, by URL or by folder lands as the same tables and gives the same marts."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import duckdb
import pytest

from data_contracts.delivery import table_path
from data_contracts.loader import source_tables
from data_contracts.publication import current_run
from ingest.importer import import_delivery
from tests.integration.apilos.conftest import NOW
from tests.support.made_apilos import EMAIL, NAME, TABLES

if TYPE_CHECKING:
    from pathlib import Path

    from data_contracts.delivery import Delivery
    from data_contracts.layout import Home
    from ingest.importer import ImportReport

Imported = Callable[[str], "tuple[Home, ImportReport]"]
TELL_THE_DELIVERY = {"dim_livraison", "rec_derive", "rec_table"}


def rows(home: Home, delivery: Delivery, table: str, query: str = "select *") -> list[tuple[Any, ...]]:
    """Return the landed rows of a table, in the order of the file."""
    return duckdb.execute(f"{query} from '{table_path(home, delivery, table)}'").fetchall()


def test_every_row_of_the_database_lands_and_every_value_is_read(imported: Imported) -> None:
    _, report = imported("dump_custom")

    counts = {table.table: table.nb_poses for table in report.delivery.tables}
    assert counts == {name: len(list(TABLES.get(name, ()))) for name in source_tables("apilos")}
    assert sum(table.nb_quarantaine + table.nb_illisibles for table in report.delivery.tables) == 0
    assert report.delivery.tables_inconnues == ("django_migrations",)
    assert report.avertissements == ("Tables inconnues du contrat, non reprises : django_migrations.",)


@pytest.mark.parametrize("format_name", ["dump_sql", "postgresql", "dossier_csv", "dossier_parquet"])
def test_every_format_lands_the_same_tables(format_name: str, imported: Imported) -> None:
    (reference_home, reference), (home, other) = imported("dump_custom"), imported(format_name)

    assert other.delivery.format == format_name
    of_the_text = {"sha256", "empreinte"}
    described = {table.table: table.model_dump(exclude=of_the_text) for table in reference.delivery.tables}
    assert {table.table: table.model_dump(exclude=of_the_text) for table in other.delivery.tables} == described
    # the line is that of the file, which each format has its own
    query = "select *" if format_name == "postgresql" else "select * exclude (_ligne)"
    for name in described:
        assert rows(reference_home, reference.delivery, name, query) == rows(home, other.delivery, name, query), name


def test_an_instant_lands_in_utc_whatever_the_time_of_the_server(imported: Imported) -> None:
    home, report = imported("postgresql")

    query = "select strftime(cree_le, '%Y-%m-%d %H:%M:%S.%g')"
    assert rows(home, report.delivery, "conventions_conventionhistory", query) == [
        ("2023-01-10 08:00:00.250",),
        ("2024-03-31 23:30:00.000",),
    ]


def test_a_server_read_twice_is_the_same_delivery(origins: dict[str, str | Path], imported: Imported) -> None:
    home, report = imported("postgresql")

    again = import_delivery(home, "apilos", origins["postgresql"], now=NOW)

    assert again.deja_importee
    assert again.delivery == report.delivery


def test_nothing_of_a_person_lands(imported: Imported) -> None:
    home, report = imported("postgresql")

    for table in report.delivery.tables:
        text = str(rows(home, report.delivery, table.table))
        assert EMAIL not in text, table.table
        assert NAME not in text, table.table
        assert "0612345678" not in text, table.table


def test_a_dump_and_a_server_give_the_same_marts(imported: Imported, publish: Callable[..., Any]) -> None:
    manifests = []
    for name in ("dump_custom", "postgresql"):
        home, _ = imported(name)
        publish(home)
        manifests.append(current_run(home).manifest["marts"])

    reference, other = manifests
    assert {mart: other[mart] for mart in other if mart not in TELL_THE_DELIVERY} == {
        mart: reference[mart] for mart in reference if mart not in TELL_THE_DELIVERY
    }


def test_every_table_is_counted_from_the_delivery_to_staging(imported: Imported, publish: Callable[..., Any]) -> None:
    home, report = imported("dump_custom")
    publish(home)

    with current_run(home).connect() as connection:
        counted = connection.execute(
            "select table_source, nb_recus, nb_poses, nb_staging, ecart from rec_table where source = 'apilos' order by all"
        ).fetchall()
        [(livraison,)] = connection.execute("select livraison_id from dim_livraison where source = 'apilos'").fetchall()
    assert livraison == report.delivery.livraison_id
    assert counted == [
        (table.table, table.nb_recus, table.nb_poses, table.nb_poses, 0)
        for table in sorted(report.delivery.tables, key=lambda table: table.table)
    ]
