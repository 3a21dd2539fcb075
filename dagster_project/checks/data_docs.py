"""The Data Docs of a run: one page a table, made by Great Expectations' own renderers and view, and its results as JSON.

Its page template reaches for a dozen assets on the internet: ours frames the same section with one local style sheet, so that a
page reads as well from a disk, without network. `data_docs_index` writes the page that leads to them.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from great_expectations import __version__
from great_expectations.core.expectation_validation_result import ExpectationValidationResult
from great_expectations.render.components import RenderedDocumentContent, RenderedHeaderContent
from great_expectations.render.renderer.column_section_renderer import ValidationResultsColumnSectionRenderer
from great_expectations.render.renderer.content_block.validation_results_table_content_block import (
    ValidationResultsTableContentBlockRenderer,
)
from great_expectations.render.view.view import DefaultJinjaPageView

from dagster_project.checks.data_docs_index import PAGES, page_name
from dagster_project.checks.measure import Measured
from dagster_project.checks.wording import TITLES, text
from data_contracts.source_contract import Severity

TEMPLATE = "table.html"
SECTION_TITLE = "Les contrôles, ceux qui sont rompus d'abord"


class FrenchTable(ValidationResultsTableContentBlockRenderer):
    """The rows of a suite, under French titles."""

    @classmethod
    def _process_content_block(cls, content_block: Any, has_failed_evr: Any, render_object: Any = None) -> None:  # noqa: ANN401
        super()._process_content_block(content_block, has_failed_evr, render_object)
        content_block.header_row = list(TITLES)
        content_block.header_row_options = {}


class FrenchSection(ValidationResultsColumnSectionRenderer):
    """The one section of a page: every expectation of a table."""

    def __init__(self) -> None:
        """Lay the rows out with `FrenchTable`."""
        super().__init__(table_renderer={"class_name": FrenchTable.__name__, "module_name": __name__})

    @classmethod
    def _render_header(cls, validation_results: Any) -> tuple[Any, RenderedHeaderContent]:  # noqa: ANN401
        return validation_results, RenderedHeaderContent(header=text(SECTION_TITLE, "titre"))


def write(folder: Path, measured: Iterable[Measured]) -> None:
    """Write in a folder the page of each suite, and what Great Expectations found in one JSON file a family of suites."""
    folder.mkdir(parents=True, exist_ok=True)
    results: dict[str, list[dict[str, Any]]] = {}
    for one in measured:
        (folder / page_name(one.suite.objet)).write_text(page(one), encoding="utf-8")
        results.setdefault(one.suite.famille, []).append(record(one))
    for family, records in results.items():
        (folder / f"{family}.json").write_text(json.dumps(records, ensure_ascii=False), encoding="utf-8")


def page(measured: Measured) -> str:
    """Return the page of a suite."""
    ordered = sorted(measured.validation.results, key=_broken_first)
    document = RenderedDocumentContent(
        renderer_type="ValidationResultsPageRenderer",
        page_title=measured.suite.objet,
        expectation_suite_name=measured.suite.objet,
        sections=[FrenchSection().render(ordered)],  # type: ignore[no-untyped-call] # Great Expectations leaves it untyped
    )
    broken = [control for control in measured.controls if not control.succes]
    blocking = sum(control.is_blocking for control in broken)
    html: str = _view().render(  # type: ignore[no-untyped-call] # same
        document,
        TEMPLATE,
        version=__version__,
        controles=len(measured.controls),
        bloquants=blocking,
        alertes=len(broken) - blocking,
    )
    return html


def record(measured: Measured) -> dict[str, Any]:
    """Return the results of a suite as Great Expectations writes them, without the SQL and without what an exception may quote."""
    found: dict[str, Any] = measured.validation.to_json_dict()  # type: ignore[no-untyped-call] # same
    found["results"] = [_without_data(result) for result in found["results"]]
    found["meta"] = {"great_expectations_version": __version__}
    return found


def _without_data(result: Mapping[str, Any]) -> dict[str, Any]:
    configuration = result["expectation_config"]
    kwargs = {name: value for name, value in configuration["kwargs"].items() if name not in {"measure", "batch_id"}}
    return {
        **result,
        "expectation_config": {**configuration, "kwargs": kwargs},
        "exception_info": {"raised_exception": any(_raised(result["exception_info"]))},
    }


def _raised(info: Mapping[str, Any]) -> Iterator[bool]:
    """An exception is told flat, or by metric."""
    yield from (bool(value["raised_exception"]) for value in info.values() if isinstance(value, Mapping))
    yield bool(info.get("raised_exception"))


def _broken_first(result: ExpectationValidationResult) -> tuple[bool, bool]:
    gravite = result.expectation_config.meta["gravite"] if result.expectation_config is not None else None
    return bool(result.success), gravite != Severity.BLOQUANTE.value


@cache
def _view() -> DefaultJinjaPageView:
    return DefaultJinjaPageView(custom_views_directory=str(PAGES))
