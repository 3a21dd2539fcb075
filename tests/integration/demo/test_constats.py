"""The findings published against those that the demo's oracle tells from the facts, rule by rule."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import duckdb

    from tests.integration.demo.conftest import PublishedDemo

Finding = tuple[str, str, str, str]
"""Rule, severity, kind of object, id of the object."""
PUBLISHED = "select regle_id, severite, objet_type, objet_id from fct_anomalie where etat = 'ouverte'"


class Score(NamedTuple):
    """What a rule found against what it should: exactly, too many and too few."""

    right: set[Finding]
    extra: set[Finding]
    missed: set[Finding]

    @property
    def precision(self) -> float:
        """Share of what was found that is right; nothing found is right."""
        return len(self.right) / (len(self.right) + len(self.extra) or 1) if self.extra else 1.0

    @property
    def recall(self) -> float:
        """Share of what was to be found that was found."""
        return len(self.right) / (len(self.right) + len(self.missed) or 1) if self.missed else 1.0


def test_each_rule_finds_all_it_must_and_nothing_else(demo: PublishedDemo) -> None:
    scores = scored(published(demo.marts), [tuple(finding) for finding in demo.truth["constats"]], demo.truth["regles"])

    print(f"\n{'règle':9}{'constats':>9}{'précision':>11}{'rappel':>8}")  # noqa: T201 - pytest -s shows it
    for rule, score in scores.items():
        count = len(score.right) + len(score.missed)
        print(f"{rule:9}{count:9}{score.precision:11.3f}{score.recall:8.3f}")  # noqa: T201 - same reason

    wrong = {
        rule: {"en trop": sorted(score.extra)[:5], "manqués": sorted(score.missed)[:5]}
        for rule, score in scores.items()
        if score.extra or score.missed
    }
    assert wrong == {}


def test_each_planted_case_is_found_and_each_near_miss_is_not(demo: PublishedDemo) -> None:
    found = {(rule, identifier) for rule, _, _, identifier in published(demo.marts)}
    cases = demo.truth["cas"]

    assert cases
    assert [case for case in cases if ((case["regle"], case["objet"]) in found) is not case["attendu"]] == []


def test_without_planted_case_nothing_is_against_the_rules(regulatory_demo: PublishedDemo) -> None:
    serious = [finding for finding in published(regulatory_demo.marts) if finding[1] in {"non_reglementaire", "anomalie"}]
    scores = scored(
        published(regulatory_demo.marts),
        [tuple(finding) for finding in regulatory_demo.truth["constats"]],
        regulatory_demo.truth["regles"],
    )

    assert serious == []
    assert {rule: score for rule, score in scores.items() if score.extra or score.missed} == {}


def published(marts: duckdb.DuckDBPyConnection) -> list[Finding]:
    return marts.execute(PUBLISHED).fetchall()


def scored(found: list[Finding], expected: list[Finding], rules: dict[str, int]) -> dict[str, Score]:
    """Return the score of every rule that the truth knows, and of any other that found something."""
    by_rule: dict[str, tuple[set[Finding], set[Finding]]] = defaultdict(lambda: (set(), set()))
    for side, findings in enumerate((found, expected)):
        for finding in findings:
            by_rule[finding[0]][side].add(finding)
    return {
        rule: Score(by_rule[rule][0] & by_rule[rule][1], by_rule[rule][0] - by_rule[rule][1], by_rule[rule][1] - by_rule[rule][0])
        for rule in sorted({*rules, *by_rule})
    }
