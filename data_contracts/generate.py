"""Writes the files derived from the contracts.

- for dbt, its sources, the contracts of the marts and of the views that rules read, and the names that models must give of them
- for people, the catalogue of rules, its coverage, the indicators and the inventory of personal data, in `docs/`
- for the next contracts, what the marts promise (`product_promise`)

`python -m data_contracts.generate` writes them; with `--check` it writes nothing and fails when one is stale. Both fail when a mart
breaks its promise without a new version, when the changelog of the data does not tell a version, when the coverage does not hold
(`rule_coverage`).
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import yaml

from data_contracts import data_changelog, product_promise
from data_contracts.documents import coverage_page, indicator_pages, personal_data_page, rule_pages
from data_contracts.errors import BadInputError
from data_contracts.indicator_loader import measures
from data_contracts.indicator_sql import no_figure
from data_contracts.loader import ROOT, SOURCES, products, source, source_tables
from data_contracts.product_contract import Product
from data_contracts.rule_contract import View
from data_contracts.rule_coverage import faults, sections
from data_contracts.rule_loader import catalogue, views
from data_contracts.source_contract import DUCKDB_TYPES, Column, Severity, SourceTable
from data_contracts.usage_loader import no_count, read_by_usages, usages

DBT_MODELS = ROOT.parent / "dbt" / "models"
DBT_MACROS = ROOT.parent / "dbt" / "macros"
DOCS = ROOT.parent / "docs"
GENERATED = "Generated from data_contracts/{origin} by `make generate`: edit the contracts, not this file."
DOCUMENT_HEADER = "<!-- Generated from data_contracts/regles by `make generate`: edit the rules, not this file. -->\n\n"
PERSONAL_DATA_HEADER = (
    "<!-- Generated from data_contracts and data_contracts/documents/rgpd.md by `make generate`: edit those, not this file. -->\n\n"
)
INDICATORS_HEADER = "<!-- Generated from data_contracts/indicateurs by `make generate`: edit the indicators, not this file. -->\n\n"


def rendered() -> dict[Path, str]:
    """Return the content of every generated file by its path."""
    files = {
        DBT_MODELS / "marts" / "_marts.generated.yml": _document("products", {"models": [_mart(p) for p in products().values()]}),
        DBT_MODELS / "regles" / "vues" / "_vues.generated.yml": _document(
            "vues", {"models": [_view(view) for view in views().values()]}
        ),
        DBT_MACROS / "grains.generated.sql": _lists("vues", {"grains": views()}),
        DBT_MACROS / "mesures.generated.sql": _lists(
            "indicateurs",
            {
                "marts_de_la_completude": measures().read_by_completeness(),
                "marts_des_indicateurs": measures().read_by_indicators(),
            },
        )
        + f"\n{{% macro aucune_mesure() -%}}\n{no_figure()}\n{{%- endmacro %}}\n",
        DBT_MACROS / "usages.generated.sql": _lists("usages.yml", {"marts_des_usages": read_by_usages(usages())})
        + f"\n{{% macro aucun_compte() -%}}\n{no_count()}\n{{%- endmacro %}}\n",
        product_promise.PROMISES: product_promise.text(product_promise.promised(products().values())),
    }
    names = sorted(path.name for path in SOURCES.iterdir() if path.is_dir())
    for name in names:
        files[DBT_MODELS / "staging" / name / "_sources.generated.yml"] = _document(f"sources/{name}", source_document(name))
    personal = personal_data_page.pages([(source(name), tuple(source_tables(name).values())) for name in names], products())
    received = catalogue().as_received()
    documents = rule_pages.pages(received) | coverage_page.pages(received, sections())
    return (
        files
        | {DOCS / name: DOCUMENT_HEADER + content for name, content in documents.items()}
        | {DOCS / name: INDICATORS_HEADER + content for name, content in indicator_pages.pages(measures()).items()}
        | {DOCS / name: PERSONAL_DATA_HEADER + content for name, content in personal.items()}
    )


def _document(origin: str, content: dict[str, Any]) -> str:
    body = yaml.safe_dump({"version": 2, **content}, allow_unicode=True, sort_keys=False, width=130)
    return f"# {GENERATED.format(origin=origin)}\n{body}"


def _lists(origin: str, lists: Mapping[str, Iterable[str]]) -> str:
    """Macros that give names: a model must say what it reads while dbt parses it."""
    macros = (f"{{% macro {name}() -%}}\n{{{{ return({sorted(values)}) }}}}\n{{%- endmacro %}}\n" for name, values in lists.items())
    return "\n".join([f"{{# {GENERATED.format(origin=origin)} #}}", *macros])


def source_document(name: str, folder: Path = SOURCES) -> dict[str, Any]:
    """Return what dbt is told of a source: its tables, their columns, and a test of each code list."""
    tables = [_source_table(contract) for contract in source_tables(name, folder).values()]
    return {"sources": [{"name": name, "schema": name, "tables": tables}]}


def _source_table(contract: SourceTable) -> dict[str, Any]:
    columns = [_source_column(column) for column in contract.landed_columns]
    return {"name": contract.table, "description": f"{contract.titre}. {contract.description}", "columns": columns}


def _source_column(column: Column) -> dict[str, Any]:
    entry: dict[str, Any] = {"name": column.nom, "description": column.description, "data_type": DUCKDB_TYPES[column.type]}
    if column.valeurs:
        severity = "error" if column.gravite_valeurs is Severity.BLOQUANTE else "warn"
        test = {"arguments": {"values": list(column.valeurs)}, "config": {"severity": severity}}
        entry["data_tests"] = [{"accepted_values": test}]
    return entry


def _mart(product: Product) -> dict[str, Any]:
    columns = []
    for column in product.colonnes:
        unit = f" ({column.unite})" if column.unite else ""
        entry: dict[str, Any] = {"name": column.nom, "data_type": column.type.lower(), "description": f"{column.description}{unit}"}
        if column.obligatoire:
            entry["constraints"] = [{"type": "not_null"}]
        columns.append(entry)
    return {
        "name": product.mart,
        "description": f"{product.titre} : {product.grain}. {product.description}",
        "config": {"contract": {"enforced": True}, "meta": {"version": product.version}},
        "data_tests": [{"primary_key": {"arguments": {"columns": list(product.cle_primaire)}}}],
        "columns": columns,
    }


def _view(view: View) -> dict[str, Any]:
    columns = [
        {"name": column.nom, "data_type": column.type.lower(), "description": column.description or column.libelle}
        for column in view.colonnes
    ]
    return {
        "name": f"vue_{view.vue}",
        "description": f"Ce que les règles lisent : {view.grain}. {view.description}",
        "config": {"contract": {"enforced": True}},
        "data_tests": [{"primary_key": {"arguments": {"columns": ["objet_id"]}}}],
        "columns": columns,
    }


def _keep_promises(contracts: Mapping[str, Product], before: product_promise.Promises, changelog: str) -> None:
    now = product_promise.promised(contracts.values())
    if broken := product_promise.broken(before, now, data_changelog.removed(changelog)):
        raise BadInputError(f"Des tables publiées ne tiennent plus ce qu'elles promettaient :\n{_bullets(broken)}")
    if wrong := data_changelog.faults(changelog, contracts):
        raise BadInputError(f"docs/evolutions-des-donnees.md ne suit pas les contrats des tables publiées :\n{_bullets(wrong)}")


def _bullets(faults: Iterable[str]) -> str:
    return "\n".join(f"- {fault}." for fault in faults)


def main(arguments: list[str]) -> int:
    """Write or check the generated files; return the exit code."""
    check = arguments == ["--check"]
    _keep_promises(products(), product_promise.kept(), data_changelog.CHANGELOG.read_text(encoding="utf-8"))
    files = rendered()
    stale = [path for path, content in files.items() if not path.is_file() or path.read_text(encoding="utf-8") != content]
    if check and stale:
        names = ", ".join(str(path.relative_to(ROOT.parent)) for path in stale)
        raise BadInputError(f"Fichiers générés périmés : {names} ; lancer « make generate ».")
    for path in stale:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(files[path], encoding="utf-8")
    if wrong := faults(catalogue(), sections()):
        raise BadInputError(f"La couverture des documents sources ne tient pas :\n{_bullets(wrong)}")
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except BadInputError as error:
        sys.exit(str(error))
