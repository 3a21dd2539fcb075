"""`parc diff`: what changed between two published runs, and why. Reads their marts only; never a lock."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any

import duckdb
from rich.console import Console
from rich.table import Column, Table

from dagster_project import french
from dagster_project.terminal import write_json
from data_contracts import words
from data_contracts.changement_sql import NATURE_RANK
from data_contracts.changements import comparaison, reference
from data_contracts.errors import BadInputError
from data_contracts.loader import products
from data_contracts.publication import PublishedRun, current_run, named_run
from data_contracts.rule_contract import Niveau

if TYPE_CHECKING:
    from collections.abc import Iterator

    from data_contracts.layout import Home

FORMAT = 1
"""Version of the JSON form."""
MART = "fct_changement"
SHOWN = 10
"""Départements, causes and changes shown on a screen."""


@dataclass(frozen=True)
class Answer:
    """What changed between two runs, in the table `changement` of a database of its own."""

    before: PublishedRun
    after: PublishedRun
    database: duckdb.DuckDBPyConnection

    @cached_property
    def counts(self) -> dict[tuple[str, str], int]:
        """How many changes of each nature have each cause."""
        found = self.database.execute(
            f"select nature, cause, count(*) from changement group by nature, cause order by {NATURE_RANK}, cause"
        )
        return {(nature, cause): count for nature, cause, count in found.fetchall()}

    @cached_property
    def reasons(self) -> list[tuple[str, str, int]]:
        """Each cause with its sentence and how many changes it explains, the most important first."""
        return self.database.execute(
            "select cause, cause_detail, count(*) from changement group by all order by count(*) desc, cause, cause_detail"
        ).fetchall()

    @cached_property
    def places(self) -> list[tuple[str | None, int]]:
        """How many changes each département has, the most concerned first."""
        return self.database.execute(
            "select code_departement, count(*) from changement group by all order by count(*) desc, code_departement"
        ).fetchall()

    def changes(self, limit: int | None = None) -> list[dict[str, Any]]:
        """Return the changes as the mart has them, agreements first; no more than `limit` when it is given."""
        names = [column.nom for column in products()[MART].colonnes]
        found = self.database.execute(
            f"select {', '.join(names)} from changement order by {NATURE_RANK}, convention_id, champ, regle_id, changement_id"
            + (f" limit {limit}" if limit is not None else "")
        )
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def run(home: Home, before: str | None, after: str | None, *, as_json: bool) -> None:
    """Say what changed from a run to another. Raises BadInputError when one is unknown, or when there is nothing to compare."""
    console = Console(highlight=False)
    with duckdb.connect() as database:
        database.execute("set enable_progress_bar = false")
        answer = compare(database, *chosen(home, before, after))
        if as_json:
            write_json(record(answer))
            return
        for part in parts(answer):
            console.print(part, markup=False, soft_wrap=isinstance(part, str))


def chosen(home: Home, before: str | None, after: str | None) -> tuple[PublishedRun, PublishedRun]:
    """Return the two runs asked for, the older first whatever their order."""
    current = current_run(home)
    last = current if after is None else named_run(home, after)
    first = reference.baseline_of(last) if before is None else named_run(home, before)
    if first is None:
        raise BadInputError(
            f"Aucune publication ne précède {last.run_id} avec d'autres entrées, il n'y a rien à lui comparer : "
            "« parc diff RUN_A RUN_B » en compare deux autres."
        )
    pair = sorted((first, last), key=lambda one: one.run_id)
    for one in pair:
        if not reference.is_comparable(one.manifest):
            raise BadInputError(
                f"La publication {one.run_id} ne dit pas de quelles règles elle vient : en comparer de plus récentes."
            )
    return pair[0], pair[1]


def compare(database: duckdb.DuckDBPyConnection, before: PublishedRun, after: PublishedRun) -> Answer:
    """Compare two runs in an empty database."""
    comparaison.changes(database, before, after)
    return Answer(before, after, database)


def record(answer: Answer) -> dict[str, Any]:
    """Return the stable JSON form, described in docs/exploitation.md."""
    return {
        "format": FORMAT,
        "avant": _run_record(answer.before),
        "apres": _run_record(answer.after),
        "causes": [{"cause": cause, "cause_detail": detail, "nb": count} for cause, detail, count in answer.reasons],
        "comptes": [{"nature": nature, "cause": cause, "nb": count} for (nature, cause), count in answer.counts.items()],
        "departements": [{"code_departement": place, "nb": count} for place, count in answer.places],
        "changements": answer.changes(),
    }


def parts(answer: Answer) -> Iterator[str | Table]:
    """Give what a person reads, on one screen."""
    yield f"Avant : {_run_line(answer.before)}"
    yield f"Après : {_run_line(answer.after)}"
    if not answer.counts:
        yield "Rien n'a changé."
        return
    yield _table(answer.counts)
    yield "Causes :"
    for _, detail, count in answer.reasons[:SHOWN]:
        yield f"  {detail} : {french.count(count, 'changement')}"
    yield from _rest(len(answer.reasons), "autre cause", "autres causes")
    places = (f"{place or 'sans département'} ({french.number(count)})" for place, count in answer.places[:SHOWN])
    yield f"Départements les plus concernés : {', '.join(places)}"
    yield "Premiers changements :"
    for change in answer.changes(SHOWN):
        yield f"  {_change_line(change)}"
    yield from _rest(sum(answer.counts.values()), "autre changement", "autres changements")


def _rest(total: int, singular: str, plural: str) -> Iterator[str]:
    if total > SHOWN:
        yield f"  … et {french.count(total - SHOWN, singular, plural)} : « parc diff --json » les donne."


def _run_record(run: PublishedRun) -> dict[str, Any]:
    manifest = run.manifest
    return {
        "run_id": run.run_id,
        "publie_le": manifest["publie_le"],
        "date_reference": manifest["date_reference"],
        "version_code": manifest["version_code"],
        "livraisons": [
            {"source": given["source"], "livraison_id": given["livraison_id"], "recue_le": given["recue_le"]}
            for given in manifest["livraisons"]
        ],
    }


def _run_line(run: PublishedRun) -> str:
    given = (
        f"{words.SOURCES.get(delivery['source'], delivery['source'])} du {datetime.fromisoformat(delivery['recue_le']):%d/%m/%Y}"
        for delivery in run.manifest["livraisons"]
    )
    published = french.local_moment(run.published_at)
    return f"{run.run_id}, publiée le {published}, date de référence {run.reference_date:%d/%m/%Y} ; {', '.join(given)}"


def _table(counts: dict[tuple[str, str], int]) -> Table:
    """How many changes of each nature have each cause; a cause that explains nothing has no column."""
    causes = [cause for cause in words.CAUSES if any(found == cause for _, found in counts)]
    table = Table(
        "Ce qui a changé",
        *(Column(words.CAUSES[cause], justify="right") for cause in (*causes,)),
        Column("ensemble", justify="right"),
    )
    totals = Counter[str]()
    for (nature, _), count in counts.items():
        totals[nature] += count
    for nature, total in totals.items():
        table.add_row(
            words.CHANGES[nature], *(french.number(counts.get((nature, cause), 0)) for cause in causes), french.number(total)
        )
    return table


def _change_line(change: dict[str, Any]) -> str:
    words_of = words.CHANGES[change["nature"]]
    where = f"{change['numero'] or 'sans numéro'} ({change['convention_id']})" if change["convention_id"] else change["objet_id"]
    if change["champ"]:
        return f"{where}, {change['libelle_champ']} : {french.value(change['avant'])} → {french.value(change['apres'])}"
    if change["regle_id"]:
        severity = words.SEVERITIES[Niveau(change["severite"])][0]
        return f"{where}, {words_of} : {change['regle_id']} ({severity}) sur {change['objet_id']}"
    return f"{where}, {words_of}"
