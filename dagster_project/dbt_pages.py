"""The documentation that dbt makes of its own project: one page, with the graph of the models and their SQL, read offline.

dbt writes it from its manifest and from what it asks the built database. The manifest is enough here: contracts give the columns
and their types. What changes from run to run or from machine to machine is left out, and so are dbt's own macros.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any

PAGE = Path("documentation") / "dbt.html"
"""Where it stands in a published run."""
_OFFLINE = (
    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; script-src 'unsafe-inline' 'unsafe-eval'; "
    "style-src 'unsafe-inline'; img-src data:; font-src data:\">"
)
"""Keeps the page from asking the network for anything."""
_INSTANTS = ("generated_at", "invocation_id", "invocation_started_at", "run_started_at", "user_id")


def page(models: Mapping[str, Any]) -> str:
    """Return dbt's page about a project; `models` is the content of its manifest.json."""
    template = _template().read_text(encoding="utf-8")
    return (
        template.replace("<head>", f"<head>{_OFFLINE}", 1)
        .replace('"MANIFEST.JSON INLINE DATA"', _inline(_own(models)), 1)
        .replace('"CATALOG.JSON INLINE DATA"', _inline(_catalog(models)), 1)
    )


def write(folder: Path, models: Mapping[str, Any]) -> None:
    """Write the page in the folder of a run."""
    path = folder / PAGE
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(page(models), encoding="utf-8")


def _template() -> Path:
    """Find dbt's page without importing dbt, which takes seconds."""
    found = find_spec("dbt.task.docs")
    assert found is not None  # noqa: S101 - dbt is a dependency of the project
    assert found.origin is not None  # noqa: S101 - a package has a file
    return Path(found.origin).with_name("index.html")


def _own(models: Mapping[str, Any]) -> dict[str, Any]:
    """The manifest without its unit tests, nor the macros of dbt itself."""
    project = models["metadata"]["project_name"]
    return {
        **models,
        "metadata": {name: value for name, value in models["metadata"].items() if name not in _INSTANTS},
        "nodes": {name: _lasting(node) for name, node in models["nodes"].items()},
        "sources": {name: _lasting(node) for name, node in models["sources"].items()},
        "macros": {name: _lasting(macro) for name, macro in models["macros"].items() if macro["package_name"] == project},
        "unit_tests": {},
    }


def _catalog(models: Mapping[str, Any]) -> dict[str, Any]:
    """What dbt would have asked the database: the columns of each table, with their types, as contracts declare them."""
    return {
        "metadata": {},
        "nodes": {name: _described(node) for name, node in models["nodes"].items() if node["resource_type"] == "model"},
        "sources": {name: _described(node) for name, node in models["sources"].items()},
        "errors": None,
    }


def _described(node: Mapping[str, Any]) -> dict[str, Any]:
    columns = {
        name: {"name": name, "type": column["data_type"] or "", "index": rank, "comment": None}
        for rank, (name, column) in enumerate(node["columns"].items(), 1)
    }
    kind = node["config"].get("materialized", "table")
    metadata = {"type": kind, "schema": node["schema"], "name": node["name"], "database": None, "owner": None, "comment": None}
    return {"unique_id": node["unique_id"], "metadata": metadata, "columns": columns, "stats": {}}


def _lasting(node: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in node.items() if name not in {"created_at", "root_path"}}


def _inline(content: Mapping[str, Any]) -> str:
    """Write JSON inside a script: nothing in it may end the script. Names are sorted: dbt's order is that of its last reading."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True).replace("</", "<\\/")
