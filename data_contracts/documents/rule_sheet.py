"""One rule as people read it in the repository: what it says, the law it reads, what to do, the examples that are its tests."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from data_contracts import words
from data_contracts.documents.markdown import bullets, code, page, plain, sql, table
from data_contracts.rule_contract import PLACEHOLDER, Etat, LectureDuTexte, Niveau, Parameter, Reference, Rule, View
from data_contracts.rule_loader import Catalogue
from data_contracts.rule_sql import cited

PARAMETER_TITLES = ("Paramètre", "Ce qu'il est", "Valeur", "Depuis", "Source", "À savoir")
_READINGS = {LectureDuTexte.CITE: "cité par un document, non relu", LectureDuTexte.A_CONFIRMER: "à confirmer"}
_FIRES, _SILENT = "se déclenche", "ne se déclenche pas"

Example = dict[str, Any]
"""An example as JSON holds it."""


def sheet(found: Catalogue, rule: Rule) -> str:
    """Return the sheet of one rule, under a heading that is its identifier alone: the address of a link to it."""
    parameters = found.parameters_of(rule)
    return page(
        f"## {rule.id}",
        f"**{plain(rule.titre)}** (version {rule.version})",
        plain(rule.en_clair),
        bullets(_facts(found, rule)),
        _expression("S'applique quand :", rule.applicable),
        _expression("Se déclenche quand :", rule.condition),
        _titled("Sources du droit", bullets(_reference(reference, found) for reference in rule.references)),
        _titled("Paramètres", table(PARAMETER_TITLES, parameter_rows(parameters)) if parameters else ""),
        _titled("Exemples", _examples(rule, found)),
    ).rstrip("\n")


def link(rule_id: str, folder: str = "") -> str:
    """Return a link to the sheet of a rule, from a page that reaches the pages of the families through `folder`."""
    return f"[{rule_id}]({folder}{rule_id.split('-', 1)[0].lower()}.md#{rule_id.lower()})"


def parameter_rows(parameters: Sequence[Parameter]) -> list[list[str]]:
    """Return a row a dated value, in the order of `PARAMETER_TITLES`."""
    return [
        [
            code(parameter.nom),
            plain(parameter.libelle),
            _with_unit(parameter, dated["valeur"]),
            words.value(dated["depuis"]) if dated["depuis"] else "toujours",
            plain(parameter.source),
            plain(parameter.note or ""),
        ]
        for parameter in parameters
        for dated in parameter.model_dump(mode="json")["valeurs"]
    ]


def severities(rule: Rule) -> str:
    """Return the severities a rule may give, the most serious first."""
    possible = {case.niveau for case in rule.severite}
    return ", ".join(_level(level) for level in Niveau if level in possible)


def state(rule: Rule) -> str:
    """Return what a rule is good for, and what it waits for when it sleeps."""
    sources = _any_of(rule.sources) + (f", comparé à {_any_of(rule.croise_avec)}" if rule.croise_avec else "")
    match rule.etat:
        case Etat.ACTIVE:
            return f"active ; lit {sources}"
        case Etat.EN_ATTENTE_DE_SOURCE:
            return f"en attente d'une source : {sources}"
        case Etat.NON_DERIVABLE:
            return "non dérivable : aucune source ne dit ce qu'elle demande"
        case _:
            return words.STATES[rule.etat]


def _any_of(sources: Sequence[str]) -> str:
    return " ou ".join(words.SOURCES.get(source, source) for source in sources)


def _facts(found: Catalogue, rule: Rule) -> Iterator[str]:
    view = found.views[rule.grain]
    yield f"**État** : {state(rule)}."
    yield f"**Ce qu'elle juge** : {plain(view.grain)}."
    yield f"**Sévérité** : {_severity(rule)}."
    if any(parameter.valeurs[-1].depuis for parameter in found.parameters_of(rule)):
        yield f"**Droit applicable** : celui du jour « {plain(view.column(rule.date_du_droit).libelle)} »."
    if rule.preuve:
        yield f"**Preuve** : {', '.join(plain(_label(name, view, found)) for name in rule.preuve)}."
    if rule.message:
        yield f"**Message** : {_message(rule, view, found)}"
    if rule.action:
        yield f"**À faire** : {plain(rule.action)}"
    if rule.faux_positifs:
        yield f"**Pièges** : {plain(rule.faux_positifs)}"
    if rule.couvre:
        yield f"**Fait taire** : {', '.join(map(link, rule.couvre))}, sur le même objet ou sur la convention qui le porte."
    if covering := [other.id for other in found.rules.values() if rule.id in other.couvre]:
        yield f"**Se tait** là où se déclenche : {', '.join(map(link, covering))}."


def _severity(rule: Rule) -> str:
    cases = [f"{_level(case.niveau)} si {code(case.si)}" if case.si else _level(case.niveau) for case in rule.severite]
    return " ; ".join([*cases[:-1], f"sinon {cases[-1]}"]) if len(cases) > 1 else cases[0]


def _level(level: Niveau) -> str:
    return words.SEVERITIES[level][0]


def _label(name: str, view: View, found: Catalogue) -> str:
    return found.parameters[name].libelle if name in found.parameters else view.column(name).libelle


def _message(rule: Rule, view: View, found: Catalogue) -> str:
    """The sentence of a finding, where the name of each value stands for it."""
    parts = PLACEHOLDER.split(rule.message)
    return "".join(f"*{plain(_label(part, view, found))}*" if rank % 2 else _spaced(part) for rank, part in enumerate(parts))


def _spaced(part: str) -> str:
    """A part of a sentence, with the spaces at its ends."""
    before, after = part[: len(part) - len(part.lstrip())], part[len(part.rstrip()) :]
    return f"{before}{plain(part)}{after}" if part.strip() else part


def _expression(title: str, expression: str) -> str:
    return f"{title}\n\n{sql(expression)}" if expression else ""


def _titled(title: str, block: str) -> str:
    return f"**{title}**\n\n{block}" if block else ""


def _reference(reference: Reference, found: Catalogue) -> str:
    reading = f" ({_READINGS[reference.statut]})" if reference.statut in _READINGS else ""
    only = f", si {code(reference.si)}" if reference.si else ""
    return f"{plain(cited(reference, found.documents))}{reading}{only}"


def _with_unit(parameter: Parameter, value: Any) -> str:  # noqa: ANN401 - one value of a JSON
    written = plain(words.value(value))
    return f"{written} {parameter.unite}" if parameter.unite and value is not None else written


def _examples(rule: Rule, found: Catalogue) -> str:
    """Every example on a row: what most of them give in columns, the rest of each in one."""
    if not rule.exemples:
        return ""
    view, examples = found.views[rule.grain], [example.model_dump(mode="json") for example in rule.exemples]
    given = Counter(name for example in examples for name in example["donnees"])
    shared = [column.nom for column in view.colonnes if 2 * given[column.nom] >= len(examples)]
    titles = ["La règle", *(plain(view.column(name).libelle) for name in shared), "Autres valeurs", "Remarque"]
    rows = [
        [
            _verdict(example),
            *(plain(words.value(example["donnees"][name])) if name in example["donnees"] else "" for name in shared),
            " ; ".join(_others(example, shared, view, found)),
            plain(example["note"] or ""),
        ]
        for example in examples
    ]
    kept = [rank for rank in range(len(titles)) if any(row[rank] for row in rows)]
    return table([titles[rank] for rank in kept], [[row[rank] for rank in kept] for row in rows])


def _verdict(example: Example) -> str:
    if not example["attendu"]:
        return _SILENT
    return f"{_FIRES} ({_level(Niveau(example['severite']))})" if example["severite"] else _FIRES


def _others(example: Example, shared: Sequence[str], view: View, found: Catalogue) -> Iterator[str]:
    for name, value in example["donnees"].items():
        if name not in shared:
            yield f"{plain(view.column(name).libelle)} : {plain(words.value(value))}"
    for name, value in example["parametres"].items():
        yield f"{plain(found.parameters[name].libelle)} : {plain(words.value(value))}"
