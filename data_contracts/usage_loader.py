"""Reads and validates `usages.yml`, and writes the select of each demand. A broken file is refused with its line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import duckdb

from data_contracts.clauses import literal
from data_contracts.indicator_contract import Completeness
from data_contracts.indicator_loader import INDICATORS, empty_marts, measures
from data_contracts.indicator_sql import PARAMETER, UNKNOWN, QueryError, tables_of
from data_contracts.loader import PRODUCTS, ROOT
from data_contracts.usage_contract import Demand, Usage
from data_contracts.yaml_file import YamlFile

USAGES = ROOT / "usages.yml"
WHOLE = "ensemble"
"""Stands for every département of a source."""
COLUMNS = "usage varchar, rang integer, source varchar, code_departement varchar, nb_applicables bigint, nb_renseignes bigint"


@dataclass(frozen=True)
class DemandQuery:
    """A demand of a use, its rank in it, and the select that counts it (`COLUMNS`; no département for one of the whole source)."""

    usage: Usage
    rang: int
    demand: Demand
    requete: str


@cache
def usages(path: Path = USAGES, indicators: Path = INDICATORS, product_folder: Path = PRODUCTS) -> tuple[Usage, ...]:
    """Return the uses, in their order, tried on empty marts. Raises BadInputError with the file, the line and the fault."""
    file = YamlFile(path)
    found: tuple[Usage, ...] = file.validated(tuple[Usage, ...])
    known = measures(indicators, product_folder)
    with empty_marts(known.products) as connection:
        for rank, usage in enumerate(found):
            if usage.usage in {other.usage for other in found[:rank]}:
                raise file.refusal((rank, "usage"), f"l'usage {usage.usage} est déclaré deux fois")
            for query in queries([usage]):
                _check(file, rank, query, known.completeness, connection)
    return found


def queries(found: Iterable[Usage]) -> Iterator[DemandQuery]:
    """Give every demand of these uses with its select."""
    for usage in found:
        for rang, demand in enumerate(usage.exigences, start=1):
            yield DemandQuery(usage, rang, demand, _select(usage, rang, demand))


def read_by_usages(found: Iterable[Usage]) -> list[str]:
    """Return the marts that the demands read, sorted."""
    return sorted({name for query in queries(found) for name in tables_of(query.requete)} - {PARAMETER})


def no_count() -> str:
    """Return a select that gives the columns of a demand's and no row."""
    columns = (column.split() for column in COLUMNS.split(", "))
    return f"select {', '.join(f'null::{kind} as {name}' for name, kind in columns)} where false"


def _select(usage: Usage, rang: int, demand: Demand) -> str:
    place = "null" if demand.est_de_la_source else f"coalesce(code_departement, {literal(UNKNOWN)})"
    return (
        f"select {literal(usage.usage)} as usage, {rang} as rang, source, {place}::varchar as code_departement, "
        "sum(nb_applicables)::bigint as nb_applicables, sum(nb_renseignes)::bigint as nb_renseignes "
        f"from (\n{_lines(demand)}\n) group by all"
    )


def _lines(demand: Demand) -> str:
    if demand.champ is None:
        return demand.lignes or ""
    mart, _, champ = demand.champ.partition(".")
    return f"select * from agg_completude where mart = {literal(mart)} and champ = {literal(champ)}"


def _check(
    file: YamlFile, rank: int, query: DemandQuery, completeness: Mapping[str, Completeness], connection: duckdb.DuckDBPyConnection
) -> None:
    demand, place = query.demand, (rank, "exigences", query.rang - 1)
    what = f"« {demand.libelle} » de l'usage {query.usage.usage}"
    if demand.champ:
        mart, _, champ = demand.champ.partition(".")
        followed = completeness[mart].champs if mart in completeness else ()
        if champ not in {field.champ for field in followed}:
            raise file.refusal((*place, "champ"), f"{what} suit {demand.champ}, absent de indicateurs/completude.yml")
    try:
        tables_of(query.requete)
        connection.execute(query.requete)
    except QueryError as error:
        raise file.refusal((*place, "lignes"), f"{what} {error}") from error
    except duckdb.Error as error:
        raise file.refusal((*place, "lignes"), f"{what} ne se compte pas (« {str(error).splitlines()[0]} »)") from error
