"""The whole set of Dagster definitions of the project, compared with its written snapshot."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import dagster as dg
import pytest

from dagster_project import dbt_runner
from dagster_project.assets import names
from dagster_project.definitions import JOB, build_definitions
from dagster_project.history import HistoryStorage
from dagster_project.instance import open_instance
from dagster_project.project import Project
from data_contracts.layout import Home

SNAPSHOT = Path(__file__).with_name("definitions.txt")
REWRITE = "PARC_ECRIRE_DEFINITIONS"


@pytest.fixture(scope="module")
def project() -> Project:
    return Project()


@pytest.fixture(scope="module")
def parsed(project: Project, tmp_path_factory: pytest.TempPathFactory) -> dbt_runner.ParsedProject:
    return dbt_runner.parse(project.dbt, tmp_path_factory.mktemp("cache"))


@pytest.fixture(scope="module")
def definitions(project: Project, parsed: dbt_runner.ParsedProject) -> dg.Definitions:
    return build_definitions(project, parsed)


def test_keys_groups_and_checks_are_those_of_the_snapshot(definitions: dg.Definitions) -> None:
    """After a wanted change, write the snapshot again: run this test with PARC_ECRIRE_DEFINITIONS=1."""
    specs = sorted((spec.group_name or "", spec.key.to_user_string()) for spec in definitions.resolve_all_asset_specs())
    checks = sorted(
        f"{check.asset_key.to_user_string()} ? {check.name}" for check in definitions.resolve_asset_graph().asset_check_keys
    )
    text = "\n".join([*(f"{group} {key}" for group, key in specs), "", *checks]) + "\n"
    if os.environ.get(REWRITE) == "1":
        SNAPSHOT.write_text(text, encoding="utf-8")

    assert text == SNAPSHOT.read_text(encoding="utf-8")


def test_every_asset_says_in_words_what_it_is(definitions: dg.Definitions) -> None:
    silent = [spec.key.to_user_string() for spec in definitions.resolve_all_asset_specs() if not (spec.description or "").strip()]

    assert silent == []


def test_every_source_of_the_models_is_a_landed_table(definitions: dg.Definitions, parsed: dbt_runner.ParsedProject) -> None:
    graph = definitions.resolve_asset_graph()
    sources = {dg.AssetKey([source["source_name"], source["name"]]) for source in parsed.content["sources"].values()}

    assert sources <= graph.materializable_asset_keys


def test_the_publication_comes_after_every_mart_and_every_mart_after_the_landing(
    definitions: dg.Definitions, project: Project
) -> None:
    graph = definitions.resolve_asset_graph()

    assert graph.get(names.PUBLISHED_RUN).parent_keys == {names.table_key("marts", mart) for mart in project.marts()}
    ancestors = graph.get_ancestor_asset_keys(names.table_key("marts", "fct_convention"))
    assert names.table_key("ecoloweb", "ecolo_conventionapl") in ancestors


def test_every_dbt_test_of_a_mart_is_a_blocking_check_unless_it_only_warns(
    definitions: dg.Definitions, parsed: dbt_runner.ParsedProject
) -> None:
    graph = definitions.resolve_asset_graph()
    blocking = {key.name for key in graph.asset_check_keys if graph.get(key).blocking}
    models = set(parsed.nodes("model", "seed"))
    errors = {
        node["name"]
        for node in parsed.nodes("test").values()
        if node["config"]["severity"].lower() == "error" and models & set(node["depends_on"]["nodes"])
    }

    assert errors <= blocking


def test_the_job_runs_everything_in_this_process(definitions: dg.Definitions) -> None:
    job = definitions.resolve_job_def(JOB)

    assert {node.name for node in job.nodes} == {
        "preparation",
        "contrats_sources",
        "dbt",
        "contrats_produits",
        "reconciliation",
        "publication__publication_courante",
    }
    assert job.executor_def.name == "in_process"


def test_definitions_load_without_any_variable_nor_delivery(tmp_path: Path) -> None:
    """As Dagster's own server does, from another folder."""
    code = "import dagster_project.definitions as d; print(len(d.defs().resolve_all_asset_specs()) > 100)"
    environment = {"PATH": os.environ["PATH"], "HOME": str(tmp_path)}

    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)

    assert done.stdout == "True\n", done.stderr


def test_a_project_read_again_is_read_from_the_cache_and_forced_otherwise(project: Project, tmp_path: Path) -> None:
    first = dbt_runner.parse(project.dbt, tmp_path)
    cached = tmp_path / "dbt" / "target" / "partial_parse.msgpack"
    before = cached.stat().st_mtime_ns

    dbt_runner.parse(project.dbt, tmp_path)
    assert cached.stat().st_mtime_ns == before
    forced = dbt_runner.parse(project.dbt, tmp_path, force=True)

    assert cached.stat().st_mtime_ns > before
    assert forced.nodes("model").keys() == first.nodes("model").keys()


def test_the_history_is_kept_in_one_file_of_the_home_that_is_read_again(home: Home) -> None:
    with open_instance(home) as instance:
        assert isinstance(instance.event_log_storage, HistoryStorage)
        instance.report_runless_asset_event(dg.AssetMaterialization("essai", metadata={"lignes": 3}))

    with open_instance(home) as again:
        event = again.get_latest_materialization_event(dg.AssetKey("essai"))

    assert event is not None
    assert (home.dagster / "event_log.db").is_file()
