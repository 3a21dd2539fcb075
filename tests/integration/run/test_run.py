"""One run of a tiny warehouse, from a landed delivery to a publication, and all that may stop it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import dagster as dg
import pytest

from dagster_project import definitions
from dagster_project.checks.control import Family
from dagster_project.checks.worker import CheckWorker
from dagster_project.instance import open_instance
from dagster_project.run import RunOutcome, execute
from data_contracts.delivery import table_path
from data_contracts.errors import BadInputError, RefusedError
from data_contracts.layout import Home
from data_contracts.lock import exclusive
from data_contracts.publication import current_run
from tests.integration.run import tiny


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    return Home(tmp_path_factory.mktemp("run") / "parc")


@pytest.fixture(scope="module")
def worker() -> Iterator[CheckWorker]:
    """One process for all the runs of this module."""
    with CheckWorker() as shared:
        yield shared


@pytest.fixture(scope="module")
def outcome(home: Home, worker: CheckWorker) -> RunOutcome:
    """A first run of a sound delivery, one alert in it."""
    made = tiny.project(home.root.parent)
    tiny.land(home, made)
    return execute(home, tiny.TODAY, project=made, worker=worker)


@pytest.fixture
def refused(worker: CheckWorker, tmp_path: Path) -> Callable[..., str]:
    """Run a delivery or models that must not be published in a new home, and return the refusal."""

    def run(rows: Sequence[Mapping[str, object]] = tiny.SOUND, **models: str) -> str:
        home, made = Home(tmp_path / "parc"), tiny.project(tmp_path, **models)
        tiny.land(home, made, rows)
        with pytest.raises(RefusedError) as refusal:
            execute(home, tiny.TODAY, project=made, worker=worker)
        assert not home.current.exists()
        return str(refusal.value)

    return run


def test_a_sound_delivery_is_published(home: Home, outcome: RunOutcome) -> None:
    with current_run(home).connect() as connection:
        rows = connection.execute("select convention_id, code from fct_convention order by all").fetchall()

    assert rows == [("ecoloweb:1", "A"), ("ecoloweb:2", "B")]
    assert outcome.published.path == current_run(home).path


def test_every_family_of_checks_is_recorded_in_the_manifest(outcome: RunOutcome) -> None:
    families = Counter(control.famille for control in outcome.controls)

    assert families == {
        Family.CONTRAT_SOURCE: 9,
        Family.CONTRAT_PRODUIT: 9,
        Family.DBT: 3,
        Family.RECONCILIATION: 6,
        Family.FRAICHEUR: 1,
    }


def test_a_dbt_test_of_severity_warn_is_an_alert_that_lets_publish(outcome: RunOutcome) -> None:
    [alert] = [control for control in outcome.controls if not control.succes]

    assert (alert.famille, alert.gravite, alert.observe, alert.attendu) == (Family.DBT, "alerte", 1, 0)


def test_the_manifest_gives_the_seconds_of_each_step(outcome: RunOutcome) -> None:
    assert list(outcome.published.manifest["durees_s"]) == [
        "chargement",
        "preparation",
        "contrats_sources",
        "dbt",
        "contrats_produits",
        "reconciliation",
        "publication",
    ]


@pytest.mark.usefixtures("outcome")
def test_the_history_of_dagster_knows_the_run_its_rows_and_its_checks(home: Home) -> None:
    with open_instance(home) as instance:
        [run] = instance.get_runs()
        event = instance.get_latest_materialization_event(dg.AssetKey(["marts", "fct_convention"]))

    assert (run.job_name, run.status.value) == ("parc", "SUCCESS")
    assert event is not None
    assert event.asset_materialization is not None
    assert event.asset_materialization.metadata["lignes"].value == 2


@pytest.mark.usefixtures("outcome")
def test_the_build_folder_is_gone_once_published(home: Home) -> None:
    assert list(home.builds.iterdir()) == []


def test_a_run_publishes_its_dictionary_with_the_lineage_that_dbt_knows(outcome: RunOutcome) -> None:
    dictionary = json.loads((outcome.published.path / "dictionnaire.json").read_text(encoding="utf-8"))

    [table] = [table for table in dictionary["tables"] if table["nom"] == "fct_convention"]
    assert (table["lignes"], table["parents"], table["origines"]) == (2, ["stg_convention"], ["ecoloweb.ecolo_conventionapl"])
    assert {"nom": "ecoloweb.ecolo_conventionapl", "description": "Conventions reçues."} in dictionary["origines"]


def test_the_same_data_and_code_publish_the_same_documentation(outcome: RunOutcome, worker: CheckWorker, tmp_path: Path) -> None:
    again, made = Home(tmp_path / "parc"), tiny.project(tmp_path)
    tiny.land(again, made)
    second = execute(again, tiny.TODAY, project=made, worker=worker).published

    for file in ("dictionnaire.json", "dictionnaire.csv", "dictionnaire.html", "documentation/dbt.html"):
        assert (second.path / file).read_bytes() == (outcome.published.path / file).read_bytes(), file


def test_a_row_that_breaks_a_blocking_clause_refuses_the_run_with_its_key(refused: Callable[..., str]) -> None:
    said = refused([{"id": -7, "code": "A"}])

    assert "ecoloweb.ecolo_conventionapl, condition_positif : numéro négatif\n    1 au lieu de 0 ; clés : -7" in said


def test_a_mart_that_breaks_its_contract_refuses_the_run_with_its_keys(refused: Callable[..., str]) -> None:
    doubled = {"rec_convention": f"{tiny.MODELS['marts/rec_convention.sql']} cross join range(2)"}

    said = refused(**doubled)

    assert "marts.rec_convention, cle_primaire_en_double : clé source, cle_source portée par" in said
    assert "4 au lieu de 0 ; clés : ecoloweb|1, ecoloweb|1, ecoloweb|2" in said


def test_a_failed_dbt_test_refuses_the_run_by_its_name(refused: Callable[..., str]) -> None:
    doubled = {"fct_convention": "select 'ecoloweb:1' as convention_id, code from {{ ref('stg_convention') }}"}

    said = refused(**doubled)

    assert "fct_convention, unique_fct_convention_convention_id" in said
    assert "1 au lieu de 0 ; clés : ecoloweb:1" in said


def test_a_model_that_fails_is_named_and_its_message_which_may_hold_data_stays_in_the_log(
    refused: Callable[..., str], tmp_path: Path
) -> None:
    home = Home(tmp_path / "parc")
    broken = {"fct_convention": "select code::integer as convention_id, code from {{ ref('stg_convention') }}"}

    said = refused(**broken)

    assert "fct_convention" in said
    assert "'A'" not in said
    [log] = home.builds.glob("*/dbt/dbt.log")
    assert "Could not convert" in log.read_text(encoding="utf-8")


def test_an_agreement_lost_on_the_way_refuses_the_run_with_its_key(refused: Callable[..., str]) -> None:
    lossy = {"rec_convention": f"{tiny.MODELS['marts/rec_convention.sql']} where id = 1"}

    said = refused(**lossy)

    assert "marts.rec_convention (ecoloweb), conventions_toutes_listees" in said
    assert "1 au lieu de 0 ; clés : 2" in said


@pytest.mark.parametrize(
    ("step", "missing"),
    [
        ("source_checks", "ecoloweb.ecolo_conventionapl : 9 contrôles non exécutés\n    colonnes, nombre_de_lignes"),
        ("product_checks", "marts.rec_table : 3 contrôles non exécutés\n    colonnes, cle_primaire_absente"),
    ],
)
def test_a_run_without_great_expectations_is_refused_by_the_gate(
    refused: Callable[..., str], monkeypatch: pytest.MonkeyPatch, step: str, missing: str
) -> None:
    """Takes the step out of the job: the gate asks the contracts what had to run, never the job."""

    def nothing(_project: object) -> dg.AssetChecksDefinition:
        @dg.multi_asset_check(specs=[dg.AssetCheckSpec("rien", asset=dg.AssetKey(["marts", "rec_table"]))], name=f"sans_{step}")
        def _empty():  # noqa: ANN202 - Dagster reads the annotation
            yield dg.AssetCheckResult(asset_key=dg.AssetKey(["marts", "rec_table"]), check_name="rien", passed=True)

        return _empty

    monkeypatch.setattr(definitions, step, nothing)

    said = refused()

    assert missing in said


def test_an_altered_landing_file_is_refused_before_anything_is_built(tmp_path: Path) -> None:
    home, made = Home(tmp_path / "parc"), tiny.project(tmp_path)
    delivery = tiny.land(home, made)
    with table_path(home, delivery, tiny.TABLE).open("ab") as file:
        file.write(b"x")

    with pytest.raises(BadInputError, match="ne correspond plus à son empreinte"):
        execute(home, tiny.TODAY, project=made)
    assert not home.builds.exists()


def test_a_second_run_is_refused_while_one_holds_the_lock(tmp_path: Path) -> None:
    home, made = Home(tmp_path / "parc"), tiny.project(tmp_path)
    tiny.land(home, made)

    with exclusive(home, "parc import"), pytest.raises(BadInputError, match="déjà occupé par « parc import »"):
        execute(home, tiny.TODAY, project=made)


def test_what_killed_runs_left_is_cleared_before_the_next_one(tmp_path: Path) -> None:
    home = Home(tmp_path / "parc")
    (home.builds / "tué").mkdir(parents=True)
    (home.published / ".tmp-tué" / "marts").mkdir(parents=True)
    (home.published / ".tmp-current").symlink_to("tué")

    with pytest.raises(BadInputError, match="Aucune livraison"):
        execute(home, tiny.TODAY, project=tiny.project(tmp_path))

    assert list(home.builds.iterdir()) == []
    assert list(home.published.iterdir()) == []


def test_counts_that_do_not_match_the_files_refuse_the_run(tmp_path: Path, worker: CheckWorker) -> None:
    home, made = Home(tmp_path / "parc"), tiny.project(tmp_path)
    tiny.land(home, made, nb_recus=3)

    with pytest.raises(RefusedError, match=r"recues_posees_ou_refusees : .*\n    2 au lieu de 3"):
        execute(home, tiny.TODAY, project=made, worker=worker)


def test_the_controls_of_a_refused_run_stay_until_the_next_one(refused: Callable[..., str], tmp_path: Path) -> None:
    home = Home(tmp_path / "parc")
    refused([{"id": -7, "code": "A"}])

    [path] = home.builds.glob("*/controles.json")
    assert [entry["nom"] for entry in json.loads(path.read_text(encoding="utf-8")) if not entry["succes"]] == ["condition_positif"]
