"""What our expectations say in the Data Docs: Great Expectations' own renderer hooks, with French words.

A row reads: respected or broken, what is expected, what was observed, how serious, the first keys. An exception is never quoted:
it may hold values of the data.
"""

from __future__ import annotations

from typing import Any

from great_expectations.core.expectation_validation_result import ExpectationValidationResult
from great_expectations.expectations.expectation_configuration import ExpectationConfiguration
from great_expectations.render.components import (
    LegacyDiagnosticRendererType,
    LegacyRendererType,
    RenderedStringTemplateContent,
)
from great_expectations.render.renderer.renderer import renderer

from dagster_project.checks.control import NOT_MEASURED
from data_contracts.source_contract import Severity
from data_contracts.words import value

TITLES = ("Résultat", "Ce qui est refusé", "Observé", "Gravité", "Premières clés")
"""Titles of the row's cells."""
_RESPECTED = "Respecté"
_BROKEN = {Severity.BLOQUANTE: "Rompu", Severity.ALERTE: "Alerte"}


class FrenchWording:
    """The renderers that Great Expectations looks for on an expectation, whose `meta` gives nom, gravite and message."""

    @classmethod
    @renderer(renderer_type=LegacyRendererType.PRESCRIPTIVE)
    def _what_is_expected(
        cls,
        configuration: ExpectationConfiguration,
        result: ExpectationValidationResult | None = None,  # noqa: ARG003 - the signature Great Expectations calls
        runtime_configuration: dict[str, Any] | None = None,  # noqa: ARG003
    ) -> list[RenderedStringTemplateContent]:
        return [text(configuration.meta["message"], "attendu"), text(configuration.meta["nom"], "nom")]

    @classmethod
    @renderer(renderer_type=LegacyDiagnosticRendererType.STATUS_ICON)
    def _status(cls, result: ExpectationValidationResult) -> RenderedStringTemplateContent:
        gravite = Severity(_meta(result)["gravite"])
        return text(_RESPECTED, "respecte") if result.success else text(_BROKEN[gravite], gravite.value)

    @classmethod
    @renderer(renderer_type=LegacyDiagnosticRendererType.OBSERVED_VALUE)
    def _observed(cls, result: ExpectationValidationResult) -> RenderedStringTemplateContent:
        return text(value(result.result["observed_value"]) if "observed_value" in result.result else NOT_MEASURED, "observe")

    @classmethod
    @renderer(renderer_type=LegacyDiagnosticRendererType.META_PROPERTIES)
    def _severity_and_keys(cls, result: ExpectationValidationResult) -> list[RenderedStringTemplateContent]:
        keys = result.result.get("details", {}).get("keys", ())
        return [text(_meta(result)["gravite"], "gravite"), text(", ".join(keys), "cles")]

    @classmethod
    @renderer(renderer_type=LegacyDiagnosticRendererType.UNEXPECTED_STATEMENT)
    def _nothing_of_the_exception(cls, result: ExpectationValidationResult) -> list[RenderedStringTemplateContent]:  # noqa: ARG003
        return []

    @classmethod
    @renderer(renderer_type=LegacyDiagnosticRendererType.UNEXPECTED_TABLE)
    def _no_value(cls, result: ExpectationValidationResult) -> None:  # noqa: ARG003 - see _what_is_expected
        return None


def text(words: str, *classes: str) -> RenderedStringTemplateContent:
    """Return words as a component that the page shows, escaped, under these classes of the style sheet."""
    return RenderedStringTemplateContent(
        content_block_type="string_template",
        string_template={"template": "$mots", "params": {"mots": words}, "styling": {"classes": list(classes)}},
    )


def _meta(result: ExpectationValidationResult) -> dict[str, str]:
    meta: dict[str, str] = result.expectation_config.meta if result.expectation_config is not None else {}
    return meta
