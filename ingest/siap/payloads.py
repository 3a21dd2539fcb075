"""Turns the nested answers of SIAP into flat rows of text: one table an object or a list, one column a leaf, named after its path.

Pure: an answer comes in as Python values and rows come out; files and network are elsewhere.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

Row = dict[str, str | None]

OPERATION = "operation"
ANNOUNCED = "operation_annoncee"
MERGER = "fusion"
CLEARANCE = "habilitation"
NUMBER = "numero_operation"
RANK = "rang"
LISTS = {
    "donneesOperation.aides": "operation_aide",
    "detailsOperation": "detail_aide",
    "detailsOperation.detailsTypeLogement": "detail_type_logement",
    "detailsOperation.garages": "detail_garage",
    "detailsOperation.loyers": "detail_loyer",
    "detailsOperation.loyers.loyerGarages": "detail_loyer_garage",
    "plansFinancement": "plan_financement",
    "plansFinancement.subventions": "plan_subvention",
    "plansFinancement.prets": "plan_pret",
    "plansFinancement.aidesFisclaes": "plan_aide_fiscale",
    "plansFinancement.repartitionAideComp": "plan_aide_complementaire",
}
"""The lists of an operation and the table that each becomes; `aidesFisclaes` is how SIAP writes it."""
NEVER_READ = {
    "gestionnaire.utilisateurs": "names and e-mails of agents",
    "gestionnaireSecondaire.utilisateurs": "names and e-mails of agents",
    "plansFinancement.repartitionAideComp.operationPlanFinancement": "the plan that holds it, repeated",
    "habilitations.utilisateur": "the agent who asks",
    "habilitations.adresse": "where the agent works",
    "habilitations.communeSignataire": "where the agent signs",
    "habilitations.titre": "how the agent signs",
    "habilitations.entete": "how the agent is shown",
    "habilitations.sousTitre1": "how the agent is shown",
    "habilitations.sousTitre2": "how the agent is shown",
}
"""Parts left out of an answer before anything is written, and what they are."""
SHORTER = {"donneesOperation": "", "donneesLocalisation": "localisation", "donneesMo": "mo"}
"""Parts of an operation that give their columns a shorter name than theirs."""
OLDER = {"planFinancement": "plansFinancement"}
"""Names that older answers give to a part."""
WORDS = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[a-z])(?=[0-9])")


@dataclass(frozen=True)
class FlatRow:
    """One row of one table."""

    table: str
    values: Row


def without_agents(answer: Any, path: str = "") -> Any:  # noqa: ANN401 - whatever JSON holds
    """Return an answer without the parts that are never read, its parts under their names of today."""
    if isinstance(answer, list):
        return [without_agents(value, path) for value in answer]
    if not isinstance(answer, dict):
        return answer
    kept = {}
    for key, value in answer.items():
        name = str(OLDER.get(key, key))
        below = _below(path, name)
        if below not in NEVER_READ:
            kept[name] = without_agents(value, below)
    return kept


def operation_number(answer: Any) -> str | None:  # noqa: ANN401 - whatever JSON holds
    """Return the number of an operation's details; None when the answer is not one."""
    match answer:
        case {"donneesOperation": {"numeroOperation": str() | int() as number}}:
            return str(number)
        case _:
            return None


def rows(answer: Any) -> Iterator[FlatRow] | None:  # noqa: ANN401 - whatever JSON holds
    """Return the rows of an answer, known by what it holds; None when it is none of SIAP's. An empty answer has no row."""
    match answer:
        case None:
            return iter(())
        case {"habilitations": list() | None as clearances}:
            return (row for one in clearances or () for row in _rows(CLEARANCE, one, "habilitations", {}))
    objects = answer if isinstance(answer, list) else [answer]
    tables = [_table_of(one) for one in objects]
    if None in tables:
        return None
    return (row for table, one in zip(tables, objects, strict=True) if table for row in _rows(table, one, "", {}))


def _table_of(answer: Any) -> str | None:  # noqa: ANN401 - whatever JSON holds
    match answer:
        case {"donneesOperation": _}:
            return OPERATION
        case {"sirenAbsorbe": _} | {"sirenAbsorbant": _}:
            return MERGER
        case {"numeroOperation": _}:
            return ANNOUNCED
        case _:
            return None


def snake(key: str) -> str:
    """Return a key of JSON, or a path of keys, as the name of a column: nbLogementsIndividuels → nb_logements_individuels."""
    return WORDS.sub("_", key).replace(".", "_").lower()


def _rows(table: str, entry: Any, path: str, keys: Row) -> Iterator[FlatRow]:  # noqa: ANN401 - whatever JSON holds
    """Return the row of an object, then those of the lists in it, which bear its keys and its rank."""
    columns, lists = _split(entry if isinstance(entry, dict) else {"valeur": entry}, path)
    yield FlatRow(table, keys | columns)
    above: Row = {NUMBER: columns.get(NUMBER) if table == OPERATION else keys.get(NUMBER)}
    above |= {f"{RANK}_{table}" if key == RANK else key: value for key, value in keys.items() if key != NUMBER}
    for below, entries in lists:
        for rank, one in enumerate(entries, 1):
            yield from _rows(LISTS.get(below, snake(below)), one, below, {**above, RANK: str(rank)})


def _split(holder: Mapping[str, Any], path: str, prefix: str = "") -> tuple[Row, list[tuple[str, list[Any]]]]:
    """Return the values of an object and of the objects in it, by column, and its lists of objects, by path."""
    columns: Row = {}
    lists: list[tuple[str, list[Any]]] = []
    for key, value in holder.items():
        below = _below(path, key)
        name = "_".join(filter(None, (prefix, SHORTER.get(key, snake(key)))))
        if below in LISTS or (isinstance(value, list) and any(isinstance(one, dict) for one in value)):
            lists.append((below, _entries(value)))
        elif isinstance(value, dict):
            inner_columns, inner_lists = _split(value, below, name)
            columns |= inner_columns
            lists += inner_lists
        else:
            columns[name] = _text(value)
    return columns, lists


def _entries(value: Any) -> list[Any]:  # noqa: ANN401 - whatever JSON holds
    """Return what a list holds; an object alone stands for a list of one, and nothing for an empty list."""
    found = value if isinstance(value, list) else [value]
    return [one for one in found if one is not None]


def _text(value: Any) -> str | None:  # noqa: ANN401 - whatever JSON holds
    match value:
        case None:
            return None
        case str():
            return value
        case _:
            return json.dumps(value, ensure_ascii=False)


def _below(path: str, key: str) -> str:
    return f"{path}.{key}" if path else key
