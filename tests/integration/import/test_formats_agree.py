"""The same database received in any format lands as the same tables."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
import psycopg
import pytest

from data_contracts.delivery import Delivery, table_path
from data_contracts.layout import Home
from ingest.importer import import_delivery

if TYPE_CHECKING:
    from tests.support.postgresql import Server

NOW = datetime(2026, 11, 1, tzinfo=UTC)
DIFFICULT = [
    r"insert into ecolo.ecolo_reservataire values (1, E'un\tdeux\ntrois\\quatre \\N « é » «guillemets», ; \r fin')",
    r"insert into ecolo.ecolo_reservataire values (2, ''), (3, null), (4, '\N'), (5, '\.'), (6, E'\ufeffmarque'), (7, E'\u2028')",
    "update ecolo.ecolo_avenant set datepublication = 'infinity' where id = 277506",
    "update ecolo.ecolo_avenant set datepublication = '0044-03-15 BC' where id = 277732",
    """update ecolo.ecolo_programmelogement set surfaceutile = 'NaN', geolocalisationx = 'Infinity', geolocalisationy = 1.0/3
    where id = (select min(id) from ecolo.ecolo_programmelogement)""",
]


@pytest.fixture(scope="module")
def database(postgres: Server, shared_data: Path) -> str:
    """The sample dump, restored, with difficult values and a table and a column that the contracts do not know."""
    url = postgres.restored(shared_data / "ecoloweb_sample.pgsql")
    with psycopg.connect(url) as connection:
        connection.execute("create table ecolo.ecolo_reservataire (id bigint primary key, libelle text)")
        connection.execute("create table ecolo.ecolo_surprise (id bigint)")
        connection.execute("create table public.ecolo_region (id bigint, autre text)")
        connection.execute("alter table ecolo.ecolo_region add column surprise text")
        for statement in DIFFICULT:
            connection.execute(statement)  # type: ignore[call-overload]
    return url


@pytest.fixture(scope="module")
def origins(database: str, postgres: Server, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str | Path]:
    """The same database in every format."""
    return postgres.every_format(database, tmp_path_factory.mktemp("livraisons"))


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """One home for every format."""
    return Home(tmp_path_factory.mktemp("parc"))


@pytest.fixture(scope="module")
def deliveries(origins: dict[str, str | Path], home: Home) -> dict[str, Delivery]:
    """The delivery that each format landed as."""
    return {name: import_delivery(home, "ecoloweb", origin, now=NOW).delivery for name, origin in origins.items()}


@pytest.mark.parametrize("format_name", ["dump_sql", "postgresql", "dossier_csv", "dossier_parquet"])
def test_every_format_lands_the_same_tables(format_name: str, deliveries: dict[str, Delivery], home: Home) -> None:
    reference, other = deliveries["dump_custom"], deliveries[format_name]

    assert other.format == format_name
    of_the_text = {"sha256", "empreinte"}
    described = {table.table: table.model_dump(exclude=of_the_text) for table in reference.tables}
    assert {table.table: table.model_dump(exclude=of_the_text) for table in other.tables} == described
    assert len(described) == 33
    assert sum(table["nb_illisibles"] for table in described.values()) == 4
    for name in described:
        one, two = (
            duckdb.execute(f"select * exclude (_ligne) from '{table_path(home, delivery, name)}'").fetchall()
            for delivery in (reference, other)
        )
        assert one == two, name


@pytest.mark.parametrize("format_name", ["dump_custom", "dump_sql", "postgresql"])
def test_what_the_contracts_do_not_know_is_reported(format_name: str, deliveries: dict[str, Delivery]) -> None:
    delivery = deliveries[format_name]

    assert delivery.tables_inconnues == ("ecolo_surprise", "public.ecolo_region")
    region = delivery.table("ecolo_region")
    assert region is not None
    assert region.colonnes_inconnues == ("surprise",)


def test_difficult_texts_land_as_they_are(deliveries: dict[str, Delivery], home: Home) -> None:
    path = table_path(home, deliveries["dump_custom"], "ecolo_reservataire")

    assert [text for (text,) in duckdb.execute(f"select libelle from '{path}'").fetchall()] == [
        "un\tdeux\ntrois\\quatre \\N « é » «guillemets», ; \r fin",
        "",
        None,
        "\\N",
        "\\.",
        "\ufeffmarque",
        "\u2028",
    ]


def test_the_line_of_a_row_of_a_plain_dump_is_its_line_in_the_file(
    origins: dict[str, str | Path], deliveries: dict[str, Delivery], home: Home
) -> None:
    lines = Path(origins["dump_sql"]).read_text(encoding="utf-8").split("\n")

    for table in ("ecolo_conventionapl", "ecolo_valeurparamstatic", "ecolo_reservataire"):
        rows = duckdb.execute(f"select id, _ligne from '{table_path(home, deliveries['dump_sql'], table)}'").fetchall()
        assert [lines[line - 1].split("\t")[0] for _, line in rows] == [str(key) for key, _ in rows]


def test_a_server_read_twice_is_the_same_delivery(
    origins: dict[str, str | Path], deliveries: dict[str, Delivery], home: Home
) -> None:
    again = import_delivery(home, "ecoloweb", origins["postgresql"], now=NOW)

    assert again.deja_importee
    assert again.delivery == deliveries["postgresql"]


def test_the_password_of_a_server_is_kept_nowhere(deliveries: dict[str, Delivery], home: Home) -> None:
    assert deliveries["postgresql"].origine.startswith("postgresql://127.0.0.1:")
    assert [path for path in home.root.rglob("*") if path.is_file() and b"mot-de-passe" in path.read_bytes()] == []


@pytest.mark.parametrize("options", [["--format=custom"], ["--format=plain"]])
def test_a_dump_of_a_database_in_another_encoding_lands_as_utf8(
    options: list[str], postgres: Server, shared_data: Path, tmp_path: Path
) -> None:
    windows = postgres.restored(shared_data / "ecoloweb_sample.pgsql", "WIN1252")
    with psycopg.connect(windows) as connection:
        connection.execute("update ecolo.ecolo_naturelogement set libelle = 'Été à l’œuvre'")
    home = Home(tmp_path / "parc")

    delivery = import_delivery(home, "ecoloweb", postgres.dump(windows, tmp_path / "dump", *options), now=NOW).delivery

    path = table_path(home, delivery, "ecolo_naturelogement")
    assert duckdb.execute(f"select distinct libelle from '{path}'").fetchall() == [("Été à l’œuvre",)]
