"""An indicator as SQL: one select over the marts, which gives a row for each measure and each value of each axis of its facets.

Columns of the result: kpi_id, axe, modalite, periode (null for the reference date), mesure, valeur, numerateur, denominateur,
effectif, population. The completeness of a mart is a select of its own: mart, source, code_departement, champ, libelle,
nb_applicables, nb_renseignes.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

import duckdb

from data_contracts.clauses import literal, quote
from data_contracts.indicator_contract import Axis, Completeness, Facet, Indicator, Measure
from data_contracts.product_contract import Product, ProductColumn
from data_contracts.survival_sql import HALF, survival

PARAMETER = "parametre"
PARAMETER_COLUMNS = "date_reference date"
"""What indicators read besides the marts: one row."""
UNKNOWN = "non renseigné"
"""The value of an axis for lines that have none."""
_FIGURE = "decimal(18, 4)"


class QueryError(ValueError):
    """A select that an indicator may not hold; the text is the end of a French sentence."""


def query(indicator: Indicator, axes: Mapping[str, Axis]) -> str:
    """Return the select of an indicator. What it reads must be in scope under the names of the marts."""
    lines = [f"lignes as (\n{indicator.lignes}\n)"]
    selects = []
    for rank, facet in enumerate(indicator.facets, start=1):
        source = f"(\n{facet.lignes}\n)" if facet.lignes else "lignes"
        lines.append(f"volet_{rank} as (select * from {source} where (\n{facet.parmi}\n))")
        selects += [select for name in facet.axes for select in _along(indicator.id, facet, f"volet_{rank}", axes[name])]
    return f"with {', '.join(lines)}\n{' union all '.join(selects)}"


def completeness_query(completeness: Completeness, product: Product) -> str:
    """Return the select that counts, field by field, where a value is expected and where there is one: neither empty nor zero."""
    columns = {column.nom: column for column in product.colonnes}
    fields = ", ".join(
        f"{{champ: {literal(field.champ)}, libelle: {literal(columns[field.champ].description)}, "
        f"nb_applicables: count(*) filter (where (\n{field.applicable}\n)), "
        f"nb_renseignes: count({_filled(columns[field.champ])}) filter (where (\n{field.applicable}\n))}}"
        for field in completeness.champs
    )
    return (
        f"with lignes as (\n{completeness.lignes}\n) "
        f"select {literal(completeness.mart)} as mart, source, coalesce(code_departement, {literal(UNKNOWN)}) as code_departement, "
        f"unnest([{fields}], recursive := true) from lignes group by source, coalesce(code_departement, {literal(UNKNOWN)})"
    )


def tables_of(select: str) -> frozenset[str]:
    """Return the names of the tables that a select reads. Raises QueryError when it is not one select, or reads anything else."""
    with _parser().cursor() as cursor:
        row = cursor.execute(f"select json_serialize_sql({literal(select)})").fetchone()
    parsed = json.loads(row[0]) if row else {}
    if parsed.get("error", True) or len(parsed["statements"]) != 1:
        raise QueryError(f"n'est pas une requête SQL ({' '.join(str(parsed.get('error_message', 'plusieurs requêtes')).split())})")
    found, defined = set(), set()
    for node in _objects(parsed):
        if node.get("type") == "TABLE_FUNCTION":
            raise QueryError("lit autre chose qu'une table publiée")
        if node.get("type") == "BASE_TABLE":
            found.add(node["table_name"])
        defined |= {entry["key"] for entry in node.get("cte_map", {}).get("map", ())}
    return frozenset(found - defined)


@cache
def _parser() -> duckdb.DuckDBPyConnection:
    return duckdb.connect()


def _along(indicator: str, facet: Facet, lines: str, axis: Axis) -> Iterator[str]:
    """The selects of a facet along one axis: one for its aggregates, one for each of its survivals."""
    value = f"coalesce({quote(axis.colonne)}::varchar, {literal(UNKNOWN)})" if axis.colonne else literal(axis.axe)
    period = f"({facet.periode})::varchar" if facet.periode else "null::varchar"
    start = f"select {literal(indicator)} as kpi_id, {literal(axis.axe)} as axe"
    aggregates = [_measured(measure) for measure in facet.mesures if measure.survie is None]
    if aggregates:
        groups = [expression for expression, given in ((value, axis.colonne), (period, facet.periode)) if given]
        yield (
            f"{start}, {value} as modalite, {period} as periode, unnest([{', '.join(aggregates)}], recursive := true) from {lines} "
            f"{'group by ' + ', '.join(groups) if groups else ''} having count(*) > 0"
        )
    for measure in facet.mesures:
        if measure.survie:
            by = {"modalite": value, "periode": period}
            yield (
                f"{start}, modalite, periode, {literal(measure.nom)} as mesure, "
                f"min(duree) filter (where reste <= {HALF})::{_FIGURE} as valeur, sum(nb_finis)::{_FIGURE} as numerateur, "
                f"sum(nb)::{_FIGURE} as denominateur, sum(nb)::bigint as effectif, sum(nb)::bigint as population "
                f"from ({survival(lines, measure.survie.duree, measure.survie.est_censure, by)}) group by modalite, periode"
            )


def _measured(measure: Measure) -> str:
    share = f"100 * ({measure.numerateur}) / nullif({measure.denominateur}, 0)"
    figures = {"valeur": measure.valeur or share, "numerateur": measure.numerateur, "denominateur": measure.denominateur}
    written = ", ".join(f"{name}: ({expression or 'null'})::{_FIGURE}" for name, expression in figures.items())
    return f"{{mesure: {literal(measure.nom)}, {written}, effectif: ({measure.effectif})::bigint, population: count(*)}}"


def _filled(column: ProductColumn) -> str:
    """The value of a column, null when it says nothing: empty text, zero, empty list."""
    name, kind = quote(column.nom), column.type.lower()
    if kind.endswith("[]"):
        return f"case when len({name}) > 0 then 1 end"
    if kind == "varchar":
        return f"nullif(trim({name}), '')"
    if kind in {"integer", "bigint"} or kind.startswith("decimal"):
        return f"nullif({name}, 0)"
    return name


def _objects(root: Any) -> Iterator[dict[str, Any]]:  # noqa: ANN401 - any part of a syntax tree
    if isinstance(root, list):
        for child in root:
            yield from _objects(child)
    elif isinstance(root, dict):
        yield root
        for child in root.values():
            yield from _objects(child)
