"""The answers of SIAP as tables: one row an object, keys that lead back to the operation, nothing of the agents, nothing lost."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from data_contracts.loader import source_tables
from ingest.siap.payloads import LISTS, NEVER_READ, SHORTER, FlatRow, operation_number, rows, snake, without_agents
from tests.support import made_siap

ROOTS = {
    "OperationApiIntDTO": ("operation", ""),
    "OperationSuccinteApiIntDTO": ("operation_annoncee", ""),
    "HistoriqueFusion": ("fusion", ""),
    "HabilitationDTO": ("habilitation", "habilitations"),
}


def flat(answer: Any) -> list[FlatRow]:  # noqa: ANN401 - whatever JSON holds
    found = rows(without_agents(answer))
    assert found is not None
    return list(found)


def of(table: str, answer: Any) -> list[dict[str, str | None]]:  # noqa: ANN401 - same
    return [row.values for row in flat(answer) if row.table == table]


def test_an_operation_has_one_row_with_the_leaves_of_its_objects() -> None:
    [row] = of("operation", made_siap.operation())

    assert (row["numero_operation"], row["mo_siren"], row["localisation_commune_code_insee"]) == (
        "20221200002",
        "732829320",
        "13210",
    )
    assert (row["localisation_zonage_123"], row["localisation_zonage_abc"], row["sans_travaux"]) == ("02", "A", "false")


def test_a_row_of_a_list_bears_the_number_of_the_operation_and_the_rank_of_each_list_above() -> None:
    garages = of("detail_loyer_garage", made_siap.operation())

    assert garages == [
        {
            "numero_operation": "20221200002",
            "rang_detail_aide": "1",
            "rang_detail_loyer": "1",
            "rang": "1",
            "type": "Enterrés / Sous-sol",
            "loyer": "30",
        }
    ]


def test_unknown_numbers_stay_empty_and_are_not_zeros() -> None:
    plus, plai = of("detail_aide", made_siap.operation())

    assert (plus["logement_nb_logements_individuels"], plus["logement_nb_logements_collectifs"]) == ("10", None)
    assert (plai["rang"], plai["aide_code"]) == ("2", "PLAI")


@pytest.mark.parametrize("empty", [None, []])
def test_a_list_that_is_null_or_empty_has_no_row(empty: Any) -> None:  # noqa: ANN401 - same
    def change(made: dict[str, Any]) -> None:
        made["detailsOperation"] = made["plansFinancement"] = made["donneesOperation"]["aides"] = empty

    assert [row.table for row in flat(made_siap.operation(change=change))] == ["operation"]


def test_a_null_in_a_list_says_nothing_and_a_value_alone_is_kept_under_a_name_of_its_own() -> None:
    def change(made: dict[str, Any]) -> None:
        made["donneesOperation"]["aides"] = [None, {"code": "PLUS"}, "PLAI"]

    aides = of("operation_aide", made_siap.operation(change=change))

    assert [(row["rang"], row.get("code"), row.get("valeur")) for row in aides] == [("1", "PLUS", None), ("2", None, "PLAI")]


def test_the_older_name_of_the_plans_and_a_plan_out_of_a_list_are_read() -> None:
    def change(made: dict[str, Any]) -> None:
        made["planFinancement"] = made.pop("plansFinancement")[0]

    [plan] = of("plan_financement", made_siap.operation(change=change))

    assert (plan["rang"], plan["code_aide"]) == ("1", "PLUS")


def test_nothing_of_the_agents_is_read() -> None:
    answers = [made_siap.operation(), made_siap.CLEARANCE_ANSWER]

    assert all("agent" not in str(flat(answer)) and "upin" not in str(flat(answer)) for answer in answers)


def test_an_answer_is_known_by_what_it_holds() -> None:
    made = made_siap.operation()
    kinds = {row.table for answer in ([made], [made_siap.announced(made)], [made_siap.MERGER]) for row in flat(answer)}

    assert {"operation", "operation_annoncee", "fusion"} <= kinds
    assert flat([]) == flat(None) == []


@pytest.mark.parametrize("answer", [{"autre": 1}, [{"autre": 1}], ["PLUS"], "PLUS", [made_siap.MERGER, {"autre": 1}]])
def test_anything_else_is_no_answer_of_siap(answer: Any) -> None:  # noqa: ANN401 - same
    assert rows(answer) is None


@pytest.mark.parametrize("answer", [None, [], {"message": "erreur"}, {"donneesOperation": None}, {"donneesOperation": {}}])
def test_what_is_not_the_details_of_an_operation_has_no_number(answer: Any) -> None:  # noqa: ANN401 - same
    assert operation_number(answer) is None


@pytest.mark.parametrize(
    ("key", "name"),
    [
        ("nbLogementsIndividuels", "nb_logements_individuels"),
        ("zonageABC", "zonage_abc"),
        ("zonage123", "zonage_123"),
        ("adresseLigne3", "adresse_ligne_3"),
        ("codeFamilleMO", "code_famille_mo"),
        ("donneesOperation.aides", "donnees_operation_aides"),
    ],
)
def test_a_key_becomes_the_name_of_a_column(key: str, name: str) -> None:
    assert snake(key) == name


def test_the_contracts_declare_every_leaf_that_the_interface_describes(shared_data: Path) -> None:
    schemas = json.loads((shared_data / "siap-openapi.json").read_text(encoding="utf-8"))["components"]["schemas"]
    described = {leaf for root, (table, path) in ROOTS.items() for leaf in _leaves(schemas, schemas[root], path, table, "")}
    declared = {(name, column.nom) for name, contract in source_tables("siap").items() for column in contract.colonnes}

    assert len(described) > 100
    assert described - declared == set()


def _leaves(schemas: Any, schema: Any, path: str, table: str, prefix: str) -> set[tuple[str, str]]:  # noqa: ANN401 - same
    """Return table and column of every value below a schema."""
    found: set[tuple[str, str]] = set()
    for key, value in schema.get("properties", {}).items():
        below = f"{path}.{key}" if path else key
        name = "_".join(filter(None, (prefix, SHORTER.get(key, snake(key)))))
        content = _resolved(schemas, value)
        items = _resolved(schemas, content.get("items", {}))
        if below in NEVER_READ:
            continue
        if items.get("properties"):
            found |= _leaves(schemas, items, below, LISTS[below], "")
        elif content.get("properties"):
            found |= _leaves(schemas, content, below, table, name)
        else:
            found.add((table, name))
    return found


def _resolved(schemas: Any, schema: Any) -> Any:  # noqa: ANN401 - same
    return schemas[schema["$ref"].rpartition("/")[2]] if "$ref" in schema else schema
