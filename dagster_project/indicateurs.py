"""What is measured, as a run reads it: the rows of `meta.indicateur`, `meta.completude` and `meta.exigence`."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from data_contracts.indicator_contract import Indicator
from data_contracts.indicator_loader import Measures
from data_contracts.usage_contract import Usage
from data_contracts.usage_loader import queries

INDICATOR_COLUMNS = """kpi_id varchar, titre varchar, definition varchar, numerateur varchar, denominateur varchar,
    population varchar, source varchar, fraicheur varchar, petits_effectifs varchar, publics varchar[], unite varchar,
    axes varchar[], mesures json, etat_declare varchar, motif varchar, sources varchar[], explication varchar, requete varchar"""
COMPLETENESS_COLUMNS = "mart varchar, requete varchar"
DEMAND_COLUMNS = """usage varchar, rang_usage integer, titre varchar, question varchar, rang integer, libelle varchar,
    utilisable_pct integer, precaution_pct integer, requete varchar"""


def indicator_rows(measures: Measures) -> list[list[Any]]:
    """Return a row an indicator, in the order of `INDICATOR_COLUMNS`."""
    return [_row(measures, indicator) for indicator in measures.indicators.values()]


def completeness_rows(measures: Measures) -> list[list[Any]]:
    """Return a row a mart whose completeness is measured, in the order of `COMPLETENESS_COLUMNS`."""
    return [[mart, measures.completeness_query(measured)] for mart, measured in measures.completeness.items()]


def demand_rows(usages: Sequence[Usage]) -> list[list[Any]]:
    """Return a row a demand of each use, in the order of `DEMAND_COLUMNS`."""
    ranked = {usage.usage: rank for rank, usage in enumerate(usages, start=1)}
    return [
        [
            query.usage.usage,
            ranked[query.usage.usage],
            query.usage.titre,
            query.usage.question,
            query.rang,
            query.demand.libelle,
            query.usage.thresholds(query.demand).utilisable_pct,
            query.usage.thresholds(query.demand).precaution_pct,
            query.requete,
        ]
        for query in queries(usages)
    ]


def _row(measures: Measures, indicator: Indicator) -> list[Any]:
    shown = [{"nom": measure.nom, "libelle": measure.libelle, "unite": measure.unite} for measure in indicator.measures]
    return [
        indicator.id,
        indicator.titre,
        indicator.definition,
        indicator.numerateur,
        indicator.denominateur,
        indicator.population,
        indicator.source,
        indicator.fraicheur,
        indicator.petits_effectifs,
        list(indicator.publics),
        indicator.unite or indicator.measures[0].unite,
        list(indicator.followed),
        json.dumps(shown, ensure_ascii=False),
        indicator.etat.value,
        indicator.motif,
        list(indicator.sources),
        indicator.explication,
        measures.query(indicator),
    ]
