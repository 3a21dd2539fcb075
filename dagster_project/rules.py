"""The rules as a run reads them: the rows of `meta.regle`, what the manifest keeps of the law, and what changed in it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

from data_contracts import words
from data_contracts.rule_contract import Etat, Niveau, Parameter, Rule
from data_contracts.rule_loader import Catalogue
from data_contracts.rule_sql import cited, columns_of, named_parameters

CATALOGUE_COLUMNS = """regle_id varchar, version integer, titre varchar, famille varchar, etat varchar, grain varchar,
    sources varchar[], croise_avec varchar[], severites varchar[], severites_par_cas json, en_clair varchar,
    applicable varchar, condition varchar, date_du_droit varchar, parametres json, couvre varchar[], action varchar,
    references_juridiques varchar[], faux_positifs varchar, exemples json, nb_exemples integer, est_evaluee boolean,
    requete varchar, poids varchar"""
COVERAGE_COLUMNS = "regle_id varchar, couverte_id varchar"
SEVERITY_COLUMNS = "severite varchar, libelle varchar, poids integer"
JUDGING = {
    *("etat", "sources", "croise_avec", "grain", "applicable", "condition", "date_du_droit", "discriminant", "severite", "couvre"),
    "preuve",
}
"""What a rule finds depends on these keys of it."""
REFERENCE_DATE = "date_reference"
"""The column of the views that holds it."""
_DIGITS = 16

Values = list[dict[str, Any]]
"""The dated values of a parameter: depuis, valeur."""


def catalogue_rows(catalogue: Catalogue, sources: Iterable[str], weights: Mapping[Niveau, int]) -> list[list[Any]]:
    """Return a row a rule, in the order of `CATALOGUE_COLUMNS`. An active rule sleeps while none of its sources is there."""
    present = set(sources)
    return [_row(catalogue, rule, present, weights) for rule in catalogue.rules.values()]


def coverage_rows(catalogue: Catalogue) -> list[list[str]]:
    """Return the pairs covering rule, covered rule."""
    return [[rule.id, covered] for rule in catalogue.rules.values() for covered in rule.couvre]


def severity_rows(weights: Mapping[Niveau, int]) -> list[list[Any]]:
    """Return each severity with its words and its weight in the quality score, in the order of `SEVERITY_COLUMNS`."""
    return [[level.value, words.SEVERITIES[level][0], points] for level, points in weights.items()]


def severities(rule: Rule) -> list[Niveau]:
    """Return the severities a rule may give, the most serious first."""
    possible = {case.niveau for case in rule.severite}
    return [level for level in Niveau if level in possible]


def parameter_record(parameter: Parameter) -> dict[str, Any]:
    """Return a parameter as it is published."""
    content = parameter.model_dump(mode="json", include={"nom", "libelle", "type", "unite", "source", "note"})
    return content | {"valeurs": values(parameter)}


def values(parameter: Parameter) -> Values:
    """Return the dated values of a parameter, ready for JSON."""
    return [dated.model_dump(mode="json") for dated in parameter.valeurs]


def law(catalogue: Catalogue) -> dict[str, Any]:
    """Return what the manifest keeps of the law: the catalogue's fingerprint, the values of the parameters, and each rule."""
    return {
        "empreinte": catalogue.fingerprint(),
        "parametres": {name: values(parameter) for name, parameter in sorted(catalogue.parameters.items())},
        "regles": {rule.id: _kept(catalogue, rule) for rule in catalogue.rules.values()},
    }


def _kept(catalogue: Catalogue, rule: Rule) -> dict[str, Any]:
    """What tells whether a rule changed, and what else makes its findings change. Its words may change: its findings stay."""
    judged = rule.model_dump_json(include=JUDGING)
    return {
        "version": rule.version,
        "empreinte": hashlib.sha256(judged.encode()).hexdigest()[:_DIGITS],
        "parametres": list(named_parameters(rule, catalogue.parameters)),
        "couvre": list(rule.couvre),
        "croise_avec": list(rule.croise_avec),
        "lit_date": REFERENCE_DATE in {rule.date_du_droit, *rule.preuve, *columns_of(rule)},
    }


def parameter_changes(before: Mapping[str, Values], after: Mapping[str, Values]) -> list[str]:
    """Say each parameter that is not the same, with its two values."""
    names = sorted({*before, *after})
    return [
        f"{name} ({words.dated(before.get(name))} → {words.dated(after.get(name))})"
        for name in names
        if before.get(name) != after.get(name)
    ]


def _row(catalogue: Catalogue, rule: Rule, sources: set[str], weights: Mapping[Niveau, int]) -> list[Any]:
    etat = rule.state(sources)
    is_run = etat is Etat.ACTIVE
    examples = [example.model_dump(mode="json") for example in rule.exemples]
    parameters = [parameter_record(parameter) for parameter in catalogue.parameters_of(rule)]
    return [
        rule.id,
        rule.version,
        rule.titre,
        rule.famille,
        etat.value,
        rule.grain,
        list(rule.sources),
        list(rule.croise_avec),
        [level.value for level in severities(rule)],
        json.dumps([case.model_dump(mode="json") for case in rule.severite], ensure_ascii=False),
        " ".join((rule.en_clair or rule.titre).split()),
        rule.applicable or None,
        rule.condition or None,
        rule.date_du_droit,
        json.dumps(parameters, ensure_ascii=False),
        list(rule.couvre),
        rule.action or None,
        [cited(reference, catalogue.documents) for reference in rule.references],
        " ".join(rule.faux_positifs.split()) or None,
        json.dumps(examples, ensure_ascii=False),
        len(examples),
        is_run,
        catalogue.query(rule) if is_run else None,
        catalogue.weight(rule, weights) if is_run else None,
    ]
