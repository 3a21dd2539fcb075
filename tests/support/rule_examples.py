"""Runs a rule on its own examples: each one is a row of the rule's view, judged under the parameters that it gives."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

import duckdb

from data_contracts.rule_contract import Example, Niveau, Parameter, Rule, View
from data_contracts.rule_loader import Catalogue

Verdict = str | None
"""The severity of the finding, None when the rule does not fire."""


def expected(example: Example, verdict: Verdict) -> bool:
    """Say whether a verdict is what an example announces."""
    return (verdict is not None) == example.attendu and (example.severite is None or verdict == example.severite)


def by_parameters(rule: Rule) -> list[tuple[dict[str, Any], tuple[Example, ...]]]:
    """Return the examples of a rule by the values they give to parameters, none first."""
    groups: dict[str, list[Example]] = {"{}": []}
    for example in rule.exemples:
        groups.setdefault(json.dumps(example.parametres, default=str, sort_keys=True), []).append(example)
    return [(found[0].parametres if found else {}, tuple(found)) for found in groups.values()]


def verdicts(catalogue: Catalogue, rule: Rule, connection: duckdb.DuckDBPyConnection) -> list[Verdict]:
    """Return what a rule says of each of its examples, in order."""
    return _asked(catalogue, rule, connection, lambda judged: f"select objet_id::integer, severite from ({judged.query(rule)})")


def points(
    catalogue: Catalogue, rule: Rule, weights: Mapping[Niveau, int], connection: duckdb.DuckDBPyConnection
) -> list[int | None]:
    """Return what the control of each example of a rule weighs, in order; None where the rule does not apply."""
    return _asked(catalogue, rule, connection, lambda judged: f"select objet_id::integer, {judged.weight(rule, weights)} from vue")


def _asked(
    catalogue: Catalogue, rule: Rule, connection: duckdb.DuckDBPyConnection, select: Callable[[Catalogue], str]
) -> list[Any]:
    """The answers to a select over `vue`, whose rows are the examples: rank and value."""
    groups: dict[str, list[int]] = defaultdict(list)
    for rank, example in enumerate(rule.exemples):
        groups[json.dumps(example.parametres, default=str)].append(rank)
    found: dict[int, Any] = {}
    for ranks in groups.values():
        judged = with_parameters(catalogue, rule.exemples[ranks[0]].parametres)
        rows = " union all ".join(_row(judged.views[rule.grain], rule.exemples[rank], rank) for rank in ranks)
        found |= dict(connection.execute(f"with vue as ({rows}) {select(judged)}").fetchall())
    return [found.get(rank) for rank in range(len(rule.exemples))]


def with_parameters(catalogue: Catalogue, values: Mapping[str, Any]) -> Catalogue:
    """Return the catalogue with other values of some parameters, which hold from the beginning."""
    changed = {
        name: Parameter.model_validate({**catalogue.parameters[name].model_dump(), "valeurs": [{"valeur": value}]})
        for name, value in values.items()
    }
    return Catalogue(catalogue.rules, {**catalogue.parameters, **changed}, catalogue.views, catalogue.documents)


def _row(view: View, example: Example, rank: int) -> str:
    given = {"objet_id": str(rank), **example.donnees}
    values = (f"{_literal(given.get(c.nom, c.neutre))}::{c.type} as {c.nom}" for c in view.colonnes)
    return f"select {', '.join(values)}"


def _literal(value: Any) -> str:  # noqa: ANN401 - any value of a YAML file
    match value:
        case None:
            return "null"
        case bool():
            return str(value).lower()
        case list():
            return f"[{', '.join(map(_literal, value))}]"
        case str() | date():
            return "'" + str(value).replace("'", "''") + "'"
        case _:
            return str(value)


def wrong(rule: Rule, found: Iterable[Verdict]) -> list[tuple[dict[str, Any], Verdict]]:
    """Return the examples that a rule contradicts, with what it said."""
    pairs = zip(rule.exemples, found, strict=True)
    return [(example.donnees, verdict) for example, verdict in pairs if not expected(example, verdict)]
