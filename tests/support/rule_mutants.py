"""Mutants of a rule: the same rule with one comparator flipped, or one bound moved by one unit.

The expressions are mutated in DuckDB's own syntax tree, once their parameters have taken their values: a threshold of the law is
a bound like any other.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import duckdb

from data_contracts.rule_contract import Rule, SeverityCase
from data_contracts.rule_expression import Node, nodes, tree
from data_contracts.rule_loader import Catalogue
from data_contracts.rule_sql import bind, value_of
from tests.support.rule_examples import by_parameters, verdicts, with_parameters, wrong

_FLIPS = {
    "COMPARE_EQUAL": ("COMPARE_NOTEQUAL",),
    "COMPARE_NOTEQUAL": ("COMPARE_EQUAL",),
    "COMPARE_LESSTHAN": ("COMPARE_LESSTHANOREQUALTO", "COMPARE_GREATERTHANOREQUALTO"),
    "COMPARE_LESSTHANOREQUALTO": ("COMPARE_LESSTHAN", "COMPARE_GREATERTHAN"),
    "COMPARE_GREATERTHAN": ("COMPARE_GREATERTHANOREQUALTO", "COMPARE_LESSTHANOREQUALTO"),
    "COMPARE_GREATERTHANOREQUALTO": ("COMPARE_GREATERTHAN", "COMPARE_LESSTHAN"),
    "COMPARE_IN": ("COMPARE_NOT_IN",),
    "COMPARE_NOT_IN": ("COMPARE_IN",),
}


Place = tuple[str, int, str]
"""Where a mutant differs: the expression, the rank of the node in its tree, and how. The same whatever values parameters take."""


def survivors(catalogue: Catalogue, rule: Rule, connection: duckdb.DuckDBPyConnection) -> list[str]:
    """Return what was changed in the mutants that no example of the rule contradicts.

    Examples that give parameters other values judge mutants made under those values: a bound would be told from another for
    the wrong reason otherwise.
    """
    changes: dict[Place, str] = {}
    killed: set[Place] = set()
    for parameters, examples in by_parameters(rule):
        law = with_parameters(catalogue, parameters)
        judged = rule.model_copy(update={"exemples": examples})
        for place, change, mutant in mutants(law, judged, connection):
            if not parameters:
                changes[place] = change
            if wrong(mutant, verdicts(law, mutant, connection)):
                killed.add(place)
    return [change for place, change in changes.items() if place not in killed]


def mutants(catalogue: Catalogue, rule: Rule, connection: duckdb.DuckDBPyConnection) -> Iterator[tuple[Place, str, Rule]]:
    """Give each mutant of a rule after its place and what was changed in it."""
    bound = {name: value_of(parameter, rule.date_du_droit) for name, parameter in catalogue.parameters.items()}
    for key in ("applicable", "condition"):
        for node, how, change, expression in _mutations(bind(getattr(rule, key), bound), connection):
            yield (key, node, how), f"{key} : {change}", rule.model_copy(update={key: expression})
    for rank, case in enumerate(rule.severite):
        for node, how, change, expression in _mutations(bind(case.si, bound), connection) if case.si else ():
            cases = (*rule.severite[:rank], SeverityCase(si=expression, niveau=case.niveau), *rule.severite[rank + 1 :])
            yield (f"severite {rank}", node, how), f"severite {rank} : {change}", rule.model_copy(update={"severite": cases})


def _mutations(expression: str, connection: duckdb.DuckDBPyConnection) -> Iterator[tuple[int, str, str, str]]:
    root = tree(expression)
    divisors = {id(child) for node in nodes(root) if node.get("function_name") == "/" for child in node["children"][1:]}
    places = list(nodes(root))
    for rank, node in enumerate(places):
        if id(node) in divisors:
            continue  # a unit of conversion, not a bound
        for how, change, mutated in _node_mutations(node):
            whole = copy.deepcopy(root)
            target = list(nodes(whole))[rank]
            target.clear()
            target.update(mutated)
            yield rank, how, change, _written(whole, connection)


def _node_mutations(node: Node) -> Iterator[tuple[str, str, Node]]:
    for flipped in _FLIPS.get(node["type"], ()):
        yield flipped, f"{node['type']} → {flipped}", {**copy.deepcopy(node), "type": flipped}
    if node["class"] != "CONSTANT" or node["value"]["is_null"]:
        return
    value, kind = node["value"]["value"], node["value"]["type"]["id"]
    for step, moved in enumerate(_moved(value, kind)):
        mutated = copy.deepcopy(node)
        mutated["value"]["value"] = moved
        yield f"moved {step}", f"{value} → {moved}", mutated


def _moved(value: Any, kind: str) -> tuple[Any, ...]:  # noqa: ANN401 - the value of a constant
    if kind in {"INTEGER", "BIGINT", "DECIMAL"}:
        return (value - 1, value + 1)
    if kind == "VARCHAR" and _is_day(value):
        day = date.fromisoformat(value)
        return tuple(str(day + timedelta(days=step)) for step in (-1, 1))
    return ()


def _is_day(value: str) -> bool:
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return len(value) == len("2024-02-08")


def _written(root: Node, connection: duckdb.DuckDBPyConnection) -> str:
    row = connection.execute("select json_serialize_sql('select 1 from vue')").fetchone()
    assert row is not None
    statement = json.loads(row[0])
    statement["statements"][0]["node"]["select_list"] = [root]
    written = connection.execute("select json_deserialize_sql(?)", [json.dumps(statement)]).fetchone()
    assert written is not None
    return str(written[0]).removeprefix("SELECT ").rsplit(" FROM vue", 1)[0]
