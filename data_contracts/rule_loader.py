"""Reads and validates the catalogue: views, parameters, source documents and rules. A broken file is refused with its line.

- `vues/<grain>.yml`: what rules of one grain may read
- `regles/parametres.yml`: every dated threshold of the law
- `regles/documents.yml`: titles of the source documents that rules cite
- `regles/sections.yml`: their sections, read by `rule_coverage` alone: what no rule asks changes no finding
- `regles/*.yml`: the rules, one file a family
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import duckdb

from data_contracts.errors import BadInputError
from data_contracts.loader import ROOT, SOURCES
from data_contracts.rule_contract import COMMON_COLUMNS, Niveau, Parameter, Rule, View, ViewColumn
from data_contracts.rule_expression import ExpressionError, read
from data_contracts.rule_sql import findings, named_parameters, parameters_of, weight
from data_contracts.yaml_file import Place, YamlFile

RULES = ROOT / "regles"
VIEWS = ROOT / "vues"
PARAMETERS_FILE = "parametres.yml"
DOCUMENTS_FILE = "documents.yml"
SECTIONS_FILE = "sections.yml"
_NOT_RULES = frozenset({PARAMETERS_FILE, DOCUMENTS_FILE, SECTIONS_FILE})


@dataclass(frozen=True)
class Catalogue:
    """Every rule, and what rules read."""

    rules: Mapping[str, Rule]
    """By identifier, sorted."""
    parameters: Mapping[str, Parameter]
    views: Mapping[str, View]
    documents: Mapping[str, str]
    """Titles of the source documents by file name."""

    def query(self, rule: Rule) -> str:
        """Return the select of a rule over the table `vue`."""
        return findings(rule, self.views[rule.grain], self.parameters, self.documents)

    def weight(self, rule: Rule, weights: Mapping[Niveau, int]) -> str:
        """Return the expression over a row of `vue` of what its control by a rule weighs."""
        return weight(rule, self.parameters, weights)

    def parameters_of(self, rule: Rule) -> tuple[Parameter, ...]:
        """Return the parameters that a rule reads."""
        return tuple(self.parameters[name] for name in parameters_of(rule))

    def as_received(self) -> Catalogue:
        """Return the catalogue as it is with the sources that the warehouse can receive: rules that lack theirs are asleep."""
        received = {folder.name for folder in SOURCES.iterdir() if folder.is_dir()}
        rules = {name: rule.model_copy(update={"etat": rule.state(received)}) for name, rule in self.rules.items()}
        return replace(self, rules=rules)

    def fingerprint(self) -> str:
        """Return the sha256 of everything the catalogue says, whatever its layout or comments."""
        digest = hashlib.sha256()
        for part in (*self.rules.values(), *self.parameters.values(), *self.views.values()):
            digest.update(part.model_dump_json().encode())
        digest.update(json.dumps(self.documents, sort_keys=True).encode())
        return digest.hexdigest()


@cache
def views(folder: Path = VIEWS) -> dict[str, View]:
    """Return the views that rules may read, by name, with what they take from others. Raises BadInputError for a broken file."""
    documents = {path.stem: _ViewFile(path) for path in sorted(folder.glob("*.yml"))}
    return {name: document.completed(documents) for name, document in documents.items()}


@cache
def catalogue(folder: Path = RULES, view_folder: Path = VIEWS) -> Catalogue:
    """Return the whole catalogue, validated. Raises BadInputError with the file, the line and the reason of the first fault."""
    known = views(view_folder)
    parameters = parameters_of_law(folder / PARAMETERS_FILE)
    documents = YamlFile(folder / DOCUMENTS_FILE).validated(dict[str, str])
    files = [_RuleFile(path) for path in sorted(folder.glob("*.yml")) if path.name not in _NOT_RULES]
    where = {rule.id: (file, rank) for file in files for rank, rule in file.rules()}
    rules = dict(sorted((rule.id, rule) for file in files for _, rule in file.rules()))
    found = Catalogue(rules, parameters, known, documents)
    for file in files:
        file.check_doubles(where)
    with duckdb.connect(config={"enable_external_access": False}) as connection:
        for name, (file, rank) in where.items():
            file.check(rank, found, connection)
            if unknown := sorted(set(rules[name].couvre) - rules.keys()):
                raise file.refusal((rank, "couvre"), f"la règle {name} couvre {', '.join(unknown)}, qui n'existe pas")
    return found


@cache
def parameters_of_law(path: Path = RULES / PARAMETERS_FILE) -> dict[str, Parameter]:
    """Return every dated threshold of the law, by name. Raises BadInputError for a broken file."""
    document = YamlFile(path)
    listed: list[Parameter] = document.validated(list[Parameter])
    names = Counter(parameter.nom for parameter in listed)
    for rank, parameter in enumerate(listed):
        if names[parameter.nom] > 1:
            raise document.refusal((rank, "nom"), f"le paramètre {parameter.nom} est déclaré deux fois")
    return {parameter.nom: parameter for parameter in listed}


class _ViewFile(YamlFile):
    """The file of a view."""

    def __init__(self, path: Path) -> None:
        """Read and validate the view, which bears the name of its file."""
        super().__init__(path)
        self.view: View = self.validated(View)
        if self.view.vue != path.stem:
            raise BadInputError(f"{path} déclare la vue {self.view.vue} : le fichier doit porter ce nom.")

    def completed(self, others: Mapping[str, _ViewFile]) -> View:
        """Return the view, its own columns after those it takes from others. Refuses one that lacks what every view has."""
        taken = [self._taken(others, other, name) for other, names in self.view.reprend.items() for name in names]
        view = self.view.model_copy(update={"colonnes": (*taken, *self.view.colonnes), "reprend": {}})
        if missing := sorted(set(COMMON_COLUMNS) - view.names):
            raise BadInputError(f"{self.path} ne déclare pas {', '.join(missing)} : toute vue a ces colonnes.")
        if doubled := [name for name, times in Counter(column.nom for column in view.colonnes).items() if times > 1]:
            raise BadInputError(f"{self.path} déclare deux fois {', '.join(sorted(doubled))} : en garder une.")
        return view

    def _taken(self, others: Mapping[str, _ViewFile], other: str, name: str) -> ViewColumn:
        try:
            return others[other].view.column(name)
        except KeyError as error:
            raise self.refusal(("reprend", other), f"la vue {other} n'a pas de colonne « {name} »") from error


class _RuleFile(YamlFile):
    """A file of rules."""

    def __init__(self, path: Path) -> None:
        """Read and validate each rule on its own, so that a fault is told with the rule it stands in."""
        super().__init__(path)
        self._rules: list[Rule] = self.validated(list[Rule]) if self.content else []

    def rules(self) -> Iterator[tuple[int, Rule]]:
        """Give each rule after its rank in the file."""
        yield from enumerate(self._rules)

    def check_doubles(self, where: Mapping[str, tuple[_RuleFile, int]]) -> None:
        """Refuse an identifier that another rule bears."""
        for rank, rule in self.rules():
            if where[rule.id] != (self, rank):
                raise self.refusal((rank, "id"), f"la règle {rule.id} existe déjà")

    def check(self, rank: int, catalogue: Catalogue, connection: duckdb.DuckDBPyConnection) -> None:
        """Refuse a rule that names something unknown, reads out of its view or does not run."""
        rule = self._rules[rank]
        view = catalogue.views.get(rule.grain)
        if view is None:
            grains = ", ".join(catalogue.views)
            raise self.refusal((rank, "grain"), f"la règle {rule.id} a le grain « {rule.grain} », inconnu : choisir {grains}")
        self._check_names(rank, rule, view, catalogue)
        if rule.applicable and rule.condition:
            self._check_query(rank, rule, view, catalogue, connection)

    def _check_names(self, rank: int, rule: Rule, view: View, catalogue: Catalogue) -> None:
        parameters, columns_of = catalogue.parameters.keys(), f"n'est pas une colonne de la vue {view.vue}"
        for key, expression in rule.expressions.items():
            place: Place = (rank, *(int(part) if part.isdigit() else part for part in key.split(".")))
            try:
                found = read(expression)
            except ExpressionError as error:
                raise self.refusal(place, f"« {key} » de la règle {rule.id} {error}") from error
            self._known(place, rule, found.columns, view.names, columns_of)
            self._known(place, rule, found.parameters, parameters, "n'est pas un paramètre")
        columns = {*rule.discriminant, *({rule.date_du_droit} if self._reads_dated(rule, catalogue) else ())}
        self._known((rank,), rule, columns, view.names, columns_of)
        self._known((rank, "preuve"), rule, rule.preuve, view.names | parameters, columns_of)
        self._known((rank, "message"), rule, rule.placeholders, view.names | parameters, columns_of)
        for number, example in enumerate(rule.exemples):
            self._known((rank, "exemples", number, "donnees"), rule, example.donnees, view.names, columns_of)
            self._known((rank, "exemples", number, "parametres"), rule, example.parametres, parameters, "n'est pas un paramètre")

    def _reads_dated(self, rule: Rule, catalogue: Catalogue) -> bool:
        found = [catalogue.parameters.get(name) for name in named_parameters(rule, catalogue.parameters)]
        return any(parameter and parameter.valeurs[-1].depuis for parameter in found)

    def _known(self, place: Place, rule: Rule, names: Iterable[str], known: Container[str], what: str) -> None:
        if unknown := sorted(name for name in names if name not in known):
            raise self.refusal(place, f"la règle {rule.id} nomme « {unknown[0]} », qui {what}")

    def _check_query(self, rank: int, rule: Rule, view: View, catalogue: Catalogue, connection: duckdb.DuckDBPyConnection) -> None:
        columns = ", ".join(f"null::{column.type} as {column.nom}" for column in view.colonnes)
        try:
            connection.execute(f"with vue as (select {columns} limit 0) {catalogue.query(rule)}")
        except duckdb.Error as error:
            words = str(error).splitlines()[0]
            raise self.refusal((rank, "condition"), f"la règle {rule.id} ne s'exécute pas (« {words} »)") from error
