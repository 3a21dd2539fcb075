"""Reads and validates what is measured. A broken file is refused with its name and the reason.

- `indicateurs/axes.yml`: what indicators are told along
- `indicateurs/completude.yml`: the fields whose absence counts, mart by mart
- `indicateurs/*.yml`: the indicators, one file a theme
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import duckdb

from data_contracts.clauses import quote
from data_contracts.errors import BadInputError
from data_contracts.indicator_contract import Axes, Axis, Completeness, CompletenessList, Indicator, Indicators
from data_contracts.indicator_sql import PARAMETER, PARAMETER_COLUMNS, QueryError, completeness_query, query, tables_of
from data_contracts.loader import PRODUCTS, ROOT, products, read
from data_contracts.product_contract import Product

INDICATORS = ROOT / "indicateurs"
AXES_FILE = "axes.yml"
COMPLETENESS_FILE = "completude.yml"


@dataclass(frozen=True)
class Measures:
    """Everything that is measured."""

    indicators: Mapping[str, Indicator]
    """By identifier, sorted."""
    axes: Mapping[str, Axis]
    completeness: Mapping[str, Completeness]
    """By mart, sorted."""
    products: Mapping[str, Product]

    def query(self, indicator: Indicator) -> str:
        """Return the select of an indicator over the marts."""
        return query(indicator, self.axes)

    def completeness_query(self, completeness: Completeness) -> str:
        """Return the select of the completeness of a mart's fields."""
        return completeness_query(completeness, self.products[completeness.mart])

    def read_by_indicators(self) -> list[str]:
        """Return the marts that indicators read, sorted."""
        return sorted({name for indicator in self.indicators.values() for name in tables_of(indicator.lignes)} - {PARAMETER})

    def read_by_completeness(self) -> list[str]:
        """Return the marts that the measure of completeness reads, sorted."""
        return sorted({name for measured in self.completeness.values() for name in tables_of(measured.lignes)} - {PARAMETER})


@cache
def measures(folder: Path = INDICATORS, product_folder: Path = PRODUCTS) -> Measures:
    """Return what is measured, validated on empty marts. Raises BadInputError with the file and the reason of the first fault."""
    found = products(product_folder)
    axes = {axis.axe: axis for axis in read(folder / AXES_FILE, Axes).root}
    completeness_path = folder / COMPLETENESS_FILE
    completeness = {measured.mart: measured for measured in read(completeness_path, CompletenessList).root}
    where: dict[str, Path] = {}
    indicators: dict[str, Indicator] = {}
    for path in sorted(set(folder.glob("*.yml")) - {folder / AXES_FILE, completeness_path}):
        for indicator in read(path, Indicators).root:
            if indicator.id in where:
                raise BadInputError(f"{path} : l'indicateur {indicator.id} existe déjà dans {where[indicator.id].name}.")
            indicators[indicator.id], where[indicator.id] = indicator, path
    made = Measures(dict(sorted(indicators.items())), axes, dict(sorted(completeness.items())), found)
    with _empty_marts(found) as connection:
        for indicator in made.indicators.values():
            _check_indicator(where[indicator.id], indicator, made, connection)
        for measured in made.completeness.values():
            _check_completeness(completeness_path, measured, made, connection)
    return made


def _empty_marts(found: Mapping[str, Product]) -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect(config={"enable_external_access": False})
    connection.execute(f"create table {PARAMETER} ({PARAMETER_COLUMNS})")
    for product in found.values():
        columns = ", ".join(f"{quote(column.nom)} {column.type}" for column in product.colonnes)
        connection.execute(f"create table {quote(product.mart)} ({columns})")
    return connection


def _check_indicator(path: Path, indicator: Indicator, made: Measures, connection: duckdb.DuckDBPyConnection) -> None:
    if unknown := sorted(set(indicator.axes) - made.axes.keys()):
        raise BadInputError(f"{path} : l'indicateur {indicator.id} suit l'axe « {unknown[0]} », que {AXES_FILE} ne déclare pas.")
    _check_runs(path, f"l'indicateur {indicator.id}", indicator.lignes, made.query(indicator), connection)


def _check_completeness(path: Path, measured: Completeness, made: Measures, connection: duckdb.DuckDBPyConnection) -> None:
    product = made.products.get(measured.mart)
    if product is None:
        raise BadInputError(f"{path} : {measured.mart} n'est pas une table publiée.")
    known = {column.nom for column in product.colonnes}
    if unknown := [field.champ for field in measured.champs if field.champ not in known]:
        raise BadInputError(f"{path} : {measured.mart} n'a pas de colonne {unknown[0]}.")
    _check_runs(path, f"la complétude de {measured.mart}", measured.lignes, made.completeness_query(measured), connection)


def _check_runs(path: Path, what: str, lines: str, select: str, connection: duckdb.DuckDBPyConnection) -> None:
    try:
        tables_of(lines)
        connection.execute(select)
    except QueryError as error:
        raise BadInputError(f"{path} : « lignes » de {what} {error} ; corriger ce fichier, puis recommencer.") from error
    except duckdb.Error as error:
        words = str(error).splitlines()[0]
        raise BadInputError(f"{path} : {what} ne se calcule pas (« {words} ») ; corriger ce fichier, puis recommencer.") from error
