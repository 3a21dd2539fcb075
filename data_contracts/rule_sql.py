"""A rule as SQL: one select over the table `vue`, which gives a row a finding, and one expression that weighs its control of a row.

Columns of the select: regle_id, regle_version, objet_type, objet_id, convention_id, code_departement, bailleur_id, discriminant,
severite, preuve (JSON), message, references_juridiques (list), table_source. The law is read at the rule's own date:
a dated parameter becomes a `case` over it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable, Mapping
from datetime import date
from decimal import Decimal

from data_contracts.clauses import literal
from data_contracts.rule_contract import PLACEHOLDER, Niveau, Parameter, ParameterType, Reference, Rule, View
from data_contracts.rule_expression import PARAMETER_NAME, read

UNKNOWN = "non renseigné"
_SQL_TYPES = {
    ParameterType.DATE: "date",
    ParameterType.ENTIER: "integer",
    ParameterType.DECIMAL: "decimal(18, 6)",
    ParameterType.TEXTE: "varchar",
    ParameterType.LISTE: "varchar[]",
}
_NARROW_SPACE = "\u202f"


def parameters_of(rule: Rule) -> tuple[str, ...]:
    """Return the names of the parameters that a rule reads, sorted."""
    found = {name for expression in rule.expressions.values() for name in read(expression).parameters}
    return tuple(sorted(found))


def columns_of(rule: Rule) -> frozenset[str]:
    """Return the columns of its view that the expressions of a rule read."""
    return frozenset(name for expression in rule.expressions.values() for name in read(expression).columns)


def named_parameters(rule: Rule, parameters: Container[str]) -> tuple[str, ...]:
    """Return the names of the parameters that a rule reads or shows, sorted."""
    shown = {name for name in (*rule.placeholders, *rule.preuve) if name in parameters}
    return tuple(sorted({*parameters_of(rule), *shown}))


def findings(rule: Rule, view: View, parameters: Mapping[str, Parameter], documents: Mapping[str, str]) -> str:
    """Return the select that finds what a rule fires on. The rule must have been validated (`rule_loader`)."""
    bound = _bound(rule, parameters, named_parameters(rule, parameters))
    discriminant = f"concat_ws('|', {', '.join(rule.discriminant)})" if rule.discriminant else "''"
    return (
        f"select {literal(rule.id)} as regle_id, {rule.version} as regle_version, {literal(rule.grain)} as objet_type, objet_id, "
        f"convention_id, code_departement, bailleur_id, {discriminant} as discriminant, "
        f"{_severity(rule, bound, literal)} as severite, "
        f"{_evidence(rule, bound)} as preuve, {_message(rule, view, parameters, bound)} as message, "
        f"{_references(rule, bound, documents)} as references_juridiques, table_source "
        f"from vue where {_applies(rule, bound)} and (\n{bind(rule.condition, bound)}\n)"
    )


def weight(rule: Rule, parameters: Mapping[str, Parameter], weights: Mapping[Niveau, int]) -> str:
    """Return the expression over a row of `vue` of what its control by the rule weighs: null where the rule does not apply.

    The weight is that of the severity which a finding on the row would have.
    """
    bound = _bound(rule, parameters, parameters_of(rule))
    return f"case when {_applies(rule, bound)} then {_severity(rule, bound, lambda level: str(weights[level]))} end"


def value_of(parameter: Parameter, day: str) -> str:
    """Return the SQL of a parameter's value under the law of the date that the column `day` gives."""
    kind = _SQL_TYPES[parameter.type]
    values = [(dated.depuis, f"{_literal(dated.valeur)}::{kind}") for dated in reversed(parameter.valeurs)]
    if values[0][0] is None:
        return f"({values[0][1]})"
    cases = [
        f"when {day} >= date '{since}' then {value}" if since else f"when {day} is not null then {value}" for since, value in values
    ]
    return f"(case {' '.join(cases)} end)"


def bind(expression: str, bound: Mapping[str, str]) -> str:
    """Return an expression with the values of its parameters in their place."""
    return PARAMETER_NAME.sub(lambda match: bound[match[1]], expression)


def cited(reference: Reference, documents: Mapping[str, str]) -> str:
    """Write where the law says so: the text, or the section of the document by its title."""
    if reference.texte:
        return reference.texte
    document = documents.get(reference.document or "", reference.document or "")
    return f"{document}, « {reference.section} »" if reference.section else document


def _bound(rule: Rule, parameters: Mapping[str, Parameter], names: Iterable[str]) -> dict[str, str]:
    return {name: value_of(parameters[name], rule.date_du_droit) for name in names}


def _applies(rule: Rule, bound: Mapping[str, str]) -> str:
    sources = ", ".join(map(literal, rule.sources))
    return f"source in ({sources}) and (\n{bind(rule.applicable, bound)}\n)"


def _severity(rule: Rule, bound: Mapping[str, str], written: Callable[[Niveau], str]) -> str:
    """The severity of a finding, each level as `written` says it."""
    *cases, last = rule.severite
    if not cases:
        return written(last.niveau)
    chosen = " ".join(f"when {bind(case.si or '', bound)} then {written(case.niveau)}" for case in cases)
    return f"case {chosen} else {written(last.niveau)} end"


def _evidence(rule: Rule, bound: Mapping[str, str]) -> str:
    """The values that triggered the rule, then the thresholds they were held against."""
    pairs = [f"{literal(name)}, {name}" for name in rule.preuve if name not in bound]
    if bound:
        thresholds = ", ".join(f"{literal(name)}, {value}" for name, value in bound.items())
        pairs.append(f"'parametres', json_object({thresholds})")
    return f"json_object({', '.join(pairs)})"


def _message(rule: Rule, view: View, parameters: Mapping[str, Parameter], bound: Mapping[str, str]) -> str:
    parts = []
    for rank, part in enumerate(PLACEHOLDER.split(rule.message)):
        if rank % 2 == 0:
            parts.append(literal(part))
        elif part in bound:
            parts.append(_french(bound[part], _SQL_TYPES[parameters[part].type]))
        else:
            parts.append(_french(part, view.column(part).type))
    return " || ".join(part for part in parts if part != "''")


def _french(value: str, kind: str) -> str:
    """Write a value as a French reader expects it, and say when there is none."""
    name = kind.lower()
    if name == "date[]":
        days = f"list_transform({value}, lambda jour: strftime(jour, '%d/%m/%Y'))"
        text = f"nullif(array_to_string({days}, ', '), '')"
    elif name.endswith("[]"):
        text = f"nullif(array_to_string({value}, ', '), '')"
    elif name == "date":
        text = f"strftime({value}, '%d/%m/%Y')"
    elif name == "boolean":
        text = f"case when {value} then 'oui' when not {value} then 'non' end"
    elif name in {"integer", "bigint"}:
        text = f"replace(format('{{:,}}', {value}), ',', '{_NARROW_SPACE}')"
    elif name.startswith(("decimal", "double")):
        # two decimals, and those that count beyond
        written = f"regexp_replace(format('{{:,.{_decimals(name)}f}}', {value}::double), '(\\.\\d\\d\\d*?)0+$', '\\1')"
        text = f"translate({written}, ',.', '{_NARROW_SPACE},')"
    else:
        text = f"{value}"
    return f"coalesce({text}, {literal(UNKNOWN)})"


def _decimals(kind: str) -> int:
    """How many decimals a type has room for, two at least."""
    scale = re.search(r",\s*(\d+)\s*\)$", kind)
    return max(int(scale[1]), 2) if scale else 2


def _references(rule: Rule, bound: Mapping[str, str], documents: Mapping[str, str]) -> str:
    written = [
        f"case when {bind(reference.si, bound)} then {literal(cited(reference, documents))} end"
        if reference.si
        else literal(cited(reference, documents))
        for reference in rule.references
    ]
    listed = f"[{', '.join(written)}]::varchar[]"
    return f"list_filter({listed}, lambda texte: texte is not null)" if any(r.si for r in rule.references) else listed


def _literal(value: object) -> str:
    match value:
        case None:
            return "null"
        case date():
            return f"'{value.isoformat()}'"
        case int() | Decimal():
            return str(value)
        case tuple():
            return f"[{', '.join(literal(item) for item in value)}]"
        case _:
            return literal(str(value))
