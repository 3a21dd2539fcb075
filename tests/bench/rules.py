"""Measures what judging costs: every rule on its view, one more rule, the score, and the evidence of the findings. Prints JSON.

Builds the views that rules read from the deliveries of PARC_HOME, in a folder of its own, then times the queries alone.
"""

from __future__ import annotations

import json
import statistics
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import duckdb

from dagster_project import dbt_runner
from dagster_project.landing import deliveries_to_read
from dagster_project.preparation import prepare
from dagster_project.project import Project
from dagster_project.threads import threads
from data_contracts import decision_register
from data_contracts.layout import Home

REPETITIONS = 5
MILLISECONDS = 1000
SCORE = frozenset({"model.parc.poids_applicable", "model.parc.objet_applicable", "model.parc.score_convention"})
"""The models of the quality score."""

Rule = tuple[str, str]
"""The grain of a rule, and its query over `vue`."""


def queries(rules: Sequence[Rule]) -> Mapping[str, str]:
    """Return the query of each grain, as the models write it."""
    selects: dict[str, list[str]] = defaultdict(list)
    for grain, query in rules:
        selects[grain].append(query)
    return {
        grain: f"with vue as not materialized (select * from regles.vue_{grain}) " + " union all ".join(found)
        for grain, found in sorted(selects.items())
    }


def judge(connection: duckdb.DuckDBPyConnection, rules: Sequence[Rule]) -> float:
    """Judge by these rules into temporary tables and return the seconds it takes."""
    asked = queries(rules)
    durations = []
    for _ in range(REPETITIONS):
        start = time.perf_counter()
        for grain, query in asked.items():
            connection.execute(f"create or replace temp table juge_{grain} as {query}")
        durations.append(time.perf_counter() - start)
    return statistics.median(durations)


def main() -> None:
    """Build, judge, print."""
    home, project = Home.from_environment(), Project()
    with tempfile.TemporaryDirectory(prefix="parc-bench-regles-") as folder:
        database = Path(folder) / dbt_runner.DATABASE_NAME
        prepare(home, project, database, date(2026, 11, 1), deliveries_to_read(home), decided=decision_register.read(home))
        outcomes = dbt_runner.build(dbt_runner.parse(project.dbt, home.cache), project.dbt, database, threads())
        with duckdb.connect(str(database), config={"threads": threads()}) as connection:
            rules = connection.execute("select grain, requete from meta.regle where est_evaluee order by regle_id").fetchall()
            half = rules[::2]
            durations = {len(some): judge(connection, some) for some in (rules[:1], half, rules)}
            found = connection.execute(
                "select count(*), sum(length(preuve::varchar)), coalesce(max(length(preuve::varchar)), 0) from marts.fct_anomalie"
            ).fetchone()
    assert found is not None
    measured = {
        "rules": len(rules),
        "one rule, s": durations[1],
        "half of the rules, s": durations[len(half)],
        "all rules, s": durations[len(rules)],
        "one more rule, ms": (durations[len(rules)] - durations[len(half)]) / (len(rules) - len(half)) * MILLISECONDS,
        "score, s": sum(outcome.seconds for outcome in outcomes if outcome.unique_id in SCORE),
        "findings": found[0],
        "evidence, MiB": (found[1] or 0) / 2**20,
        "evidence of one finding, bytes": found[2],
    }
    json.dump(measured, sys.stdout)


if __name__ == "__main__":
    main()
