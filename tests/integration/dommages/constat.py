"""What really becomes of a delivery: imported for real, then measured with the very queries that Great Expectations executes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from dagster_project.checks.suites import delivery_suites
from data_contracts.clauses import literal
from data_contracts.delivery import LINE_COLUMN, Delivery, quarantine_path, table_path
from data_contracts.errors import BadInputError
from data_contracts.layout import Home
from data_contracts.loader import source_tables
from ingest.importer import ImportReport, import_delivery
from tests.integration.dommages.dommages import Issue

SOUND, DAMAGED = datetime(2026, 11, 1, tzinfo=UTC), datetime(2026, 11, 2, tzinfo=UTC)


@dataclass(frozen=True)
class Constat:
    """What became of a damaged delivery, and the French sentences that say it."""

    issue: Issue
    phrases: tuple[str, ...]


@dataclass(frozen=True)
class Saine:
    """A home that holds a sound delivery, and what is said of it: what a damaged one is compared with."""

    home: Home
    delivery: Delivery
    phrases: frozenset[str]


def recue(home: Home, source: str, origin: Path) -> Saine:
    """Import a sound delivery."""
    report = import_delivery(home, source, origin, now=SOUND)
    return Saine(home, report.delivery, frozenset((*report.avertissements, *_quarantaine(home, report), *_alertes(home, report))))


def abimee(saine: Saine, origin: Path) -> Constat:
    """Import a damaged delivery after the sound one, and say what became of it."""
    home, source = saine.home, saine.delivery.source
    try:
        report = import_delivery(home, source, origin, now=DAMAGED)
    except BadInputError as refusal:
        return Constat(Issue.REFUSEE, (str(refusal),))
    quarantined = _new(saine, _quarantaine(home, report))
    told = _new(saine, (*report.avertissements, *_alertes(home, report)))
    if quarantined:
        return Constat(Issue.QUARANTAINE, (*quarantined, *told))
    if told:
        return Constat(Issue.SIGNALEE, told)
    assert _rows(home, saine.delivery) == _rows(home, report.delivery), "changed rows were accepted without a word"
    return Constat(Issue.SANS_PERTE, ())


def _new(saine: Saine, phrases: Iterator[str] | tuple[str, ...]) -> tuple[str, ...]:
    return tuple(phrase for phrase in phrases if phrase not in saine.phrases)


def _quarantaine(home: Home, report: ImportReport) -> Iterator[str]:
    with duckdb.connect() as connection:
        for table in report.delivery.tables:
            path = quarantine_path(home, report.delivery, table.table)
            if path.exists():
                query = f"select motif, count(*) from read_parquet({literal(str(path))}) group by all order by 1"
                for motif, count in connection.execute(query).fetchall():
                    yield f"{table.table} : en quarantaine, {motif} ({count})"


def _alertes(home: Home, report: ImportReport) -> Iterator[str]:
    delivery = report.delivery
    with duckdb.connect() as connection:
        for suite in delivery_suites(home, delivery, source_tables(delivery.source)):
            ((broken,),) = connection.execute(suite.rules_query).fetchall()
            for rank, rule in enumerate(suite.rules):
                if rank in broken:
                    yield f"{suite.objet} : {rule.gravite}, {rule.message} ({broken[rank]['nb']})"


def _rows(home: Home, delivery: Delivery) -> dict[str, list[tuple[object, ...]]]:
    """Return every landed row, without the line it came from."""
    with duckdb.connect() as connection:
        return {
            table.table: connection.execute(
                f"select * exclude ({LINE_COLUMN}) from read_parquet({literal(str(table_path(home, delivery, table.table)))})"
            ).fetchall()
            for table in delivery.tables
        }
