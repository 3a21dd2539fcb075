"""What a reader may see of a run, and the views that show that and nothing else."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass

import duckdb

from data_contracts.clauses import literal, quote
from data_contracts.indicator_contract import Axis
from data_contracts.indicator_loader import declared_axes
from data_contracts.loader import products
from data_contracts.product_contract import Product, Restriction
from data_contracts.usage_loader import WHOLE

LOCATED = frozenset({"code_region", "code_departement", "code_commune", "bailleur_id"})
"""Columns whose axes tell one territory, or one owner, from another."""
OWNERS = (
    ("fct_convention", "bailleur_id"),
    ("fct_agrement", "bailleur_id"),
    ("fct_lot", "bailleur_id"),
    ("fct_lot", "gestionnaire_id"),
)
"""Where the owners that a reader sees are named: mart, column."""


@dataclass(frozen=True)
class Perimetre:
    """What a reader may see: of which départements, None for all of France, and whether the personal fields."""

    departements: tuple[str, ...] | None = None
    donnees_personnelles: bool = True

    @property
    def est_limite(self) -> bool:
        """Tell whether some départements are out of sight."""
        return self.departements is not None

    @property
    def est_entier(self) -> bool:
        """Tell whether nothing is out of sight."""
        return self.departements is None and self.donnees_personnelles

    @property
    def cle(self) -> str:
        """What tells this perimeter from any other, for who keeps what was read under it."""
        return f"{'tous' if self.departements is None else ','.join(self.departements)} {self.donnees_personnelles}"


TOUT = Perimetre()


def show(connection: duckdb.DuckDBPyConnection, perimetre: Perimetre, source: str, target: str) -> None:
    """Make the schema `target`, with one view a mart of the schema `source`, of what the reader may see; both are `base.schema`.

    A mart, or a column, that no contract names is left out.
    """
    base, _, schema = source.partition(".")
    published = connection.execute(
        "select table_name, list(column_name order by ordinal_position) from information_schema.columns"
        " where table_catalog = $base and table_schema = $schema group by table_name",
        {"base": base, "schema": schema},
    ).fetchall()
    contracts = products()
    columns = {mart: names for mart, names in published if mart in contracts}
    connection.execute(f"create schema {target}")
    for mart in sorted(columns, key=lambda name: _rank(contracts[name])):
        select = _columns(contracts[mart], columns[mart], perimetre)
        where = " and ".join(_conditions(contracts[mart], perimetre, target, columns))
        connection.execute(f"create view {target}.{quote(mart)} as select {select} from {source}.{quote(mart)} where {where}")


def _rank(product: Product) -> int:
    """Return the place of a view: after those that it reads."""
    return max(map(list(Restriction).index, product.acces))


def _columns(product: Product, published: list[str], perimetre: Perimetre) -> str:
    """Return the columns as they are published, personal ones empty for who may not see them; those no contract names left out."""
    known = {column.nom: column for column in product.colonnes}
    return ", ".join(
        f"null::{known[name].type} as {quote(name)}"
        if known[name].personnel and not perimetre.donnees_personnelles
        else quote(name)
        for name in published
        if name in known
    )


def _conditions(product: Product, perimetre: Perimetre, target: str, published: Container[str]) -> list[str]:
    """Return what a row must satisfy to be seen."""
    if perimetre.departements is None:
        return ["true"]
    seen = f"({', '.join(map(literal, (*perimetre.departements, WHOLE)))})"
    owners = [f"select {owner} from {target}.{mart}" for mart, owner in OWNERS if mart in published]
    conditions = {
        Restriction.COMMUN: "true",
        Restriction.NATIONAL: "false",
        Restriction.DEPARTEMENT: f"code_departement in {seen}",
        Restriction.CONVENTION: f"convention_id in (select convention_id from {target}.fct_convention)",
        Restriction.AGREMENT: f"agrement_id in (select agrement_id from {target}.fct_agrement)",
        Restriction.BAILLEUR: f"bailleur_id in ({' union all '.join(owners)})",
        Restriction.INDICATEUR: f"({_figures(seen, target)})",
    }
    return [conditions[restriction] for restriction in product.acces]


def _figures(seen: str, target: str) -> str:
    everywhere = ", ".join(map(literal, national_axes()))
    return (
        f"axe in ({everywhere}) or axe = 'departement' and modalite in {seen}"
        f" or axe = 'commune' and modalite in (select code_commune from {target}.dim_commune)"
        f" or axe = 'financement_departement' and split_part(modalite, ', ', 2) in {seen}"
    )


def national_axes() -> list[str]:
    """Return the axes whose values are those of no territory and of no owner: everybody may read the country's figures by them."""
    axes = {axis.axe: axis for axis in declared_axes()}
    return [axis.axe for axis in axes.values() if not _is_located(axis, axes)]


def _is_located(axis: Axis, axes: dict[str, Axis]) -> bool:
    return axis.colonne in LOCATED or (axis.parent is not None and _is_located(axes[axis.parent], axes))
