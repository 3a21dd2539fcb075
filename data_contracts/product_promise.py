"""What each mart promises at its declared version, and whether a new contract still keeps it.

A promise is what a reader's query or program may rest on: the columns, their types, units, closed lists and references, which of
them are never empty, the key. `python -m data_contracts.generate` keeps the promises in a file of the repository and refuses a
contract that breaks one at the same version. Words (titles, meanings, grain) may be written better at any time.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path

from data_contracts.loader import ROOT
from data_contracts.product_contract import Product
from data_contracts.strict import Strict

PROMISES = ROOT / "promesses.generated.json"


class ColumnPromise(Strict):
    """What is promised of one column; see `ProductColumn`."""

    type: str
    obligatoire: bool = False
    unite: str | None = None
    valeurs: tuple[str, ...] | None = None
    reference: str | None = None


class Promise(Strict):
    """What is promised of one mart."""

    version: int
    grain: str
    cle_primaire: tuple[str, ...]
    colonnes: Mapping[str, ColumnPromise]


Promises = Mapping[str, Promise]
"""By mart."""


def promised(products: Iterable[Product]) -> dict[str, Promise]:
    """Return what these contracts promise."""
    return {
        product.mart: Promise(
            version=product.version,
            grain=product.grain,
            cle_primaire=product.cle_primaire,
            colonnes={
                column.nom: ColumnPromise(**column.model_dump(include=set(ColumnPromise.model_fields)))
                for column in product.colonnes
            },
        )
        for product in products
    }


def text(promises: Promises) -> str:
    """Return promises as the file holds them: JSON, what is not promised left out."""
    content = {mart: promise.model_dump(mode="json", exclude_defaults=True) for mart, promise in promises.items()}
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def kept(path: Path = PROMISES) -> dict[str, Promise]:
    """Return the promises of the file; none when nothing was ever promised."""
    if not path.is_file():
        return {}
    return {mart: Promise.model_validate(promise) for mart, promise in json.loads(path.read_text(encoding="utf-8")).items()}


def broken(before: Promises, now: Promises, removed: Collection[str] = ()) -> list[str]:
    """Say in French, one sentence a breach, which promises are no longer kept; `removed` are the marts whose end was announced."""
    return [breach for mart, promise in before.items() if mart not in removed for breach in _breaches(mart, promise, now.get(mart))]


def _breaches(mart: str, before: Promise, now: Promise | None) -> Iterator[str]:
    if now is None:
        yield (
            f"{mart} : la table disparaît ; la remettre, ou annoncer son retrait dans docs/evolutions-des-donnees.md "
            f"(« ## `{mart}` retirée (jj/mm/aaaa) »)"
        )
        return
    if now.version > before.version:
        return
    todo = (
        f"revenir en arrière, ou passer « version » à {before.version + 1} dans data_contracts/products/{mart}.yml "
        "et l'écrire dans docs/evolutions-des-donnees.md"
    )
    if now.version < before.version:
        yield f"{mart} : la version était {before.version}, elle devient {now.version} ; une version ne recule pas"
    if set(now.cle_primaire) != set(before.cle_primaire):
        yield f"{mart} : la clé était {_listed(before.cle_primaire)}, elle devient {_listed(now.cle_primaire)} ; {todo}"
    for name, column in before.colonnes.items():
        for breach in _column_breaches(column, now.colonnes.get(name)):
            yield f"{mart}.{name} : {breach} ; {todo}"


def _column_breaches(before: ColumnPromise, now: ColumnPromise | None) -> Iterator[str]:
    if now is None:
        yield "la colonne disparaît ou change de nom"
        return
    if now.type != before.type:
        yield f"le type était {before.type}, il devient {now.type}"
    if before.obligatoire and not now.obligatoire:
        yield "la colonne était toujours remplie, elle peut devenir vide"
    if before.unite and now.unite != before.unite:
        yield f"l'unité était {before.unite}, elle devient {now.unite or 'inconnue'}"
    if before.reference and now.reference != before.reference:
        yield f"ses valeurs étaient dans {before.reference}, elles ne le sont plus"
    if before.valeurs is None:
        return
    if now.valeurs is None:
        yield "la liste de ses valeurs était fermée, elle ne l'est plus"
        return
    # A value more surprises who lists them all; a value less leaves empty, without a word, the filter of who looks for it.
    if more := sorted(set(now.valeurs) - set(before.valeurs)):
        yield f"la liste fermée de ses valeurs gagne {_listed(more)}"
    if fewer := sorted(set(before.valeurs) - set(now.valeurs)):
        yield f"la liste fermée de ses valeurs perd {_listed(fewer)}"


def _listed(names: Iterable[str]) -> str:
    return ", ".join(names)
