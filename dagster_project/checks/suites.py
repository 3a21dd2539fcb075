"""The Great Expectations suites, generated from the contracts: which relation is measured, what is expected of it, in which SQL.

Pure: nothing here reads data or imports Great Expectations. `measure.py` executes what this module describes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from dagster_project.checks.control import KEYS_SHOWN, ControlId, Family
from dagster_project.project import Project
from data_contracts.clauses import clauses, literal, quote
from data_contracts.delivery import LINE_COLUMN, UNREADABLE_COLUMN, Delivery, table_path
from data_contracts.layout import Home
from data_contracts.personal_content import looks_personal
from data_contracts.product_contract import Product, ProductColumn
from data_contracts.source_contract import DUCKDB_TYPES, ColumnType, Severity, SourceTable

Relation = Callable[[str], str | None]
"""Gives the SQL name of a delivered table, None for one the delivery lacks."""

COLUMNS = "colonnes"
ROWS = "nombre_de_lignes"


@dataclass(frozen=True)
class Rule:
    """One thing every row must respect: `violation` is a boolean SQL expression over the row, never null."""

    nom: str
    gravite: Severity
    violation: str
    message: str


@dataclass(frozen=True)
class Suite:
    """What is expected of one table."""

    famille: Family
    objet: str
    relation: str
    """SQL name of what is measured."""
    key: str
    """SQL text expression: the key of a row, shown when it breaks a rule."""
    order: str
    """SQL expression that decides which failing keys come first."""
    columns: tuple[str, ...]
    """Expected columns in order, each « name TYPE »."""
    rules: tuple[Rule, ...]
    rows: int | None = None
    """Expected number of rows, where it is known."""

    def identities(self) -> Iterator[ControlId]:
        """Give the controls that the suite must record."""
        yield ControlId(self.famille, self.objet, COLUMNS)
        if self.rows is not None:
            yield ControlId(self.famille, self.objet, ROWS)
        for rule in self.rules:
            yield ControlId(self.famille, self.objet, rule.nom)

    @property
    def columns_query(self) -> str:
        """SQL that gives one row, one column: the list of columns found, each « name TYPE »."""
        return f"select list(column_name || ' ' || column_type) from (describe select * from {self.relation})"

    @property
    def rules_query(self) -> str:
        """SQL that gives one row, one column: by rank of a rule that rows break, `nb`, how many, and `cles`, their first keys.

        Rows are sorted out by the rules they break before anything is counted: one aggregate a rule would make the planning of the
        query cost the square of their number.
        """
        flags = ", ".join(f"({rule.violation}) as r{i}" for i, rule in enumerate(self.rules))
        measured = f"select {self.key} as _cle, {self.order} as _ordre, {flags} from {self.relation}"
        any_broken = " or ".join(f"r{i}" for i in range(len(self.rules)))
        ranks = ", ".join(f"case when r{i} then {i} end" for i in range(len(self.rules)))
        broken = f"select _cle, _ordre, unnest([{ranks}]) as rang from ({measured}) where {any_broken}"
        first = f"list_transform(min(struct_pack(o := _ordre, c := _cle), {KEYS_SHOWN}), lambda x : x.c)"
        counted = f"select rang, count(*) as nb, {first} as cles from ({broken}) where rang is not null group by rang"
        return f"select coalesce(map(list(rang), list(struct_pack(nb := nb, cles := cles))), map([], [])) from ({counted})"


def source_suites(home: Home, project: Project, deliveries: Iterable[Delivery]) -> tuple[Suite, ...]:
    """Return the suites of every table of these deliveries."""
    return tuple(
        suite for delivery in deliveries for suite in delivery_suites(home, delivery, project.source_tables(delivery.source))
    )


def delivery_suites(home: Home, delivery: Delivery, contracts: Mapping[str, SourceTable]) -> tuple[Suite, ...]:
    """Return one suite a landed table, read from its Parquet file."""

    def relation(table: str) -> str | None:
        return f"read_parquet({literal(str(table_path(home, delivery, table)))})" if delivery.table(table) else None

    return tuple(
        source_suite(contracts[landed.table], relation, landed.nb_poses, delivery.jour_de_reception)
        for landed in delivery.tables
        if landed.table in contracts
    )


def source_suite(contract: SourceTable, relation: Relation, rows: int, received: date) -> Suite:
    """Return the suite of a landed table: its columns, its rows, and each clause of its contract on the day it was received."""
    found = relation(contract.table)
    if found is None:
        raise ValueError(f"{contract.source}.{contract.table} was not delivered")
    columns = [f"{column.nom} {DUCKDB_TYPES[column.type]}" for column in contract.landed_columns]
    return Suite(
        famille=Family.CONTRAT_SOURCE,
        objet=f"{contract.source}.{contract.table}",
        relation=found,
        key=f"coalesce({_shown_key(contract)}, 'ligne ' || {LINE_COLUMN})",
        order=LINE_COLUMN,
        columns=(*columns, f"{LINE_COLUMN} BIGINT", f"{UNREADABLE_COLUMN} VARCHAR"),
        rules=tuple(
            Rule(clause.identifiant, clause.gravite, clause.violation, clause.message)
            for clause in clauses(contract, relation, received)
        ),
        rows=rows,
    )


def product_suites(products: Iterable[Product], schema: str = "marts") -> tuple[Suite, ...]:
    """Return one suite a mart, read from the schema of the build database."""
    return tuple(product_suite(product, schema) for product in products)


def product_suite(product: Product, schema: str = "marts") -> Suite:
    """Return the suite of a mart: its columns and types, its key, and what each column promises. Everything blocks."""
    key = _joined(product.cle_primaire)
    return Suite(
        famille=Family.CONTRAT_PRODUIT,
        objet=f"{schema}.{product.mart}",
        relation=f"{schema}.{quote(product.mart)}",
        key=f"coalesce({key}, 'clé absente')",
        order=f"coalesce({key}, '')",
        columns=tuple(f"{column.nom} {column.type.upper()}" for column in product.colonnes),
        rules=tuple(_product_rules(product, schema)),
    )


def _product_rules(product: Product, schema: str) -> Iterator[Rule]:
    key = product.cle_primaire
    label = ", ".join(key)
    missing = " or ".join(f"{quote(name)} is null" for name in key)
    yield _blocking("cle_primaire_absente", f"({missing})", f"clé {label} absente")
    yield _blocking("cle_primaire_en_double", _repeated(product.mart, key, schema), f"clé {label} portée par plusieurs lignes")
    for column in product.colonnes:
        yield from _column_rules(column, schema)


def _column_rules(column: ProductColumn, schema: str) -> Iterator[Rule]:
    name = quote(column.nom)
    if column.obligatoire:
        yield _blocking(f"obligatoire_{column.nom}", f"({name} is null)", f"{column.nom} absent")
    if column.valeurs:
        known = ", ".join(map(literal, column.valeurs))
        values = f"{name}::varchar[]" if column.type.endswith("[]") else f"[{name}::varchar]"
        violation = f"({name} is not null and not list_has_all([{known}], {values}))"
        yield _blocking(f"valeurs_{column.nom}", violation, f"{column.nom} hors de la liste {', '.join(column.valeurs)}")
    if column.reference:
        mart, _, target = column.reference.partition(".")
        known = f"select {quote(target)} from {schema}.{quote(mart)} where {quote(target)} is not null"
        violation = f"({name} is not null and {name} not in ({known}))"
        yield _blocking(f"reference_{column.nom}", violation, f"{column.nom} ne désigne aucune ligne de {mart}")


def _blocking(nom: str, violation: str, message: str) -> Rule:
    return Rule(nom, Severity.BLOQUANTE, violation, message)


def _repeated(mart: str, key: tuple[str, ...], schema: str) -> str:
    """Violation « this key is on several rows », by a hash aggregate: a window would sort the whole mart."""
    columns = ", ".join(map(quote, key))
    repeated = f"select {columns} from {schema}.{quote(mart)} group by all having count(*) > 1"
    return f"coalesce(({columns}) in ({repeated}), false)"


def _shown_key(contract: SourceTable) -> str:
    """The key of a row, null where one of its texts seems to tell a person: a report shows keys, never such a value."""
    key = _joined(contract.cle_primaire)
    texts = [name for name in contract.cle_primaire if contract.column(name).type is ColumnType.TEXTE]
    suspect = " or ".join(looks_personal(quote(name)) for name in texts)
    return f"case when not ({suspect}) then {key} end" if texts else key


def _joined(key: tuple[str, ...]) -> str:
    return " || '|' || ".join(f"{quote(name)}::varchar" for name in key)
