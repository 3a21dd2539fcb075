"""What the SQL of a rule may say: comparisons, arithmetic and plain functions over the columns of one view, and parameters.

DuckDB's own parser reads the expression; whatever is not on the lists below is refused. No table, no subquery, no window, no
aggregate, no file: a rule can read nothing but the row it judges.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import duckdb

from data_contracts.clauses import literal

_CLASSES = frozenset(
    {"COLUMN_REF", "CONSTANT", "COMPARISON", "CONJUNCTION", "FUNCTION", "CAST", "CASE", "OPERATOR", "BETWEEN", "PARAMETER"}
)
_FUNCTIONS = frozenset(
    {
        "+", "-", "*", "/", "//", "%", "||", "~~", "!~~", "abs", "ceil", "concat", "contains", "date_diff", "date_part",
        "datediff", "day", "floor", "greatest", "ifnull", "isfinite", "last_day", "least", "left", "len", "length",
        "list_contains", "list_distinct", "list_has_all", "list_has_any", "list_position", "list_sort", "list_value",
        "lower", "make_date", "month", "nullif", "regexp_extract", "regexp_full_match", "regexp_matches", "replace",
        "right", "round", "starts_with", "strftime", "substr", "substring", "to_days", "to_months", "to_years", "trim",
        "trunc", "upper", "year",
    }
)  # fmt: skip
_OPERATORS = frozenset(
    {
        "OPERATOR_NOT",
        "OPERATOR_IS_NULL",
        "OPERATOR_IS_NOT_NULL",
        "OPERATOR_COALESCE",
        "OPERATOR_NULLIF",
        "COMPARE_IN",
        "COMPARE_NOT_IN",
        "ARRAY_EXTRACT",
    }
)

PARAMETER_NAME = re.compile(r"\$([a-z_][a-z0-9_]*)")
"""How an expression names a parameter."""

Node = dict[str, Any]


class ExpressionError(ValueError):
    """An expression that a rule may not hold; the text is the end of a French sentence."""


@dataclass(frozen=True)
class Expression:
    """What an expression reads."""

    columns: frozenset[str]
    parameters: frozenset[str]


@cache
def _parser() -> duckdb.DuckDBPyConnection:
    return duckdb.connect()


def tree(expression: str) -> Node:
    """Return DuckDB's syntax tree of an expression. Raises ExpressionError when it is not one SQL expression."""
    # No parenthesis around it, that it could close; the line break ends its comments. A bound value would make DuckDB load pandas.
    query = literal(f"select {expression}\n from vue")
    try:
        with _parser().cursor() as cursor:
            row = cursor.execute(f"select json_serialize_sql({query})").fetchone()
        parsed = json.loads(row[0]) if row else {}
    except (duckdb.Error, ValueError, RecursionError) as error:
        raise ExpressionError("est trop longue, ou porte un caractère qui n'existe pas") from error
    if parsed.get("error", True):
        raise ExpressionError(f"n'est pas une expression SQL ({' '.join(str(parsed.get('error_message')).split())})")
    statements = parsed["statements"]
    node = statements[0]["node"]
    if len(statements) != 1 or not _is_plain_selection(node):
        raise ExpressionError("n'est pas une seule expression SQL")
    selected: Node = node["select_list"][0]
    return selected


@cache
def read(expression: str) -> Expression:
    """Return the columns and parameters that an expression reads. Raises ExpressionError when it does anything else."""
    columns: set[str] = set()
    parameters: Counter[str] = Counter()
    for node in nodes(tree(expression)):
        _accept(node)
        if node["class"] == "COLUMN_REF":
            columns.add(node["column_names"][0])
        elif node["class"] == "PARAMETER":
            parameters[node["identifier"]] += 1
    # A value written inside a text or a comment could close it, and what follows would be read as SQL.
    if Counter(PARAMETER_NAME.findall(expression)) != parameters:
        raise ExpressionError("nomme un paramètre dans un texte ou dans un commentaire")
    return Expression(frozenset(columns), frozenset(parameters))


def nodes(root: Any) -> Iterator[Node]:  # noqa: ANN401 - any part of a syntax tree
    """Give every expression of a syntax tree, parents first. However deep the tree, Python's stack is not."""
    waiting = [root]
    while waiting:
        part = waiting.pop()
        if isinstance(part, list):
            waiting += reversed(part)
        elif isinstance(part, dict):
            if "class" in part:
                yield part
            waiting += reversed(part.values())


def _is_plain_selection(node: Node) -> bool:
    table = node.get("from_table", {})
    return (
        node.get("type") == "SELECT_NODE"
        and len(node["select_list"]) == 1
        and not node["select_list"][0]["alias"]
        and table.get("type") == "BASE_TABLE"
        and table.get("table_name") == "vue"
        and not node["modifiers"]
        and not node["cte_map"]["map"]
        and node["where_clause"] is None
        and not node["group_expressions"]
    )


def _accept(node: Node) -> None:
    kind, name = node["class"], node.get("type")
    if kind not in _CLASSES:
        raise ExpressionError(f"emploie une construction SQL qui n'est pas permise dans une règle ({kind.lower()})")
    if kind == "OPERATOR" and name not in _OPERATORS:
        raise ExpressionError(f"emploie un opérateur qui n'est pas permis dans une règle ({str(name).lower()})")
    if kind == "COLUMN_REF" and len(node["column_names"]) != 1:
        raise ExpressionError(f"lit {'.'.join(node['column_names'])} : une règle ne nomme que les colonnes de sa vue")
    if kind == "PARAMETER" and not str(node["identifier"]).isidentifier():
        raise ExpressionError("emploie un paramètre sans nom")
    if kind == "FUNCTION":
        function = node["function_name"]
        if function not in _FUNCTIONS or node["schema"] not in {"", "main"} or node["filter"]:
            raise ExpressionError(f"appelle la fonction {function}, qui n'est pas permise dans une règle")
