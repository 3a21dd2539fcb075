"""Lets Great Expectations read DuckDB, which its 1.x versions don't list among their SQL dialects.

Its SQL engine closes the connection before it fetches the rows, unless the dialect is in a private list of those whose
connection persists. A member equal to 'duckdb' is added to that list: nothing else is changed. The day Great Expectations
renames the list or learns DuckDB by itself, `enable` says so.
"""

from __future__ import annotations

from enum import Enum

from great_expectations.execution_engine import sqlalchemy_execution_engine as engine

PERSISTED = "_PERSISTED_CONNECTION_DIALECTS"


class Dialect(str, Enum):  # noqa: UP042 - compared with the dialect's name, a plain text, and asked for its `value`
    """The dialect as Great Expectations' own enumeration would name it."""

    DUCKDB = "duckdb"


def enable() -> None:
    """Add DuckDB to the dialects whose connection persists. Calling it again changes nothing.

    Raises RuntimeError when the list is not where version 1.24 keeps it.
    """
    known = getattr(engine, PERSISTED, None)
    if not isinstance(known, tuple) or not all(isinstance(member, Enum) for member in known):
        raise RuntimeError(f"great_expectations no longer has the tuple {engine.__name__}.{PERSISTED}: see {__name__}")
    if Dialect.DUCKDB not in known:
        setattr(engine, PERSISTED, (*known, Dialect.DUCKDB))
