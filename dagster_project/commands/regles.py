"""`parc regles`: the catalogue of rules as it is written, or one rule with its law, its thresholds and its examples."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.table import Column, Table

from dagster_project import french, rules
from dagster_project.terminal import say, write_json
from data_contracts import words
from data_contracts.errors import BadInputError
from data_contracts.rule_contract import Etat, Example, Parameter, Rule, SeverityCase
from data_contracts.rule_loader import Catalogue, catalogue
from data_contracts.rule_sql import cited

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

FORMAT = 1
"""Version of the JSON form."""


def run(name: str | None, *, as_json: bool) -> None:
    """Show the catalogue, or the rule called `name`. Raises BadInputError for a rule that does not exist."""
    found = catalogue().as_received()
    chosen = list(found.rules.values()) if name is None else [_rule(found, name)]
    console = Console(highlight=False)
    if as_json:
        write_json({"format": FORMAT, "regles": [record(found, rule) for rule in chosen]})
    elif name is None:
        console.print(_table(chosen))
        console.print(_counts(chosen))
        console.print(f"{french.count(len(chosen), 'règle')} ; le détail d'une règle : « parc regles DUR-003 ».", markup=False)
    else:
        say(lines(found, chosen[0]), console)


def record(found: Catalogue, rule: Rule) -> dict[str, Any]:
    """Return the stable JSON form of a rule, described in docs/exploitation.md."""
    content = rule.model_dump(mode="json", exclude={"references", "etat", "severite"})
    return content | {
        "famille": rule.famille,
        "etat": rule.etat.value,
        "severite": [case.model_dump(mode="json", exclude_none=True) for case in rule.severite],
        "references": [cited(reference, found.documents) for reference in rule.references],
        "parametres": [rules.parameter_record(parameter) for parameter in found.parameters_of(rule)],
    }


def lines(found: Catalogue, rule: Rule) -> Iterator[str]:
    """Give the lines that a person reads of one rule."""
    yield f"{rule.id} (version {rule.version}) : {rule.titre}"
    yield f"État : {words.STATES[rule.etat]} ; sévérité : {_severities(rule)} ; objet : {found.views[rule.grain].titre}"
    yield f"Sources : {', '.join(rule.sources)}"
    yield from _block("Comparée à", ", ".join(rule.croise_avec))
    yield from _block("En clair", rule.en_clair)
    yield from _block("S'applique à", rule.applicable)
    yield from _block("Se déclenche quand", rule.condition)
    yield from _listed("Sévérité selon le cas", (_case(case) for case in rule.severite if len(rule.severite) > 1))
    yield from _listed("Paramètres", (_parameter(parameter) for parameter in found.parameters_of(rule)))
    yield from _block("À faire", rule.action)
    yield from _listed("Références", (cited(reference, found.documents) for reference in rule.references))
    yield from _block("Faux positifs", rule.faux_positifs)
    yield from _block("Fait taire", ", ".join(rule.couvre))
    yield from _listed("Exemples", (_example(found, rule, example) for example in rule.exemples))


def _rule(found: Catalogue, name: str) -> Rule:
    rule = found.rules.get(name.upper())
    if rule is None:
        raise BadInputError(f"La règle « {name} » n'existe pas : « parc regles » les liste toutes.")
    return rule


def _table(chosen: Iterable[Rule]) -> Table:
    table = Table("Règle", "Sévérité", "État", "Titre")
    for rule in chosen:
        table.add_row(rule.id, _severities(rule), words.STATES[rule.etat], rule.titre)
    return table


def _counts(chosen: Sequence[Rule]) -> Table:
    """How many rules of each family are in each state; a state that no rule is in has no column."""
    states = [state for state in Etat if any(rule.etat is state for rule in chosen)]
    table = Table("Famille", *(Column(title, justify="right") for title in ("Règles", *(words.STATES[state] for state in states))))
    for family in words.in_family_order({rule.famille for rule in chosen}):
        table.add_row(f"{family} · {words.FAMILIES.get(family, family)}", *_row(states, [r for r in chosen if r.famille == family]))
    table.add_section()
    table.add_row("Ensemble", *_row(states, chosen))
    return table


def _row(states: Sequence[Etat], chosen: Sequence[Rule]) -> list[str]:
    counts = Counter(rule.etat for rule in chosen)
    return [french.number(len(chosen)), *(french.number(counts[state]) for state in states)]


def _severities(rule: Rule) -> str:
    return ", ".join(words.SEVERITIES[level][0] for level in rules.severities(rule))


def _case(case: SeverityCase) -> str:
    level = words.SEVERITIES[case.niveau][0]
    return f"{level} si {' '.join(case.si.split())}" if case.si else f"{level} sinon"


def _parameter(parameter: Parameter) -> str:
    unit = f" {parameter.unite}" if parameter.unite else ""
    note = f" — {parameter.note}" if parameter.note else ""
    return f"{parameter.nom} = {words.dated(rules.values(parameter))}{unit} : {parameter.libelle} ({parameter.source}){note}"


def _example(found: Catalogue, rule: Rule, example: Example) -> str:
    view, plain = found.views[rule.grain], example.model_dump(mode="json")
    given = [f"{view.column(name).libelle} : {french.value(value)}" for name, value in plain["donnees"].items()]
    given += [f"{name} : {french.value(value)}" for name, value in plain["parametres"].items()]
    note = f" ({example.note})" if example.note else ""
    return f"{'se déclenche' if example.attendu else 'ne se déclenche pas'} : {' ; '.join(given)}{note}"


def _block(title: str, text: str) -> Iterator[str]:
    if text:
        yield f"{title} : {' '.join(text.split())}"


def _listed(title: str, items: Iterable[str]) -> Iterator[str]:
    found = list(items)
    if found:
        yield f"{title} :"
        yield from (f"  - {item}" for item in found)
