"""Reads and validates the YAML contracts. A broken file is refused with its name and the reason."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from data_contracts.errors import BadInputError
from data_contracts.product_contract import Product
from data_contracts.source_contract import Source, SourceTable

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

ROOT = Path(__file__).resolve().parent
SOURCES = ROOT / "sources"
PRODUCTS = ROOT / "products"

Contract = TypeVar("Contract", bound=BaseModel)


@cache
def source_tables(source: str, folder: Path = SOURCES) -> dict[str, SourceTable]:
    """Return the contracts of a source by table name, sorted. Raises BadInputError for an unknown source or a broken file."""
    paths = sorted((folder / source).glob("*.yml"))
    if not paths:
        raise BadInputError(f"La source « {source} » n'a aucun contrat dans {folder} : vérifier son nom.")
    contracts = [_read(path, SourceTable) for path in paths]
    for path, contract in zip(paths, contracts, strict=True):
        if (contract.source, contract.table) != (source, path.stem):
            raise BadInputError(
                f"{path} déclare {contract.source}.{contract.table} : le dossier et le fichier doivent porter ces noms."
            )
    return {contract.table: contract for contract in contracts}


@cache
def source(name: str, folder: Path = SOURCES) -> Source:
    """Return what is agreed of a source as a whole. Raises BadInputError for an unknown source or a broken file."""
    path = folder / f"{name}.yml"
    if not path.is_file():
        raise BadInputError(f"La source « {name} » n'a pas de contrat {path} : l'écrire, ou vérifier son nom.")
    found = _read(path, Source)
    if found.source != name:
        raise BadInputError(f"{path} déclare la source {found.source} : le fichier doit porter ce nom.")
    if missing := _unsaid(found, folder):
        raise BadInputError(f"{path} : cette source reçoit des données personnelles et ne dit pas {missing}.")
    return found


def _unsaid(found: Source, folder: Path) -> str | None:
    """Return what a source has to say of its personal data and does not."""
    tables = source_tables(found.source, folder) if any((folder / found.source).glob("*.yml")) else {}
    personal = [column for contract in tables.values() for column in contract.colonnes if column.personnel]
    if personal and not found.destinataires:
        return "qui les voit (destinataires)"
    if any(not column.is_dropped for column in personal) and found.conservation.maximum_jours is None:
        return "combien de temps ce qui en reste est gardé (conservation, maximum_jours)"
    return None


@cache
def products(folder: Path = PRODUCTS) -> dict[str, Product]:
    """Return the contracts of the marts by name, sorted. Raises BadInputError for a broken file."""
    found = {path.stem: _read(path, Product) for path in sorted(folder.glob("*.yml"))}
    for name, product in found.items():
        if product.mart != name:
            raise BadInputError(f"products/{name}.yml déclare le mart {product.mart} : le fichier doit porter ce nom.")
    return found


def fingerprint(source: str, folder: Path = SOURCES) -> str:
    """Return the sha256 of everything the contracts of a source say, whatever their layout or comments."""
    digest = hashlib.sha256()
    for contract in source_tables(source, folder).values():
        digest.update(contract.model_dump_json().encode())
    return digest.hexdigest()


def _read(path: Path, kind: type[Contract]) -> Contract:
    try:
        return kind.model_validate(yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = f" à la ligne {mark.line + 1}" if mark else ""
        raise BadInputError(f"{path} n'est pas un YAML lisible{place} : vérifier les retraits et les guillemets.") from error
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"])) or "racine"
        raise BadInputError(f"{path} ne respecte pas le format des contrats, à « {place} » : {reason(first)}.") from error


def reason(error: ErrorDetails) -> str:
    """Say in French what a value did wrong."""
    context = error.get("ctx", {})
    match error["type"]:
        case "missing":
            return "clé absente"
        case "extra_forbidden":
            return "clé inconnue"
        case "enum":
            return f"« {error['input']} » n'est pas l'une des valeurs {context['expected'].replace(' or ', ' ou ')}"
        case "value_error":
            return str(context["error"])
        case "too_short":
            return "liste vide"
        case _:
            return f"valeur d'une autre forme que celle attendue ({error['type']})"
