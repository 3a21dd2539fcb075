"""Turns received text into typed columns, by the contract: what can't be read for certain becomes null, and its text is kept.

Everything is SQL over a relation of text columns; nothing here runs it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from data_contracts.clauses import literal, quote
from data_contracts.delivery import LINE_COLUMN, UNREADABLE_COLUMN
from data_contracts.source_contract import DUCKDB_TYPES, Column, ColumnType

INTEGER = "[+-]?[0-9]{1,19}"
NUMBER = r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?"
SPACE = "[ \u00a0\u202f]"
FRENCH_INTEGER = f"[+-]?[0-9]{{1,3}}({SPACE}?[0-9]{{3}}){{0,5}}"
FRENCH_NUMBER = f"{FRENCH_INTEGER}(,[0-9]+)?"
"""Thousands set apart by any space or by none, and a decimal comma: a point could be either, so it is not read."""
DATE = r"(19|[2-9][0-9])[0-9]{2}-[0-9]{2}-[0-9]{2}( 00:00:00(\.0+)?)?"
"""A day from 1900-01-01 to 9999-12-31; a midnight is what exports make of a day."""
INSTANT = (
    r"(19|[2-9][0-9])[0-9]{2}-[0-9]{2}-[0-9]{2}[ T][0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?"
    r"(Z|[+-][0-9]{2}(:?[0-9]{2}(:[0-9]{2})?)?)"
)
"""An instant of the same years. Without its offset it could be any of several: it is not read."""
EARLIEST_MS = -2_208_988_800_000
LATEST_MS = 253_402_300_799_999
"""The same years, in milliseconds since 1970-01-01 UTC."""


@dataclass(frozen=True)
class Reading:
    """How values of one type are read. Each is SQL where `{}` stands for the text."""

    value: str
    """The typed value, null when the text is not readable."""
    unreadable: str = "{} is not null"
    """Tells, of a text whose typed value is null, whether it could not be read."""
    plausible: str = "false"
    """Tells, of an unreadable text, whether it still belongs to a column of this type: infinity is no day, yet it is a date."""


def _matches(pattern: str) -> str:
    return f"regexp_full_match({{}}, {literal(pattern.replace('{', '{{').replace('}', '}}'))})"


FRENCH_DIGITS = f"replace(regexp_replace({{}}, '{SPACE}', '', 'g'), ',', '.')"

READINGS = {
    ColumnType.ENTIER: Reading(
        value=f"case when {_matches(INTEGER)} then try_cast({{}} as bigint) end",
        plausible=_matches("[+-]?[0-9]+"),
    ),
    ColumnType.REEL: Reading(
        value=f"case when {_matches(NUMBER)} and isfinite(try_cast({{}} as double)) then try_cast({{}} as double) end",
        plausible=_matches(f"{NUMBER}|NaN|[+-]?Infinity"),
    ),
    ColumnType.ENTIER_FR: Reading(
        value=f"case when {_matches(FRENCH_INTEGER)} then try_cast({FRENCH_DIGITS} as bigint) end",
        plausible=_matches(FRENCH_NUMBER),
    ),
    ColumnType.REEL_FR: Reading(
        value=f"case when {_matches(FRENCH_NUMBER)} then try_cast({FRENCH_DIGITS} as double) end",
        plausible=_matches(f"({SPACE}|[0-9.,])+"),
    ),
    ColumnType.DATE: Reading(
        value=f"case when {_matches(DATE)} then try_cast({{}} as date) end",
        plausible=_matches("[0-9]{4,}-[0-9]{2}-[0-9]{2}( BC)?|-?infinity"),
    ),
    ColumnType.BOOLEEN: Reading(
        value="case when {} in ('t', 'true', '1') then true when {} in ('f', 'false', '0') then false end",
    ),
    ColumnType.HORODATAGE_MS: Reading(
        value=(
            f"case when {_matches(INTEGER)} and try_cast({{}} as bigint) between {EARLIEST_MS} and {LATEST_MS} "
            "then epoch_ms(nullif({}::bigint, 0)) end"
        ),
        unreadable=f"{{}} is not null and not {_matches('[+-]?0+')}",
        plausible=_matches("[+-]?[0-9]+"),
    ),
    ColumnType.HORODATAGE_TZ: Reading(
        value=f"case when {_matches(INSTANT)} then try_cast({{}} as timestamptz) at time zone 'UTC' end",
        plausible=_matches("[0-9]{4,}-[0-9]{2}-[0-9]{2}([ T].*)?|-?infinity"),
    ),
}
"""How each type is read; a column of text is taken as it is."""


def typed(columns: Sequence[Column], relation: str) -> str:
    """Return the query of the landed rows: the columns typed, in order, then `_ligne` and `_illisible`.

    `relation` has the same columns as text, and `_ligne`.
    """
    read = [column for column in columns if column.type in READINGS]
    texts = {column.nom: f"_texte_{rank}" for rank, column in enumerate(read)}
    inner = [
        *(f"{quote(name)} as {text}" for name, text in texts.items()),
        *(f"{_value(column)} as {quote(column.nom)}" for column in columns),
        LINE_COLUMN,
    ]
    outer = [*(quote(column.nom) for column in columns), LINE_COLUMN, f"{_unreadable_json(read, texts)} as {UNREADABLE_COLUMN}"]
    return f"select {', '.join(outer)} from (select {', '.join(inner)} from {relation})"


def is_unreadable(column: Column) -> str:
    """Return the condition, on a text column, under which its value is not readable."""
    reading = READINGS[column.type]
    name = quote(column.nom)
    return f"(({_fill(reading.value, name)}) is null and {_fill(reading.unreadable, name)})"


def is_foreign(column: Column) -> str:
    """Return the condition under which a value could not come from a column of this type at all."""
    return f"({is_unreadable(column)} and not {_fill(READINGS[column.type].plausible, quote(column.nom))})"


def _value(column: Column) -> str:
    name = quote(column.nom)
    return _fill(READINGS[column.type].value, name) if column.type in READINGS else f"{name}::{DUCKDB_TYPES[column.type]}"


def _unreadable_json(columns: Sequence[Column], texts: dict[str, str]) -> str:
    """Return the JSON of the texts that could not be read. It is built for the rows that have one only."""
    if not columns:
        return "null::varchar"
    bad = {column.nom: _is_bad(column, texts[column.nom]) for column in columns}
    entries = ", ".join(
        f"{{'nom': {literal(name)}, 'texte': case when {test} then {texts[name]} end}}" for name, test in bad.items()
    )
    kept = f"list_filter([{entries}], lambda _entree: _entree.texte is not null)"
    return f"case when {' or '.join(bad.values())} then to_json(map_from_entries({kept}))::varchar end"


def _is_bad(column: Column, text: str) -> str:
    return f"({quote(column.nom)} is null and {_fill(READINGS[column.type].unreadable, text)})"


def _fill(template: str, expression: str) -> str:
    return template.format(*[expression] * template.count("{}"))
