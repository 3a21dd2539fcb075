"""Where the definition of the warehouse is read: the dbt project, the contracts, the official geography.

Everything here is a path of the checkout; what is written lives under `data_contracts.layout.Home`.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from data_contracts.indicator_loader import INDICATORS, Measures, measures
from data_contracts.loader import PRODUCTS, ROOT, SOURCES, products, source, source_tables
from data_contracts.product_contract import ADMINISTRATOR, Product
from data_contracts.rule_loader import RULES, VIEWS, Catalogue, catalogue
from data_contracts.source_contract import Source, SourceTable
from data_contracts.usage_contract import Usage
from data_contracts.usage_loader import USAGES, usages


@dataclass(frozen=True)
class Project:
    """The definition of one warehouse. Tests give a smaller one."""

    dbt: Path = ROOT.parent / "dbt"
    sources: Path = SOURCES
    products: Path = PRODUCTS
    geography: Path = ROOT / "geographie"
    rules: Path = RULES
    views: Path = VIEWS
    indicators: Path = INDICATORS
    uses: Path = USAGES

    def source_names(self) -> tuple[str, ...]:
        """Return the sources that have contracts, sorted."""
        return tuple(sorted(path.name for path in self.sources.iterdir() if any(path.glob("*.yml"))))

    def source(self, name: str) -> Source:
        """Return what is agreed of a source as a whole."""
        return source(name, self.sources)

    def source_tables(self, source: str) -> dict[str, SourceTable]:
        """Return the contracts of a source by table name, sorted."""
        return source_tables(source, self.sources)

    def marts(self) -> dict[str, Product]:
        """Return the contracts of the marts by name, sorted."""
        return products(self.products)

    def catalogue(self) -> Catalogue:
        """Return the rules, with what they read. Raises BadInputError for a broken file."""
        return catalogue(self.rules, self.views)

    def measures(self) -> Measures:
        """Return what is measured. Raises BadInputError for a broken file."""
        return measures(self.indicators, self.products)

    def usages(self) -> tuple[Usage, ...]:
        """Return the uses of the data. Raises BadInputError for a broken file."""
        return usages(self.uses, self.indicators, self.products)

    def responsable(self, objet: str) -> str:
        """Return who answers for a table received or a mart, named « schema.table »; else the administrator of the data."""
        schema, _, table = objet.partition(".")
        if schema in self.source_names():
            return self.source(schema).responsable
        product = self.marts().get(table)
        return product.responsable if product else ADMINISTRATOR
