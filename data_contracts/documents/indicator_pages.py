"""The catalogue of indicators as one page: `docs/indicateurs.md`."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from data_contracts import words
from data_contracts.documents.markdown import bullets, page, plain, table
from data_contracts.indicator_contract import Indicator, IndicatorState
from data_contracts.indicator_loader import Measures

PAGE = "indicateurs.md"
_THEMES = {
    "A": "Adoption",
    "P": "Parc conventionné",
    "Q": "Qualité des données",
    "S": "Satisfaction",
    "T": "Temps de traitement",
}
_STATES = {
    IndicatorState.EN_ATTENTE_DE_SOURCE: "en attente d'une source",
    IndicatorState.NON_DERIVABLE: "non dérivable",
}
_READING = """\
Ce catalogue est écrit à partir de `data_contracts/indicateurs/`. Les valeurs sont dans `kpi_valeur`, avec leur numérateur, leur
dénominateur et leur effectif, le long de chaque axe ; `kpi_catalogue` dit de chaque indicateur s'il a des valeurs dans la
publication lue, et sinon pourquoi.

**Petits effectifs.** Là où un petit nombre désignerait une personne ou un bailleur privé, la valeur est tue (`est_protegee`), et
avec elle celles qui la feraient retrouver par soustraction : une commune cachée seule serait le total de son département moins les
autres. Un territoire d'une seule commune est caché avec un autre. Rien ne distingue, dans ce qui est publié, le petit nombre de
celui qui le protège."""


def pages(found: Measures) -> dict[str, str]:
    """Return the page of the indicators by its path in `docs/`."""
    indicators = sorted(found.indicators.values(), key=lambda indicator: indicator.id)
    themes = {theme: list(group) for theme, group in groupby(indicators, key=lambda indicator: indicator.id[0])}
    return {
        PAGE: page(
            "# Les indicateurs",
            _READING,
            table(("Indicateur", "Titre", "Axes", "État"), [_listed(found, indicator) for indicator in indicators]),
            *(block for theme, group in themes.items() for block in _theme(theme, group)),
        )
    }


def _listed(found: Measures, indicator: Indicator) -> list[str]:
    return [indicator.id, plain(indicator.titre), _axes(found, indicator), _state(indicator)]


def _state(indicator: Indicator) -> str:
    if indicator.etat is not IndicatorState.ACTIF:
        return _STATES[indicator.etat]
    awaited = " ou ".join(words.SOURCES.get(source, source) for source in indicator.sources)
    return f"calculé avec la source {awaited}" if awaited else "calculé"


def _axes(found: Measures, indicator: Indicator) -> str:
    return ", ".join(plain(found.axes[name].libelle.lower()) for name in indicator.followed)


def _theme(theme: str, indicators: Sequence[Indicator]) -> list[str]:
    return [f"## {_THEMES.get(theme, theme)}", *(block for indicator in indicators for block in _sheet(indicator))]


def _sheet(indicator: Indicator) -> list[str]:
    said = {
        "Numérateur": indicator.numerateur,
        "Dénominateur": indicator.denominateur,
        "Population": indicator.population,
        "Source": indicator.source,
        "Fraîcheur": indicator.fraicheur,
        "Petits effectifs": indicator.petits_effectifs,
        "Pour le comparer": indicator.explication,
        "Sans valeur": indicator.motif,
        "Publics": ", ".join(indicator.publics),
    }
    return [
        f"### {indicator.id} · {plain(indicator.titre)}",
        plain(indicator.definition),
        bullets(f"**{title}** : {plain(text)}" for title, text in said.items() if text),
        table(("Mesure", "Unité"), [[plain(measure.libelle), plain(measure.unite)] for measure in indicator.measures])
        if indicator.measures
        else "",
    ]
