"""What a published run says of itself: the dictionary of its marts, with where their rows come from, and dbt's page of models."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from dagster_project import dbt_pages
from data_contracts.dictionnaire import contenu, fichiers
from data_contracts.dictionnaire.contenu import Lineage
from data_contracts.product_contract import Product


def write(
    folder: Path, products: Mapping[str, Product], rows: Mapping[str, int], models: Mapping[str, Any], reference: date
) -> None:
    """Write both in the folder of a run; `rows` are those of its marts, `models` the content of dbt's manifest.json."""
    fichiers.write(folder, contenu.content(products.values(), rows, lineage(models, products), reference))
    dbt_pages.write(folder, models)


def lineage(models: Mapping[str, Any], marts: Iterable[str]) -> Lineage:
    """Return the lineage of the marts; `models` is the content of dbt's manifest.json."""
    read: Mapping[str, list[str]] = models["parent_map"]
    known = {node["name"]: unique_id for unique_id, node in models["nodes"].items() if node["resource_type"] == "model"}
    built = {mart: known[mart] for mart in marts}
    origins = {mart: sorted(_sources(node, read)) for mart, node in built.items()}
    return Lineage(
        parents={mart: tuple(sorted(_name(parent) for parent in read[node])) for mart, node in built.items()},
        origins={mart: tuple(map(_name, sources)) for mart, sources in origins.items()},
        tables={_name(source): models["sources"][source]["description"] for sources in origins.values() for source in sources},
    )


def _sources(node: str, read: Mapping[str, Iterable[str]]) -> set[str]:
    """The sources behind a node, however far."""
    seen: set[str] = set()
    left = [node]
    while left:
        for parent in read[left.pop()]:
            if parent not in seen:
                seen.add(parent)
                left.append(parent)
    return {name for name in seen if name.startswith("source.")}


def _name(unique_id: str) -> str:
    """Name a node as people do: a model by its own name, a table after its source."""
    kind, _, *name = unique_id.split(".")
    return ".".join(name) if kind == "source" else name[0]
