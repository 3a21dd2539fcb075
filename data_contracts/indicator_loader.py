"""Reads and validates what is measured. A broken file is refused with its line.

- `indicateurs/axes.yml`: what indicators are told along
- `indicateurs/completude.yml`: the fields whose absence counts, mart by mart
- `indicateurs/*.yml`: the indicators, one file a theme
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import duckdb

from data_contracts.clauses import quote
from data_contracts.indicator_contract import Axis, Completeness, Indicator, IndicatorState
from data_contracts.indicator_sql import PARAMETER, PARAMETER_COLUMNS, QueryError, completeness_query, query, tables_of
from data_contracts.loader import PRODUCTS, ROOT, products
from data_contracts.product_contract import Product
from data_contracts.rule_contract import Parameter
from data_contracts.rule_expression import PARAMETER_NAME
from data_contracts.rule_loader import parameters_of_law
from data_contracts.rule_sql import bind, value_of
from data_contracts.yaml_file import Place, YamlFile

INDICATORS = ROOT / "indicateurs"
AXES_FILE = "axes.yml"
COMPLETENESS_FILE = "completude.yml"
_DAY_OF_LAW = f"(select date_reference from {PARAMETER})"
"""An indicator reads the law of the reference date."""


@dataclass(frozen=True)
class Measures:
    """Everything that is measured."""

    indicators: Mapping[str, Indicator]
    """By identifier, sorted."""
    axes: Mapping[str, Axis]
    completeness: Mapping[str, Completeness]
    """By mart, sorted."""
    products: Mapping[str, Product]
    parameters: Mapping[str, Parameter]

    def query(self, indicator: Indicator) -> str | None:
        """Return the select of an indicator over the marts; None for one that nothing measures."""
        if indicator.etat is not IndicatorState.ACTIF:
            return None
        return bind(query(indicator, self.axes), {name: value_of(found, _DAY_OF_LAW) for name, found in self.parameters.items()})

    def parameters_of(self, indicator: Indicator) -> list[str]:
        """Return the names of the parameters that an indicator reads, known or not, sorted."""
        if indicator.etat is not IndicatorState.ACTIF:
            return []
        return sorted(set(PARAMETER_NAME.findall(query(indicator, self.axes))))

    def completeness_query(self, completeness: Completeness) -> str:
        """Return the select of the completeness of a mart's fields."""
        return completeness_query(completeness, self.products[completeness.mart])

    def read_by_indicators(self) -> list[str]:
        """Return the marts that indicators read, sorted."""
        return _marts_of(filter(None, map(self.query, self.indicators.values())))

    def read_by_completeness(self) -> list[str]:
        """Return the marts that the measure of completeness reads, sorted."""
        return _marts_of(map(self.completeness_query, self.completeness.values()))


@cache
def declared_axes(folder: Path = INDICATORS) -> tuple[Axis, ...]:
    """Return the axes as they are written. Raises BadInputError with the file, the line and the first fault."""
    found: tuple[Axis, ...] = YamlFile(folder / AXES_FILE).validated(tuple[Axis, ...])
    return found


@cache
def followed_fields(folder: Path = INDICATORS) -> tuple[Completeness, ...]:
    """Return the fields whose completeness counts, as they are written. Raises BadInputError as `declared_axes` does."""
    found: tuple[Completeness, ...] = YamlFile(folder / COMPLETENESS_FILE).validated(tuple[Completeness, ...])
    return found


@cache
def measures(folder: Path = INDICATORS, product_folder: Path = PRODUCTS) -> Measures:
    """Return what is measured, validated on empty marts. Raises BadInputError with the file, the line and the first fault."""
    marts = products(product_folder)
    axes = declared_axes(folder)
    fields = YamlFile(folder / COMPLETENESS_FILE)
    completeness = followed_fields(folder)
    themes = [YamlFile(path) for path in sorted(folder.glob("*.yml")) if path.name not in {AXES_FILE, COMPLETENESS_FILE}]
    indicators = [(file, rank, found) for file in themes for rank, found in enumerate(file.validated(tuple[Indicator, ...]))]
    made = Measures(
        dict(sorted((found.id, found) for _, _, found in indicators)),
        {axis.axe: axis for axis in axes},
        dict(sorted((found.mart, found) for found in completeness)),
        marts,
        parameters_of_law(),
    )
    _check_axes(folder / AXES_FILE, axes)
    with empty_marts(marts) as connection:
        for file, rank, indicator in indicators:
            _check_indicator(file, rank, indicator, made, connection)
        for rank, measured in enumerate(completeness):
            _check_completeness(fields, rank, measured, made, connection)
    return made


def _marts_of(selects: Iterable[str]) -> list[str]:
    return sorted({name for select in selects for name in tables_of(select)} - {PARAMETER})


def empty_marts(marts: Mapping[str, Product]) -> duckdb.DuckDBPyConnection:
    """Return a database of every mart, empty, and of nothing else: where a select is tried."""
    connection = duckdb.connect(config={"enable_external_access": False})
    connection.execute(f"create table {PARAMETER} ({PARAMETER_COLUMNS})")
    for product in marts.values():
        columns = ", ".join(f"{quote(column.nom)} {column.type}" for column in product.colonnes)
        connection.execute(f"create table {quote(product.mart)} ({columns})")
    return connection


def _check_axes(path: Path, axes: tuple[Axis, ...]) -> None:
    known = {axis.axe for axis in axes}
    for rank, axis in enumerate(axes):
        if axis.parent and axis.parent not in known:
            raise YamlFile(path).refusal((rank, "parent"), f"l'axe {axis.axe} détaille « {axis.parent} », qui n'est pas un axe")


def _check_indicator(
    file: YamlFile, rank: int, indicator: Indicator, made: Measures, connection: duckdb.DuckDBPyConnection
) -> None:
    if made.indicators[indicator.id] is not indicator:
        raise file.refusal((rank, "id"), f"l'indicateur {indicator.id} est déclaré deux fois")
    if unknown := sorted(set(indicator.followed) - made.axes.keys()):
        raise file.refusal((rank, "axes"), f"l'indicateur {indicator.id} suit l'axe « {unknown[0]} », absent de {AXES_FILE}")
    what = f"l'indicateur {indicator.id}"
    if unknown := sorted(set(made.parameters_of(indicator)) - made.parameters.keys()):
        raise file.refusal((rank, "id"), f"{what} lit ${unknown[0]}, qui n'est pas un paramètre")
    _check_lines(file, rank, what, indicator)
    if select := made.query(indicator):
        _check_runs(file, (rank,), what, select, connection)


def _check_completeness(
    file: YamlFile, rank: int, measured: Completeness, made: Measures, connection: duckdb.DuckDBPyConnection
) -> None:
    product = made.products.get(measured.mart)
    if product is None:
        raise file.refusal((rank, "mart"), f"{measured.mart} n'est pas une table publiée")
    known = {column.nom for column in product.colonnes}
    for number, field in enumerate(measured.champs):
        if field.champ not in known:
            raise file.refusal((rank, "champs", number, "champ"), f"{measured.mart} n'a pas de colonne {field.champ}")
    what = f"la complétude de {measured.mart}"
    _check_lines(file, rank, what, measured)
    _check_runs(file, (rank,), what, made.completeness_query(measured), connection)


def _check_lines(file: YamlFile, rank: int, what: str, counted: Indicator | Completeness) -> None:
    try:
        for select in counted.selects:
            tables_of(select)
    except QueryError as error:
        raise file.refusal((rank, "lignes"), f"« lignes » de {what} {error}") from error


def _check_runs(file: YamlFile, place: Place, what: str, select: str, connection: duckdb.DuckDBPyConnection) -> None:
    try:
        connection.execute(select)
    except duckdb.Error as error:
        words = str(error).splitlines()[0]
        raise file.refusal(place, f"{what} ne se calcule pas (« {words} »)") from error
