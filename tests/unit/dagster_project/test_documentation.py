"""What a run publishes about itself: where rows come from, and dbt's page, which asks the network for nothing."""

from __future__ import annotations

import json
import re
from typing import Any

from dagster_project import dbt_pages, documentation
from tests.unit.dagster_project import made


def node(unique_id: str, **said: Any) -> dict[str, Any]:  # noqa: ANN401 - what dbt may say of a node
    kind, _, *name = unique_id.split(".")
    base = {"unique_id": unique_id, "name": name[-1], "resource_type": kind, "schema": "marts", "config": {}, "columns": {}}
    return {**base, "description": "", **said}


MODELS: dict[str, Any] = {
    "metadata": {"project_name": "parc", "generated_at": "2026-11-01T09:12:00Z", "send_anonymous_usage_stats": False},
    "nodes": {
        "model.parc.fct_lot": node("model.parc.fct_lot", columns={"lot_id": {"name": "lot_id", "data_type": "varchar"}}),
        "model.parc.int_lot": node("model.parc.int_lot", raw_code="select '</script>'", created_at=1.5, root_path="/chez/moi"),
        "seed.parc.financement": node("seed.parc.financement"),
    },
    "sources": {"source.parc.ecoloweb.lot": node("source.parc.ecoloweb.lot", description="Lots reçus.")},
    "macros": {
        "macro.parc.mots": {"package_name": "parc", "macro_sql": "{% macro mots() %}"},
        "macro.dbt.run": {"package_name": "dbt", "macro_sql": "{% macro run() %}"},
    },
    "parent_map": {
        "model.parc.fct_lot": ["model.parc.int_lot", "seed.parc.financement"],
        "model.parc.int_lot": ["source.parc.ecoloweb.lot"],
        "seed.parc.financement": [],
        "source.parc.ecoloweb.lot": [],
    },
    "child_map": {},
    "unit_tests": {"unit_test.parc.essai": {}},
}


def embedded(page: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """The manifest and the catalog that a page holds."""
    start = page.index("{manifest:") + len("{manifest:")
    manifest, length = json.JSONDecoder().raw_decode(page[start:])
    rest = page[start + length :]
    catalog, _ = json.JSONDecoder().raw_decode(rest[rest.index("catalog:") + len("catalog:") :])
    return manifest, catalog


def test_a_mart_says_what_it_reads_and_the_tables_behind_it() -> None:
    found = documentation.lineage(MODELS, ["fct_lot"])

    assert found.parents == {"fct_lot": ("financement", "int_lot")}
    assert found.origins == {"fct_lot": ("ecoloweb.lot",)}
    assert found.tables == {"ecoloweb.lot": "Lots reçus."}


def test_the_page_of_dbt_holds_the_models_the_types_and_the_macros_of_the_project_alone() -> None:
    manifest, catalog = embedded(dbt_pages.page(MODELS))

    assert manifest["nodes"]["model.parc.int_lot"]["raw_code"] == "select '</script>'"
    assert list(manifest["macros"]) == ["macro.parc.mots"]
    assert catalog["nodes"]["model.parc.fct_lot"]["columns"]["lot_id"]["type"] == "varchar"


def test_the_page_of_dbt_can_fetch_nothing_and_nothing_ends_its_script() -> None:
    page = dbt_pages.page(MODELS)

    [policy] = re.findall(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">', page)
    assert policy.startswith("default-src 'none';")
    assert "http" not in policy
    assert page.index(policy) < page.index("<script")
    assert "select '</script>'" not in page


def test_the_page_of_dbt_says_neither_when_nor_where_it_was_made() -> None:
    later = {**MODELS, "metadata": {**MODELS["metadata"], "generated_at": "2027-01-01T00:00:00Z", "invocation_id": "b"}}
    moved = node("model.parc.int_lot", raw_code="select '</script>'", created_at=9.5, root_path="/ailleurs")
    later["nodes"] = {
        "model.parc.int_lot": moved,
        **{name: said for name, said in MODELS["nodes"].items() if "int_lot" not in name},
    }

    assert dbt_pages.page(later) == dbt_pages.page(MODELS)


def test_a_published_run_has_its_dictionary_and_the_page_of_dbt(home: made.Home) -> None:
    run = made.published(home, {"fct_convention": [{"convention_id": "ecoloweb:1"}]})

    dictionary = json.loads((run.path / "dictionnaire.json").read_text(encoding="utf-8"))
    assert {table["nom"]: table["lignes"] for table in dictionary["tables"]}["fct_convention"] == 1
    assert {path.name for path in run.path.glob("dictionnaire.*")} == {f"dictionnaire.{kind}" for kind in ("csv", "html", "json")}
    assert embedded((run.path / dbt_pages.PAGE).read_text(encoding="utf-8"))[0]["nodes"]
