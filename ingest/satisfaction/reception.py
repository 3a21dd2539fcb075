"""Receives surveys: the export of « Je donne mon avis » alone, or a folder of CSV, each with the YAML that describes it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from data_contracts.errors import BadInputError
from data_contracts.yaml_file import YamlFile
from ingest.masking import masked
from ingest.readers.copy_text import Block, row
from ingest.readers.folder import data_files
from ingest.readers.reception import Identity, Reception, Request
from ingest.readers.spool import SpooledTable, open_table
from ingest.satisfaction.answers import Sheet, answers, ignored, sheet
from ingest.satisfaction.description import JDMA, JdmaForm, Survey

ANSWERS, DESCRIPTION = ".csv", ".yml"
SURVEY, ANSWER = "enquete", "reponse"
"""Tables of the contract."""

Answered = tuple[Sheet, Survey]


def receive_export(path: Path, identity: Identity, request: Request) -> Reception:
    """Read the export of « Je donne mon avis », in CSV."""
    found = sheet(path)
    if found.lacks(JDMA):
        raise BadInputError(
            f"« {path.name} » n'a pas les colonnes d'un export de Je donne mon avis : pour une autre enquête, donner un dossier "
            "avec son CSV et sa description (enquete.yml)."
        )
    return _received([(found, JDMA)], path.name, identity, request)


def receive_folder(path: Path, identity: Identity, request: Request) -> Reception:
    """Read every CSV of a folder, described by the YAML of the same name, or by the only one when there is one CSV."""
    files = data_files(path, ANSWERS)
    descriptions = {file.stem: file for file in data_files(path, DESCRIPTION)}
    if len(files) == len(descriptions) == 1:
        descriptions = {files[0].stem: next(iter(descriptions.values()))}
    if alone := sorted(descriptions.keys() - {file.stem for file in files}):
        raise BadInputError(
            f"« {descriptions[alone[0]].name} » ne décrit aucun CSV de « {path.name} » : lui donner le nom du CSV qu'il décrit."
        )
    described = [_described(file, descriptions.get(file.stem)) for file in files]
    _require_distinct(described)
    return _received(described, path.name, identity, request)


def _described(file: Path, description: Path | None) -> Answered:
    found = sheet(file)
    if description:
        return found, _survey(description)
    if found.lacks(JDMA):
        raise BadInputError(
            f"« {file.name} » n'est pas un export de Je donne mon avis, et rien ne le décrit : ajouter {file.stem}{DESCRIPTION}."
        )
    return found, JDMA


def _survey(description: Path) -> Survey:
    document = YamlFile(description)
    if isinstance(document.content, dict) and "format" in document.content:
        form: JdmaForm = document.validated(JdmaForm)
        return form.survey()
    survey: Survey = document.validated(Survey)
    return survey


def _require_distinct(described: Iterable[Answered]) -> None:
    """Raise BadInputError when two different surveys have one title: their answers could not be told apart."""
    surveys: dict[str, Survey] = {}
    for found, survey in described:
        if surveys.setdefault(survey.cle, survey) != survey:
            raise BadInputError(
                f"« {found.path.name} » : une autre enquête du dossier porte le titre « {survey.titre} » ; leur donner deux titres."
            )


def _received(described: Iterable[Answered], name: str, identity: Identity, request: Request) -> Reception:
    found = list(described)
    surveys = {survey.cle: survey for _, survey in found}
    left = dict.fromkeys(masked(f"{label} ({one.path.name})") for one, survey in found for label in ignored(one, survey))
    columns = {table: tuple(column.nom for column in request.contract[table].colonnes) for table in (SURVEY, ANSWER)}
    columns[ANSWER] += tuple(left)
    with ExitStack() as stack:
        tables = {table: open_table(Block("", table, names, 1), request.folder) for table, names in columns.items()}
        for table in tables.values():
            stack.enter_context(table.file)
        for survey in surveys.values():
            _add(tables[SURVEY], _row(survey))
        for one, survey in found:
            for answer in answers(one, survey):
                _add(tables[ANSWER], answer)
    return Reception({table: spooled.received(f"« {name} », {table}", 1) for table, spooled in tables.items()}, (), identity)


def _row(survey: Survey) -> Mapping[str, str | None]:
    values: Mapping[str, Any] = survey.model_dump(include={"canal", "titre", "public", "nb_envoyes"})
    return {"cle": survey.cle} | {name: None if value is None else str(value) for name, value in values.items()}


def _add(table: SpooledTable, values: Mapping[str, str | None]) -> None:
    table.add(row([values.get(column) for column in table.block.columns]), 1)
