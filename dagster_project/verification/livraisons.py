"""Landed deliveries, against what they said of themselves when they landed."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import duckdb
from pydantic import ValidationError

from dagster_project import retention
from dagster_project.landing import changed_files
from dagster_project.verification.defect import Defect, set_aside
from data_contracts.clauses import literal
from data_contracts.delivery import Delivery, LandedTable, quarantine_path
from data_contracts.errors import BadInputError
from data_contracts.layout import DELIVERY_FILE
from ingest.workshop import PREFIX

if TYPE_CHECKING:
    from pathlib import Path

    from data_contracts.layout import Home
    from data_contracts.publication import PublishedRun

SET_ASIDE = (
    "La mettre de côté (la livraison d'avant vaudra de nouveau s'il y en a une), puis importer de nouveau le fichier de la source."
)


@dataclass(frozen=True)
class Received:
    """How many deliveries there are, and what is wrong with them."""

    count: int
    defects: tuple[Defect, ...]


def read(home: Home) -> Received:
    """Look at every landed delivery."""
    folders = sorted(path for path in home.landing.glob("*/*") if path.is_dir())
    kept = [folder for folder in folders if not folder.name.startswith(PREFIX)]
    leftovers = [_leftover(folder) for folder in folders if folder.name.startswith(PREFIX)]
    return Received(len(kept), (*leftovers, *(defect for folder in kept for defect in _damaged(home, folder))))


def missing(home: Home, run: PublishedRun) -> tuple[Defect, ...]:
    """Return the deliveries that a run was made from, and that are neither landed nor removed on their date."""
    try:
        gone = {(removal.source, removal.livraison_id) for removal in retention.read(home)}
    except (BadInputError, UnicodeDecodeError):
        return ()  # the registers say so
    read = [(told["source"], told["livraison_id"]) for told in run.manifest["livraisons"]]
    return tuple(
        Defect(
            home.delivery(*one),
            f"Cette livraison, dont la publication {run.run_id} a été faite, n'est plus là.",
            "La remettre depuis une sauvegarde, ou importer de nouveau le fichier de la source.",
        )
        for one in read
        if one not in gone and not home.delivery(*one).is_dir()
    )


def _leftover(folder: Path) -> Defect:
    return Defect(
        folder,
        "Un import interrompu a laissé son travail, valeurs personnelles comprises.",
        "Le supprimer.",
        partial(shutil.rmtree, folder),
    )


def _damaged(home: Home, folder: Path) -> Iterator[Defect]:
    """Give the defect of a delivery, if it has any: one is enough to set it aside."""
    try:
        delivery = Delivery.model_validate_json((folder / DELIVERY_FILE).read_text(encoding="utf-8"))
        wrong = next(_wrong(home, delivery), None)
    except (OSError, ValidationError, UnicodeDecodeError):
        wrong = f"{DELIVERY_FILE} manque ou ne se lit pas"
    if wrong is not None:
        yield Defect(
            folder, f"La livraison n'est plus celle qui a été reçue : {wrong}.", SET_ASIDE, partial(set_aside, home, folder)
        )


def _wrong(home: Home, delivery: Delivery) -> Iterator[str]:
    for path, is_missing in changed_files(home, delivery):
        yield f"{path.name} manque" if is_missing else f"le contenu de {path.name} a changé"
    for table in delivery.tables:
        yield from _wrong_quarantine(home, delivery, table)


def _wrong_quarantine(home: Home, delivery: Delivery, table: LandedTable) -> Iterator[str]:
    """Refused rows have no hash: they are read, and counted."""
    if not table.nb_quarantaine:
        return
    path = quarantine_path(home, delivery, table.table)
    try:
        with duckdb.connect() as connection:
            counted = connection.execute(f"select count(*), count(brut) from read_parquet({literal(str(path))})").fetchone()
    except duckdb.Error:
        counted = None
    if counted is None or counted[0] != table.nb_quarantaine:
        yield f"les {table.nb_quarantaine} lignes en quarantaine de {table.table} ne sont plus toutes là"
