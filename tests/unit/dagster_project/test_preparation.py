"""What the models find in the database of a run."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from dagster_project import preparation
from dagster_project.landing import deliveries_to_read, verify_landing
from dagster_project.project import Project
from data_contracts.decision_register import Register
from data_contracts.delivery import quarantine_path, table_path
from data_contracts.errors import BadInputError
from data_contracts.layout import Home
from tests.support.made_decisions import decision
from tests.unit.dagster_project import made

REGIONS = {"ecolo_region": [{"id": 1, "codeinsee": "75"}, {"id": 2, "codeinsee": "94"}]}


@pytest.fixture
def prepared(home: Home, tmp_path: Path) -> duckdb.DuckDBPyConnection:
    """The database of a run that reads a delivery of one table, two rows refused."""
    delivery = made.land(home, REGIONS, departements=("33",))
    refused = quarantine_path(home, delivery, "ecolo_region")
    refused.parent.mkdir()
    duckdb.sql(
        "select 9::bigint as _ligne, '3' as cle, 'obligatoire_code' as clause, 'code absent' as motif, '{}' as brut "
        "union all select 4, '4', 'obligatoire_code', 'code absent', '{}'"
    ).write_parquet(str(refused))
    database = tmp_path / "warehouse.duckdb"
    preparation.prepare(home, Project(), database, made.TODAY, [delivery], decided=Register((decision(),)))
    return duckdb.connect(str(database), read_only=True)


def test_a_delivered_table_is_read_from_its_landed_file(prepared: duckdb.DuckDBPyConnection) -> None:
    assert prepared.sql("select id, codeinsee from ecoloweb.ecolo_region order by id").fetchall() == [(1, "75"), (2, "94")]


def test_a_table_that_was_not_delivered_is_empty_with_the_columns_and_types_of_its_contract(
    prepared: duckdb.DuckDBPyConnection,
) -> None:
    described = prepared.sql("describe ecoloweb.ecolo_avenant").fetchall()
    contract = Project().source_tables("ecoloweb")["ecolo_avenant"]

    assert [row[0] for row in described] == [*(column.nom for column in contract.landed_columns), "_ligne", "_illisible"]
    assert prepared.sql("select count(*) from ecoloweb.ecolo_avenant").fetchall() == [(0,)]


def test_the_deliveries_their_counts_and_the_reference_date_are_known(prepared: duckdb.DuckDBPyConnection) -> None:
    assert prepared.sql("select livraison_id, departements from meta.livraison").fetchall() == [("a1b2c3d4e5f60718", ["33"])]
    assert prepared.sql("select table_source, nb_recus, nb_poses from meta.livraison_table").fetchall() == [("ecolo_region", 2, 2)]
    assert prepared.sql("select date_reference from meta.parametre").fetchall() == [(made.TODAY,)]


def test_the_decisions_are_there_as_the_session_read_them(prepared: duckdb.DuckDBPyConnection) -> None:
    assert prepared.sql("select decision_id, statut from meta.decision").fetchall() == [(decision().decision_id, "justifie")]


def test_the_refused_rows_are_listed_by_line(prepared: duckdb.DuckDBPyConnection) -> None:
    rows = prepared.sql("select table_source, ligne, cle, motif from meta.quarantaine").fetchall()

    assert rows == [("ecolo_region", 4, "4", "code absent"), ("ecolo_region", 9, "3", "code absent")]


def test_the_official_geography_is_loaded_codes_kept_as_text(prepared: duckdb.DuckDBPyConnection) -> None:
    assert prepared.sql(
        "select nom_commune, code_departement from referentiel.commune where code_commune = '01001'"
    ).fetchall() == [("L'Abergement-Clémenciat", "01")]
    assert prepared.sql("select count(*) > 100 from referentiel.departement").fetchall() == [(True,)]


def test_a_run_without_any_delivery_is_refused(home: Home) -> None:
    with pytest.raises(BadInputError, match=r"Aucune livraison dans .* lancer « parc import »"):
        deliveries_to_read(home)


def test_an_untouched_landing_is_accepted(home: Home) -> None:
    verify_landing(home, made.land(home, REGIONS))


def test_a_landed_file_that_changed_is_refused_by_name(home: Home) -> None:
    delivery = made.land(home, REGIONS)
    path = table_path(home, delivery, "ecolo_region")
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)

    with pytest.raises(BadInputError, match=r"ecolo_region\.parquet ne correspond plus.*réimporter essai\.sql"):
        verify_landing(home, delivery)


def test_a_landed_file_that_is_gone_is_refused_by_name(home: Home) -> None:
    delivery = made.land(home, REGIONS)
    table_path(home, delivery, "ecolo_region").unlink()

    with pytest.raises(BadInputError, match=r"ecolo_region\.parquet a disparu"):
        verify_landing(home, delivery)
