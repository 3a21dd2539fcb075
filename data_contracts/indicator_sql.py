"""An indicator as SQL: one select over the marts, which gives a row for each measure and each value of each axis of its facets.

Columns of the result: those of `COLUMNS`. A cell is a facet × an axis × its value × a period: `axe_parent` and `modalite_parent`
say which cell it is a part of, `nb` what it rests on, `seuil` (null without a protection) and `est_primaire` whether that is too
few to be published; `est_libre` is a measure of it that is published all the same. The completeness of a mart is a select of its
own: mart, source, code_departement, champ, libelle, nb_applicables, nb_renseignes.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

import duckdb

from data_contracts.clauses import literal, quote
from data_contracts.indicator_contract import Axis, Completeness, Facet, Indicator, Measure, Protection
from data_contracts.product_contract import Product, ProductColumn
from data_contracts.survival_sql import HALF, survival

PARAMETER = "parametre"
PARAMETER_COLUMNS = "date_reference date"
"""What indicators read besides the marts: one row."""
COLUMNS = {
    "kpi_id": "varchar",
    "volet": "integer",
    "axe": "varchar",
    "modalite": "varchar",
    "axe_parent": "varchar",
    "modalite_parent": "varchar",
    "niveau": "integer",
    "periode": "varchar",
    "nb": "bigint",
    "seuil": "integer",
    "est_primaire": "boolean",
    "est_effectif_publie": "boolean",
    "mesure": "varchar",
    "valeur": "decimal(18, 4)",
    "numerateur": "decimal(18, 4)",
    "denominateur": "decimal(18, 4)",
    "effectif": "bigint",
    "population": "bigint",
    "est_libre": "boolean",
}
"""Name and type of each column of an indicator's select; `periode` is null for the reference date."""
WHOLE = "ensemble"
"""The axis of the whole, and its only value."""
UNKNOWN = "non renseigné"
"""The value of an axis for lines that have none."""
_FIGURE = "decimal(18, 4)"


class QueryError(ValueError):
    """A select that an indicator may not hold; the text is the end of a French sentence."""


def query(indicator: Indicator, axes: Mapping[str, Axis]) -> str:
    """Return the select of an active indicator. What it reads must be in scope under the names of the marts."""
    lines = [f"lignes as (\n{indicator.lignes}\n)"]
    selects = []
    for rank, facet in enumerate(indicator.facets, start=1):
        source = f"(\n{facet.lignes}\n)" if facet.lignes else "lignes"
        named = "".join(f", {_named(axes[name])} as {_column(name)}" for name in facet.axes if axes[name].publie)
        lines.append(f"volet_{rank} as (select *{named} from {source} where (\n{facet.parmi}\n))")
        selects += [select for name in facet.axes for select in _along(indicator, facet, rank, axes[name], axes)]
    return f"with {', '.join(lines)}\n{' union all '.join(selects)}"


def no_figure() -> str:
    """Return a select that gives the columns of an indicator's and no row."""
    return f"select {', '.join(f'null::{kind} as {name}' for name, kind in COLUMNS.items())} where false"


def completeness_query(completeness: Completeness, product: Product) -> str:
    """Return the select that counts, field by field, where a value is expected and where there is one: neither empty nor zero."""
    columns = {column.nom: column for column in product.colonnes}
    fields = ", ".join(
        f"{{champ: {literal(field.champ)}, libelle: {literal(columns[field.champ].description)}, "
        f"nb_applicables: count(*) filter (where (\n{field.applicable}\n)), "
        f"nb_renseignes: count({filled(columns[field.champ])}) filter (where (\n{field.applicable}\n))}}"
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


def _along(indicator: Indicator, facet: Facet, rank: int, axis: Axis, axes: Mapping[str, Axis]) -> Iterator[str]:
    """The selects of a facet along one axis: one for its aggregates, one for each of its survivals."""
    lines = f"volet_{rank}"
    parents = _parents(axis, facet, axes)
    value = _value(axis, facet, axes)
    period = f"({facet.periode})::varchar" if facet.periode else "null::varchar"
    parent, parent_value = (literal(parents[0].axe), _value(parents[0], facet, axes)) if parents else ("null", "null")
    start = f"select {literal(indicator.id)} as kpi_id, {rank} as volet, {literal(axis.axe)} as axe"
    place = (
        f"{parent}::varchar as axe_parent, {parent_value}::varchar as modalite_parent, "
        f"{len(parents) + (axis.colonne is not None)} as niveau"
    )
    aggregates = [_measured(measure) for measure in facet.mesures if measure.survie is None]
    if aggregates:
        axis_groups = [value, *([parent_value] if parents else [])] if axis.colonne else []
        groups = [*axis_groups, *([period] if facet.periode else [])]
        yield (
            f"{start}, {value} as modalite, {place}, {period} as periode, {_protected(indicator.protection, axis)}, "
            f"unnest([{', '.join(aggregates)}], recursive := true) from {lines} "
            f"{'group by ' + ', '.join(groups) if groups else ''} having count(*) > 0"
        )
    for measure in facet.mesures:
        if measure.survie:
            by = {"modalite": value, "periode": period}
            yield (
                f"{start}, modalite, null::varchar as axe_parent, null::varchar as modalite_parent, 0 as niveau, periode, "
                f"{_protected(None, axis)}, {literal(measure.nom)} as mesure, "
                f"min(duree) filter (where reste <= {HALF})::{_FIGURE} as valeur, sum(nb_finis)::{_FIGURE} as numerateur, "
                f"sum(nb)::{_FIGURE} as denominateur, sum(nb)::bigint as effectif, sum(nb)::bigint as population, "
                f"true as est_libre "
                f"from ({survival(lines, measure.survie.duree, measure.survie.est_censure, by)}) group by modalite, periode"
            )


def _parents(axis: Axis, facet: Facet, axes: Mapping[str, Axis]) -> list[Axis]:
    """The axes of the facet that this one details, the nearest first."""
    found = []
    while axis.parent:
        axis = axes[axis.parent]
        if axis.axe in facet.axes:
            found.append(axis)
    return found


def _value(axis: Axis, facet: Facet, axes: Mapping[str, Axis]) -> str:
    """The value of an axis for a line. One that is missing is told apart in each value of the axis it details."""
    if axis.colonne is None:
        return literal(axis.axe)
    parents = _parents(axis, facet, axes)
    missing = literal(UNKNOWN)
    if parents:
        parent = _value(parents[0], facet, axes)
        missing = f"case when {parent} = {missing} then {missing} else {parent} || {literal(f' · {UNKNOWN}')} end"
    return f"coalesce({_column(axis.axe) if axis.publie else quote(axis.colonne)}::varchar, {missing})"


def _named(axis: Axis) -> str:
    return f"case when {axis.publie} then {quote(axis.colonne or '')} else {literal(axis.autre or '')} end"


def _column(axis: str) -> str:
    return quote(f"axe {axis}")


def _protected(protection: Protection | None, axis: Axis) -> str:
    """What a cell rests on, and whether it is too little to be published."""
    if protection is None:
        return "0::bigint as nb, null::integer as seuil, false as est_primaire, false as est_effectif_publie"
    watched = protection.axes is None or axis.axe in protection.axes
    if axis.publie:
        nobody_named = f"({_column(axis.axe)} = {literal(axis.autre or '')})"
        sensitive = f"coalesce(bool_or({nobody_named} or ({protection.sensible})), false)"
    else:
        sensitive = "true" if axis.est_fin else f"coalesce(bool_or({protection.sensible}), false)"
    few = f"({protection.compte}) < {protection.seuil} and {sensitive}" if watched else "false"
    return (
        f"({protection.compte})::bigint as nb, {protection.seuil} as seuil, {few} as est_primaire, "
        f"{str(protection.effectif_publie).lower()} as est_effectif_publie"
    )


def _measured(measure: Measure) -> str:
    share = f"100 * ({measure.numerateur}) / nullif({measure.denominateur}, 0)"
    figures = {"valeur": measure.valeur or share, "numerateur": measure.numerateur, "denominateur": measure.denominateur}
    written = ", ".join(f"{name}: ({expression or 'null'})::{_FIGURE}" for name, expression in figures.items())
    return (
        f"{{mesure: {literal(measure.nom)}, {written}, effectif: ({measure.effectif})::bigint, "
        f"population: count(*), est_libre: {str(measure.est_libre).lower()}}}"
    )


def filled(column: ProductColumn) -> str:
    """Return the value of a column, null when it says nothing: empty text, zero, empty list."""
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
