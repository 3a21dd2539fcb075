"""Receives zonings: one CSV alone, or a folder of CSV, each with the YAML that describes it when its header does not."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from data_contracts.errors import BadInputError
from data_contracts.yaml_file import YamlFile
from ingest.readers.copy_text import Block, row
from ingest.readers.folder import data_files
from ingest.readers.reception import Identity, Reception, Request
from ingest.readers.spool import open_table
from ingest.referentiels.description import Description
from ingest.referentiels.zonings import ignored, rows

LIST, DESCRIPTION = ".csv", ".yml"
ZONING = "zonage"
"""Table of the contract."""

Described = tuple[Path, Description | None]


def receive_file(path: Path, identity: Identity, request: Request) -> Reception:
    """Read one CSV whose header says since when its zones apply."""
    return _received([(path, None)], path.name, identity, request)


def receive_folder(path: Path, identity: Identity, request: Request) -> Reception:
    """Read every CSV of a folder, described by the YAML of the same name, or by the only one when there is one CSV."""
    files = data_files(path, LIST)
    descriptions = {file.stem: file for file in data_files(path, DESCRIPTION)}
    if len(files) == len(descriptions) == 1:
        descriptions = {files[0].stem: next(iter(descriptions.values()))}
    if alone := sorted(descriptions.keys() - {file.stem for file in files}):
        raise BadInputError(
            f"« {descriptions[alone[0]].name} » ne décrit aucun CSV de « {path.name} » : lui donner le nom du CSV qu'il décrit."
        )
    return _received([(file, _description(descriptions.get(file.stem))) for file in files], path.name, identity, request)


def _description(path: Path | None) -> Description | None:
    if path is None:
        return None
    described: Description = YamlFile(path).validated(Description)
    return described


def _received(described: Sequence[Described], name: str, identity: Identity, request: Request) -> Reception:
    left = dict.fromkeys(f"{label} ({path.name})" for path, description in described for label in ignored(path, description))
    columns = (*(column.nom for column in request.contract[ZONING].colonnes), *left)
    table = open_table(Block("", ZONING, columns, 1), request.folder)
    with table.file:
        for path, description in described:
            for values in rows(path, description):
                table.add(row([values.get(column) for column in columns]), 1)
    return Reception({ZONING: table.received(f"« {name} »", 1)}, (), identity)
