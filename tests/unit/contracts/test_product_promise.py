"""What a mart promised at a version is kept until the next: each way of breaking it is said, and nothing else is."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_contracts import data_changelog, generate, product_promise
from data_contracts.errors import BadInputError
from data_contracts.loader import products
from data_contracts.product_contract import Product

if TYPE_CHECKING:
    from pathlib import Path

    from data_contracts.product_promise import Promises

Column = dict[str, Any]
COLUMNS: dict[str, Column] = {
    "lot_id": {"type": "VARCHAR", "obligatoire": True},
    "statut": {"type": "VARCHAR", "valeurs": ["OUVERT", "FERME"]},
    "surface_m2": {"type": "DECIMAL(14,2)", "unite": "m²"},
    "bailleur_id": {"type": "VARCHAR", "reference": "dim_bailleur.bailleur_id"},
}


def product(version: int = 1, key: tuple[str, ...] = ("lot_id",), **changed: Column | None) -> Product:
    """A contract of a mart; `changed` replaces columns, adds some, and takes off those that are None."""
    columns = {**COLUMNS, **changed}
    return Product.model_validate(
        {
            "mart": "fct_lot",
            "version": version,
            "titre": "Lots",
            "grain": "un lot",
            "description": "Les lots.",
            "acces": ["commun"],
            "cle_primaire": key,
            "colonnes": [{"nom": name, "description": name, **column} for name, column in columns.items() if column],
        }
    )


def promised(*contracts: Product) -> Promises:
    return product_promise.promised(contracts)


BREACHES: dict[str, tuple[dict[str, Any], str]] = {
    "removed": ({"statut": None}, "fct_lot.statut : la colonne disparaît ou change de nom"),
    "renamed": ({"statut": None, "etat": COLUMNS["statut"]}, "fct_lot.statut : la colonne disparaît ou change de nom"),
    "type": ({"lot_id": {"type": "BIGINT", "obligatoire": True}}, "fct_lot.lot_id : le type était VARCHAR, il devient BIGINT"),
    "maybe empty": ({"lot_id": {"type": "VARCHAR"}}, "fct_lot.lot_id : la colonne était toujours remplie, elle peut devenir vide"),
    "unit": (
        {"surface_m2": {"type": "DECIMAL(14,2)", "unite": "m² par logement"}},
        "fct_lot.surface_m2 : l'unité était m², elle devient m² par logement",
    ),
    "reference": ({"bailleur_id": {"type": "VARCHAR"}}, "fct_lot.bailleur_id : ses valeurs étaient dans dim_bailleur.bailleur_id"),
    "value more": (
        {"statut": {"type": "VARCHAR", "valeurs": ["OUVERT", "FERME", "PERDU"]}},
        "fct_lot.statut : la liste fermée de ses valeurs gagne PERDU",
    ),
    "value less": (
        {"statut": {"type": "VARCHAR", "valeurs": ["OUVERT"]}},
        "fct_lot.statut : la liste fermée de ses valeurs perd FERME",
    ),
    "list opened": ({"statut": {"type": "VARCHAR"}}, "fct_lot.statut : la liste de ses valeurs était fermée, elle ne l'est plus"),
    "key": ({"key": ("lot_id", "statut")}, "fct_lot : la clé était lot_id, elle devient lot_id, statut"),
}


@pytest.mark.parametrize(("change", "said"), BREACHES.values(), ids=BREACHES.keys())
def test_a_breach_at_the_same_version_is_said_with_what_to_do(change: dict[str, Any], said: str) -> None:
    [breach] = product_promise.broken(promised(product()), promised(product(**change)))

    assert breach.startswith(said)
    assert "passer « version » à 2 dans data_contracts/products/fct_lot.yml" in breach
    assert breach.endswith("l'écrire dans docs/evolutions-des-donnees.md")


@pytest.mark.parametrize("change", [change for change, _ in BREACHES.values()], ids=BREACHES.keys())
def test_a_new_version_may_break_what_the_last_one_promised(change: dict[str, Any]) -> None:
    assert product_promise.broken(promised(product()), promised(product(2, **change))) == []


@pytest.mark.parametrize(
    "change",
    [
        {"ordre": {"type": "INTEGER"}},
        {"statut": {"type": "VARCHAR", "valeurs": ["FERME", "OUVERT"], "obligatoire": True}},
        {"bailleur_id": {**COLUMNS["bailleur_id"], "valeurs": ["A"]}},
        {"statut": {**COLUMNS["statut"], "reference": "dim_statut.statut"}},
        {"lot_id": {**COLUMNS["lot_id"], "description": "Mieux dit."}},
    ],
    ids=["column more", "never empty any more", "list closed", "reference more", "better words"],
)
def test_what_promises_more_or_says_it_better_breaks_nothing(change: dict[str, Any]) -> None:
    assert product_promise.broken(promised(product()), promised(product(**change))) == []


def test_a_mart_may_be_added_and_none_may_go_unannounced() -> None:
    before, now = promised(product()), promised()

    assert product_promise.broken(now, before) == []
    assert product_promise.broken(before, now)[0].startswith("fct_lot : la table disparaît")
    assert product_promise.broken(before, now, removed={"fct_lot"}) == []


def test_a_version_never_goes_back() -> None:
    [breach] = product_promise.broken(promised(product(3)), promised(product(2)))

    assert breach == "fct_lot : la version était 3, elle devient 2 ; une version ne recule pas"


column_promises = st.builds(
    product_promise.ColumnPromise,
    type=st.sampled_from(["VARCHAR", "INTEGER"]),
    obligatoire=st.booleans(),
    unite=st.sampled_from([None, "ans", "jours"]),
    valeurs=st.sampled_from([None, ("A",), ("A", "B")]),
    reference=st.sampled_from([None, "dim_bailleur.bailleur_id"]),
)
promises = st.builds(
    product_promise.Promise,
    version=st.just(1),
    grain=st.just("un lot"),
    cle_primaire=st.sampled_from([("a",), ("a", "b")]),
    colonnes=st.dictionaries(st.sampled_from("abcd"), column_promises),
)


@given(promises, promises, promises)
def test_what_is_kept_step_by_step_is_kept_from_the_first_to_the_last(
    first: product_promise.Promise, second: product_promise.Promise, third: product_promise.Promise
) -> None:
    def keeps(before: product_promise.Promise, now: product_promise.Promise) -> bool:
        return not product_promise.broken({"fct_lot": before}, {"fct_lot": now})

    assert keeps(first, first)
    assert not (keeps(first, second) and keeps(second, third)) or keeps(first, third)


@given(promises)
def test_a_promise_is_read_back_as_it_was_written(promise: product_promise.Promise) -> None:
    written = json.loads(product_promise.text({"fct_lot": promise}))

    assert product_promise.Promise.model_validate(written["fct_lot"]) == promise


@pytest.fixture
def own_promises(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file of promises, away from the project's; the project's contracts stay."""
    path = tmp_path / "promesses.json"
    path.write_text(product_promise.PROMISES.read_text(encoding="utf-8"), encoding="utf-8")
    monkeypatch.setattr(product_promise.kept, "__defaults__", (path,))
    return path


@pytest.mark.parametrize("arguments", [[], ["--check"]])
def test_nothing_is_generated_from_contracts_that_break_a_promise(own_promises: Path, arguments: list[str]) -> None:
    kept = json.loads(own_promises.read_text(encoding="utf-8"))
    kept["fct_lot"]["colonnes"]["loyer"] = {"type": "VARCHAR"}
    own_promises.write_text(json.dumps(kept), encoding="utf-8")

    with pytest.raises(
        BadInputError, match=r"^Des tables publiées ne tiennent plus ce qu'elles promettaient :\n- fct_lot.loyer : "
    ):
        generate.main(arguments)


def test_the_promises_of_the_project_are_kept_and_told() -> None:
    changelog = data_changelog.CHANGELOG.read_text(encoding="utf-8")
    now = product_promise.promised(products().values())

    assert product_promise.broken(product_promise.kept(), now, data_changelog.removed(changelog)) == []
    assert data_changelog.faults(changelog, products()) == []
