"""What is particular to SIAP: its interface or a folder of its answers, and the département of an operation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from data_contracts.clauses import literal
from data_contracts.errors import BadInputError
from data_contracts.loader import source_tables
from ingest.formats import Format, Origin
from ingest.readers.folder import data_files
from ingest.siap.folder import EXTENSION
from ingest.siap.payloads import ANNOUNCED, CLEARANCE, MERGER, NUMBER, OPERATION
from ingest.sources.system import System

if TYPE_CHECKING:
    import duckdb

LOCAL = {"localhost", "127.0.0.1", "::1"}
WITHOUT_PLACE = {ANNOUNCED, CLEARANCE, MERGER}
"""The tables that belong to no département, and are kept whole."""


def detect(origin: str | Path) -> Origin:
    """Return what a delivery of SIAP is. Raises BadInputError for anything but an address or a folder of JSON."""
    if isinstance(origin, str) and "://" in origin:
        return _interface(origin)
    path = Path(origin)
    name = path.absolute().name
    if not path.is_dir():
        reason = "est un fichier" if path.is_file() else "n'existe pas"
        raise BadInputError(f"« {origin} » {reason} : donner l'adresse https://… du SIAP, ou un dossier de ses réponses en JSON.")
    if not data_files(path, EXTENSION):
        raise BadInputError(f"Le dossier « {name} » ne contient aucun fichier JSON : y mettre les réponses du SIAP.")
    return Origin(Format.DOSSIER_JSON, str(path), name)


def _interface(address: str) -> Origin:
    """Return an address as an origin. A token crosses no network in clear."""
    try:
        parts = urlsplit(address)
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        parts, port = urlsplit(""), ""
    if parts.scheme not in {"https", "http"} or not parts.hostname or parts.username or parts.query:
        raise BadInputError("L'adresse du SIAP n'est pas lisible : l'écrire https://serveur, sans utilisateur ni paramètre.")
    if parts.scheme == "http" and parts.hostname not in LOCAL:
        raise BadInputError(f"L'adresse du SIAP {parts.hostname}{port} n'est pas chiffrée : l'écrire en https://.")
    return Origin(Format.API_SIAP, address, f"{parts.scheme}://{parts.hostname}{port}")


def perimeter(connection: duckdb.DuckDBPyConnection, departements: Sequence[str]) -> Mapping[str, str]:
    """Return, by table, the condition under which a row belongs to an operation of these départements."""
    codes = ", ".join(map(literal, departements))
    connection.execute(
        "create schema perimetre; create table perimetre.operation as "
        f"select distinct {NUMBER} from {OPERATION} where localisation_departement_code_insee in ({codes})"
    )
    condition = f"coalesce({NUMBER} in (select {NUMBER} from perimetre.operation where {NUMBER} is not null), false)"
    return dict.fromkeys(source_tables("siap").keys() - WITHOUT_PLACE, condition)


SIAP = System(name="siap", label="SIAP", preferred_schema="", perimeter=perimeter, detect=detect)
