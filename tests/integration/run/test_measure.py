"""Great Expectations on DuckDB: what it needs, and what its results become."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from dagster_project.checks import gx_duckdb, measure
from dagster_project.checks.control import Control
from dagster_project.checks.suites import product_suites, source_suites
from dagster_project.checks.worker import CheckWorker
from data_contracts.delivery import current_deliveries, table_path
from data_contracts.errors import RefusedError
from data_contracts.layout import Home
from tests.integration.run import tiny


def test_great_expectations_still_keeps_its_persisted_dialects_where_this_version_does() -> None:
    gx_duckdb.enable()

    assert gx_duckdb.Dialect.DUCKDB in getattr(gx_duckdb.engine, gx_duckdb.PERSISTED)


def test_a_great_expectations_that_moved_its_dialects_is_said_clearly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(gx_duckdb.engine, gx_duckdb.PERSISTED)

    with pytest.raises(RuntimeError, match="no longer has the tuple"):
        gx_duckdb.enable()


@pytest.fixture
def landed(home: Home, tmp_path: Path) -> Path:
    """The landed file of a delivery of three rows, two of them broken."""
    made = tiny.project(tmp_path)
    delivery = tiny.land(home, made, [{"id": 1, "code": "A"}, {"id": -2, "code": "B"}, {"id": 3, "code": "Z"}])
    return table_path(home, delivery, tiny.TABLE)


def measured(home: Home, tmp_path: Path) -> dict[str, Control]:
    made = tiny.project(tmp_path)
    suites = source_suites(home, made, current_deliveries(home).values())
    return {control.nom: control for measured in measure.measure(suites, None) for control in measured.controls}


@pytest.mark.usefixtures("landed")
def test_each_expectation_becomes_a_control_with_what_was_expected_observed_and_the_keys(home: Home, tmp_path: Path) -> None:
    found = measured(home, tmp_path)

    assert set(found) == {
        "colonnes",
        "nombre_de_lignes",
        "cle_primaire_absente",
        "cle_primaire_en_double",
        "obligatoire_id",
        "valeurs_code",
        "condition_positif",
        "personnel_code",
        "texte_abime",
    }
    broken = found["condition_positif"]
    assert (broken.succes, broken.observe, broken.attendu, broken.cles, broken.gravite) == (False, 1, 0, ("-2",), "bloquante")
    assert (found["valeurs_code"].gravite, found["valeurs_code"].cles) == ("alerte", ("3",))
    assert (found["nombre_de_lignes"].succes, found["nombre_de_lignes"].observe) == (True, 3)


def test_a_file_with_another_number_of_rows_is_found(home: Home, tmp_path: Path, landed: Path) -> None:
    duckdb.sql(f"select * from read_parquet('{landed}') limit 1").write_parquet(str(landed) + ".new")
    Path(str(landed) + ".new").replace(landed)

    control = measured(home, tmp_path)["nombre_de_lignes"]
    assert (control.succes, control.observe, control.attendu) == (False, 1, 3)


def test_a_column_of_another_type_is_found_and_named(home: Home, tmp_path: Path, landed: Path) -> None:
    duckdb.sql(f"select * replace (code as code, id::integer as id) from read_parquet('{landed}')").write_parquet(
        str(landed) + ".new"
    )
    Path(str(landed) + ".new").replace(landed)

    control = measured(home, tmp_path)["colonnes"]
    assert (control.succes, control.cles) == (False, ("id BIGINT", "id INTEGER"))


def test_a_rule_that_cannot_be_measured_fails(home: Home, tmp_path: Path, landed: Path) -> None:
    duckdb.sql(f"select * exclude (code) from read_parquet('{landed}')").write_parquet(str(landed) + ".new")
    Path(str(landed) + ".new").replace(landed)

    found = measured(home, tmp_path)
    assert (found["condition_positif"].succes, found["condition_positif"].observe) == (False, "mesure impossible")
    assert found["colonnes"].cles == ("code VARCHAR",)


def test_the_worker_measures_a_database_that_nobody_else_writes_and_frees_it(tmp_path: Path) -> None:
    made = tiny.project(tmp_path)
    database = tmp_path / "warehouse.duckdb"
    with duckdb.connect(str(database)) as connection:
        connection.execute("create schema marts")
        for mart, columns in tiny.MARTS.items():
            connection.execute(f"create table marts.{mart} ({', '.join(f'{name} {kind}' for name, kind in columns.items())})")
        connection.execute("insert into marts.fct_convention values ('a', 'A'), ('a', 'B')")

    with CheckWorker() as worker:
        ticket = worker.submit(product_suites(made.marts().values()), database, tmp_path / "controles")
        found = worker.controls(ticket)
        duckdb.connect(str(database)).close()

    [failed] = [control for control in found if not control.succes]
    assert (failed.objet, failed.nom, failed.cles) == ("marts.fct_convention", "cle_primaire_en_double", ("a", "a"))


def test_a_worker_that_dies_refuses_the_run() -> None:
    with CheckWorker() as worker:
        worker._process.kill()  # noqa: SLF001 - as the system would, short of memory
        worker._process.join()  # noqa: SLF001
        with pytest.raises(RefusedError, match="s'est arrêté"):
            worker.controls(1)
