"""What is measured, as a run reads it: the rows of `meta.indicateur` and `meta.completude`."""

from __future__ import annotations

import json
from typing import Any

from data_contracts.indicator_contract import Indicator
from data_contracts.indicator_loader import Measures

INDICATOR_COLUMNS = """kpi_id varchar, titre varchar, definition varchar, numerateur varchar, denominateur varchar,
    population varchar, source varchar, fraicheur varchar, petits_effectifs varchar, publics varchar[], unite varchar,
    axes varchar[], mesures json, etat_declare varchar, motif varchar, sources varchar[], explication varchar, requete varchar"""
COMPLETENESS_COLUMNS = "mart varchar, requete varchar"


def indicator_rows(measures: Measures) -> list[list[Any]]:
    """Return a row an indicator, in the order of `INDICATOR_COLUMNS`."""
    return [_row(measures, indicator) for indicator in measures.indicators.values()]


def completeness_rows(measures: Measures) -> list[list[Any]]:
    """Return a row a mart whose completeness is measured, in the order of `COMPLETENESS_COLUMNS`."""
    return [[mart, measures.completeness_query(measured)] for mart, measured in measures.completeness.items()]


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
