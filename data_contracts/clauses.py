"""The clauses of a source contract, written once as SQL: the quarantine and the Great Expectations suites both read them.

A clause is broken by a typed row when its `violation` is true. Violations may read the row's own columns and the window
functions over the table; other tables of the source are reached by name through the `reference` function given by the caller.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from data_contracts.personal_content import looks_personal
from data_contracts.source_contract import DAYS, NUMBERS, RECEPTION, Column, ColumnType, Severity, SourceTable
from data_contracts.words import number, value

REACH = 100_000_000
"""Measures from here on fit in no DECIMAL of the models: staging makes them null rather than stop the run."""

DAMAGED_TEXT = "\ufffd|[\x01-\x08\x0b\x0c\x0e-\x1f]|Ã[^A-Za-zÀ-ÿ]|Â[\u0080-\u00bf]|â€"
"""What a text shows that was decoded as what it is not: « Ã© » for « é », « â€™ » for « ’ », the replacement character; or a
control character. NUL, which no pattern may hold, is looked for apart."""


@dataclass(frozen=True)
class Clause:
    """One thing that each row of a table must respect.

    `violation` is a DuckDB boolean expression over the typed row, never null. It may use `row_number()`; wrap it in a
    subquery before filtering on it.
    """

    identifiant: str
    gravite: Severity
    colonnes: tuple[str, ...]
    violation: str
    message: str
    est_fenetree: bool = False


def quote(name: str) -> str:
    """Quote a DuckDB identifier."""
    return '"' + name.replace('"', '""') + '"'


def literal(value: str) -> str:
    """Quote a DuckDB text literal."""
    return "'" + value.replace("'", "''") + "'"


def file_literal(path: Path) -> str:
    """Quote the path of one file, whose name may hold what DuckDB takes for a pattern: it would read others with it, or instead."""
    return literal(re.sub(r"[*?\[]", r"[\g<0>]", str(path)))


def clauses(
    contract: SourceTable, reference: Callable[[str], str | None], received: date, order: str = "_ligne"
) -> tuple[Clause, ...]:
    """Return every clause of a contract, keys first.

    `received` is the day the delivery was received, after which some dates make no sense; `reference(table)` gives the SQL name of
    another table of the source, or None when the delivery came without it (its keys are then not checked); `order` is the column
    that decides which of two rows with one key is kept (the first).
    """
    return (
        *_primary_key(contract, order),
        *_mandatory(contract),
        *_value_lists(contract),
        *_unique_keys(contract, order),
        *_foreign_keys(contract, reference),
        *_bounds(contract, received),
        *_reach(contract),
        *_damaged_text(contract),
        *_conditions(contract),
        *_personal_content(contract),
    )


def _primary_key(contract: SourceTable, order: str) -> tuple[Clause, ...]:
    key = contract.cle_primaire
    missing = " or ".join(f"{quote(name)} is null" for name in key)
    label = ", ".join(key)
    return (
        Clause("cle_primaire_absente", Severity.BLOQUANTE, key, f"({missing})", f"clé {label} absente ou illisible"),
        Clause(
            "cle_primaire_en_double",
            Severity.BLOQUANTE,
            key,
            f"(not ({missing}) and {_rank(key, order)} > 1)",
            f"clé {label} déjà portée par une ligne précédente",
            est_fenetree=True,
        ),
    )


def _mandatory(contract: SourceTable) -> tuple[Clause, ...]:
    return tuple(
        Clause(
            f"obligatoire_{column.nom}",
            column.obligatoire,
            (column.nom,),
            f"({quote(column.nom)} is null)",
            f"{column.nom} absent ou illisible",
        )
        for column in contract.landed_columns
        if column.obligatoire is not None
    )


def _value_lists(contract: SourceTable) -> tuple[Clause, ...]:
    return tuple(
        Clause(
            f"valeurs_{column.nom}",
            column.gravite_valeurs,
            (column.nom,),
            f"coalesce({quote(column.nom)}::varchar not in ({', '.join(map(literal, column.valeurs))}), false)",
            f"{column.nom} hors de la liste {', '.join(column.valeurs)}",
        )
        for column in contract.landed_columns
        if column.valeurs
    )


def _unique_keys(contract: SourceTable, order: str) -> tuple[Clause, ...]:
    found = []
    for unique in contract.unicites:
        complete = " and ".join(f"{quote(name)} is not null" for name in unique.colonnes)
        label = ", ".join(unique.colonnes)
        found.append(
            Clause(
                f"unicite_{'_'.join(unique.colonnes)}",
                unique.gravite,
                unique.colonnes,
                f"({complete} and {_rank(unique.colonnes, order)} > 1)",
                f"{label} déjà portés par une ligne précédente",
                est_fenetree=True,
            )
        )
    return tuple(found)


def _foreign_keys(contract: SourceTable, reference: Callable[[str], str | None]) -> tuple[Clause, ...]:
    found = []
    for column in contract.landed_columns:
        if column.reference is None:
            continue
        target = reference(column.reference.table)
        if target is None:
            continue
        restriction = f" and ({column.reference.si})" if column.reference.si else ""
        known_column = quote(column.reference.colonne)
        known = f"select {known_column} from {target} where {known_column} is not null{restriction}"
        found.append(
            Clause(
                f"reference_{column.nom}",
                column.reference.gravite,
                (column.nom,),
                f"({quote(column.nom)} is not null and {quote(column.nom)} not in ({known}))",
                f"{column.nom} ne désigne aucune ligne de {column.reference.table}",
            )
        )
    return tuple(found)


def _bounds(contract: SourceTable, received: date) -> tuple[Clause, ...]:
    found = []
    for column in contract.landed_columns:
        least, most = column.minimum, received if column.maximum == RECEPTION else column.maximum
        value = f"{quote(column.nom)}::date" if column.type in DAYS else quote(column.nom)
        outside = [f"{value} {sign} {_bound(bound)}" for sign, bound in (("<", least), (">", most)) if bound is not None]
        if outside:
            violation = f"coalesce({' or '.join(outside)}, false)"
            found.append(
                Clause(f"bornes_{column.nom}", column.gravite_bornes, (column.nom,), violation, _outside(column, least, most))
            )
    return tuple(found)


Bound = float | date | str
"""A number or a day; a text never, once the day of reception is known."""


def _bound(bound: Bound) -> str:
    return f"date '{bound}'" if isinstance(bound, date) else str(bound)


def _outside(column: Column, least: Bound | None, most: Bound | None) -> str:
    if column.type not in DAYS:
        limits = [f"au moins {value(least)}" if least is not None else "", f"au plus {value(most)}" if most is not None else ""]
    else:
        day = " (jour de la réception)" if column.maximum == RECEPTION else ""
        limits = [f"au plus tôt le {least:%d/%m/%Y}" if least else "", f"au plus tard le {most:%d/%m/%Y}{day}" if most else ""]
    return f"{column.nom} hors de ses bornes : {', '.join(filter(None, limits))}"


def _reach(contract: SourceTable) -> tuple[Clause, ...]:
    keys = {*contract.cle_primaire, *(column.nom for column in contract.landed_columns if column.reference)}
    measures = tuple(
        column.nom
        for column in contract.landed_columns
        if column.type in NUMBERS and column.nom not in keys and not column.nom.endswith("id")
    )
    if not measures:
        return ()
    beyond = " or ".join(f"abs({quote(name)}) >= {REACH}" for name in measures)
    message = f"une mesure atteint {number(REACH)} : elle reste dans la table posée et les marts la laissent vide"
    return (Clause("mesure_demesuree", Severity.ALERTE, (), f"coalesce({beyond}, false)", message),)


def _damaged_text(contract: SourceTable) -> tuple[Clause, ...]:
    texts = tuple(column.nom for column in contract.landed_columns if column.type is ColumnType.TEXTE)
    if not texts:
        return ()
    whole = f"concat_ws(' ', {', '.join(map(quote, texts))})"
    violation = f"(regexp_matches({whole}, {literal(DAMAGED_TEXT)}) or contains({whole}, chr(0)))"
    message = "texte abîmé : accents mal décodés ou caractère de contrôle"
    return (Clause("texte_abime", Severity.ALERTE, (), violation, message),)


def _conditions(contract: SourceTable) -> tuple[Clause, ...]:
    return tuple(
        Clause(
            f"condition_{condition.nom}", condition.gravite, (), f"coalesce(not ({condition.condition}), false)", condition.message
        )
        for condition in contract.conditions
    )


def _personal_content(contract: SourceTable) -> tuple[Clause, ...]:
    return tuple(
        Clause(
            f"personnel_{column.nom}",
            Severity.ALERTE,
            (column.nom,),
            looks_personal(quote(column.nom)),
            f"{column.nom}, déclarée sans donnée personnelle, semble contenir un courriel, un téléphone, un NIR ou un IBAN",
        )
        for column in contract.landed_columns
        if column.type is ColumnType.TEXTE and column.personnel is None
    )


def _rank(columns: tuple[str, ...], order: str) -> str:
    return f"row_number() over (partition by {', '.join(map(quote, columns))} order by {quote(order)})"
