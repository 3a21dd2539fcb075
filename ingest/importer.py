"""Imports one delivery: reads it whatever its format, types it, sets its refused rows apart, and makes it exist in one rename."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from data_contracts.delivery import Delivery, LandedTable, current_deliveries, day_of, deliveries, landing_instant
from data_contracts.errors import BadInputError, TransientError
from data_contracts.loader import SOURCES, fingerprint, source_tables
from data_contracts.loader import source as source_contract
from ingest import corrections, drift, masking
from ingest.apilos import export
from ingest.completeness import about_columns, about_corrections, about_rows, absent_tables, require
from ingest.damage import explained
from ingest.database import connect
from ingest.departements import validated
from ingest.drift_values import Files
from ingest.formats import Format, Origin, check_names, identity, signature
from ingest.landing import Landing
from ingest.personal_data import PseudonymKey, pseudonym_key
from ingest.quarantine import Quarantine
from ingest.raw import create_views
from ingest.readers import report
from ingest.readers.folder import receive_csv, receive_parquet
from ingest.readers.pg_dump import receive_custom, receive_sql
from ingest.readers.postgresql import receive_server
from ingest.readers.reception import Identity, Reception, Request
from ingest.referentiels import reception as zonings
from ingest.refused import waiting
from ingest.rpls import reception as rpls
from ingest.satisfaction import reception as surveys
from ingest.siap import extraction, folder
from ingest.sources import system_called
from ingest.unchanged import Earlier
from ingest.workshop import Workshop, workshop

if TYPE_CHECKING:
    from data_contracts.layout import Home
    from data_contracts.source_contract import Source, SourceTable
    from ingest.sources.system import System

Progress = Callable[[str, int, float], None]
"""Called as each table lands, with its name, its rows and the seconds it took."""
COLUMNS_MAX = 2000
"""Columns of one table: the widest has some two hundred. Beyond, the time that SQL takes to read them grows with their square."""
ID_DIGITS = 16
"""Hexadecimal digits of the content's hash that name a delivery."""
FILE_READERS = {
    Format.DUMP_CUSTOM: receive_custom,
    Format.DUMP_SQL: receive_sql,
    Format.DOSSIER_CSV: receive_csv,
    Format.DOSSIER_PARQUET: receive_parquet,
    Format.RAPPORT_CSV: report.receive_csv,
    Format.RAPPORT_XLSX: report.receive_xlsx,
    Format.DOSSIER_JSON: folder.receive,
    Format.EXPORT_APILOS: export.receive,
    Format.EXPORT_JDMA: surveys.receive_export,
    Format.DOSSIER_ENQUETES: surveys.receive_folder,
    Format.FICHIER_ZONAGE: zonings.receive_file,
    Format.DOSSIER_ZONAGES: zonings.receive_folder,
    Format.FICHIER_RPLS: rpls.receive,
}
SERVER_READERS = {Format.POSTGRESQL: receive_server, Format.API_SIAP: extraction.receive}


@dataclass(frozen=True)
class ImportReport:
    """What an import did. `deja_importee` means that the same content was already there, and that nothing was written."""

    delivery: Delivery
    deja_importee: bool
    avertissements: tuple[str, ...]
    """French sentences: what is missing, unknown, unreadable or refused."""
    duree_s: float


@dataclass(frozen=True)
class _Import:
    """What one import was asked, checked."""

    home: Home
    system: System
    contract: Mapping[str, SourceTable]
    contract_sha256: str
    agreed: Source
    origin: Origin
    signature: list[tuple[str, int, int]]
    """What the files of the origin looked like before they were read."""
    departements: tuple[str, ...]
    now: datetime
    progress: Progress | None

    def already_landed(self, found: Identity) -> Delivery | None:
        """Return the delivery with this content, landed with these contracts and for these départements."""
        return next((delivery for delivery in self._same(found) if delivery.contrat_sha256 == self.contract_sha256), None)

    def delivery_id(self, found: Identity) -> str:
        """Return the name of the delivery: its content, its départements, and its contracts when they changed since."""
        parts = [found.sha256[:ID_DIGITS], *self.departements]
        if self._same(found):
            parts.append(f"c{self.contract_sha256[:8]}")
        return "-".join(parts)

    def _same(self, found: Identity) -> list[Delivery]:
        return [
            delivery
            for delivery in deliveries(self.home, self.system.name)
            if delivery.sha256 == found.sha256 and delivery.departements == self.departements
        ]


def import_delivery(  # noqa: PLR0913 (the signature every caller knows)
    home: Home,
    source: str,
    origin: str | Path,
    *,
    departements: Iterable[str] = (),
    now: datetime,
    progress: Progress | None = None,
    contracts: Path = SOURCES,
) -> ImportReport:
    """Import one delivery of a source. The caller holds the lock of the home.

    Args:
        home: where the delivery lands.
        source: name of the source system, for instance `ecoloweb`.
        origin: path of a file or of a folder, or URL.
        departements: official codes; only their agreements are kept. Empty for the whole delivery.
        now: date received, UTC.
        progress: told of each table as it lands.
        contracts: folder of the contracts, one folder a source.

    Raises:
        BadInputError: in one French sentence, for a delivery that can't be imported whole; nothing is then changed. TransientError
            when the delivery isn't at fault: it is being written, or there is no room or no right to land it.
        RefusedError: when a row was lost on the way, which is ours to repair; nothing is then changed.
    """
    start = time.perf_counter()
    system = system_called(source)
    found = system.detect(origin)
    check_names(found)
    asked = _Import(
        home=home,
        system=system,
        contract=source_tables(system.name, contracts),
        contract_sha256=fingerprint(system.name, contracts),
        agreed=source_contract(system.name, contracts),
        origin=found,
        signature=signature(found),
        departements=validated(departements),
        now=landing_instant(home, source, now),
        progress=progress,
    )
    announced = identity(asked.origin)
    known = asked.already_landed(announced) if announced else None
    delivery, is_known, said = (known, True, []) if known else _imported(asked, announced)
    if is_known:
        said = _about_newer(asked, delivery)
    return ImportReport(delivery, is_known, tuple(said), time.perf_counter() - start)


def _imported(asked: _Import, announced: Identity | None) -> tuple[Delivery, bool, list[str]]:
    """Return the delivery, whether it was already there (for a server, known only once it is read), and what to say of it."""
    current = current_deliveries(asked.home)
    replaced = current.get(asked.system.name)
    with workshop(asked.home, asked.system.name) as shop:
        reception = _received(asked, announced, shop)
        if known := asked.already_landed(reception.identity):
            _forget(reception)
            return known, True, []
        for table in reception.tables.values():
            if len(table.columns) > COLUMNS_MAX:
                raise BadInputError(
                    f"{table.place} : {len(table.columns)} colonnes, plus que les {COLUMNS_MAX} qu'une table peut avoir ; "
                    "vérifier le séparateur, ou refaire l'export."
                )
        require(asked.contract, reception, asked.origin.name, asked.system.label)
        key = pseudonym_key(asked.home)
        earlier = Earlier(asked.home, replaced, asked.departements, key, asked.contract_sha256)
        landed = Files(_delivery(asked, reception, key, _landed(asked, reception, earlier, shop)), shop.delivery)
        with connect(shop.scratch) as connection:
            delivery = drift.confronted(connection, asked.agreed, asked.contract, landed, asked.home)
        if signature(asked.origin) != asked.signature:
            raise TransientError(
                f"« {asked.origin.name} » a changé pendant sa lecture : attendre la fin de son écriture, puis recommencer."
            )
        shop.seal(delivery)
        key.keep(asked.home, shop.scratch)
        shop.commit(delivery)
        _forget(reception)
    corrected = waiting(asked.home, delivery, corrections.read(asked.home))
    said = [
        *_about_key(current, delivery),
        *about_columns(delivery),
        *drift.about_drift(delivery),
        *about_rows(delivery),
        *about_corrections(len(corrected)),
    ]
    if replaced:
        folders = (asked.home.delivery(asked.system.name, one.livraison_id) for one in (replaced, delivery))
        said += asked.system.about_replaced(*folders)
    return delivery, False, said


def _received(asked: _Import, announced: Identity | None, shop: Workshop) -> Reception:
    kept = asked.home.extractions(asked.system.name)
    request = Request(asked.contract, asked.system.preferred_schema, shop.scratch, kept)
    if announced is None:
        return SERVER_READERS[asked.origin.format](asked.origin.address, request)
    return FILE_READERS[asked.origin.format](asked.origin.path, announced, request)


def _landed(asked: _Import, reception: Reception, earlier: Earlier, shop: Workshop) -> tuple[LandedTable, ...]:
    """Land every table received, then set the refused rows apart; return what the files hold."""
    contract = {name: table for name, table in asked.contract.items() if name in reception.tables}
    with connect(shop.scratch) as connection, explained(reception.tables.values()):
        earlier.key.install(connection)
        masking.install(connection)
        create_views(connection, asked.contract, reception.tables)
        conditions = asked.system.perimeter(connection, asked.departements) if asked.departements else {}
        landing = Landing(connection, shop.delivery, conditions)
        written, empreintes = {}, {}
        for name, table in contract.items():
            start = time.perf_counter()
            empreintes[name] = earlier.empreinte(reception.tables[name])
            again = earlier.land(table, empreintes[name], shop.delivery)
            written[name] = again or landing.land(table, reception.tables[name])
            if asked.progress:
                asked.progress(name, written[name].rows, time.perf_counter() - start)
        quarantine = Quarantine(connection, shop.delivery, contract, day_of(asked.now))
        quarantine.fill()
        for name, table in contract.items():
            quarantine.write(name, landing.kept(table), reception.tables[name].columns)
        return tuple(
            quarantine.counted(name, reception.tables[name].columns, written[name]).model_copy(
                update={"empreinte": empreintes[name]}
            )
            for name in contract
        )


def _forget(reception: Reception) -> None:
    """Remove what a reader kept for another try: everything it holds has landed."""
    if reception.leftover:
        shutil.rmtree(reception.leftover)


def _delivery(asked: _Import, reception: Reception, key: PseudonymKey, tables: tuple[LandedTable, ...]) -> Delivery:
    return Delivery(
        livraison_id=asked.delivery_id(reception.identity),
        source=asked.system.name,
        format=asked.origin.format,
        origine=asked.origin.name,
        sha256=reception.identity.sha256,
        taille_octets=reception.identity.size,
        recue_le=asked.now,
        contrat_sha256=asked.contract_sha256,
        cle_pseudonymes=key.fingerprint,
        departements=asked.departements,
        habilitation=reception.scope,
        tables=tables,
        tables_absentes=absent_tables(asked.contract, reception),
        tables_inconnues=reception.unknown,
    )


def _about_key(current: Mapping[str, Delivery], delivery: Delivery) -> list[str]:
    """Return a sentence when deliveries that were current by source until now have their pseudonyms from another key."""
    strange = sorted(source for source, one in current.items() if one.cle_pseudonymes not in {None, delivery.cle_pseudonymes})
    if not strange:
        return []
    what = f"La clé des pseudonymes n'est pas celle des livraisons déjà reçues ({', '.join(strange)})"
    why = "les personnes d'avant et de maintenant ne se rapprochent plus"
    again = f"supprimer {', '.join(f'landing/{source}/' for source in strange)}, puis réimporter"
    return [f"{what} : {why}. Clé perdue ou fausse : remettre celle d'origine ; changée exprès : {again}."]


def _about_newer(asked: _Import, delivery: Delivery) -> list[str]:
    """Return a sentence when runs read another delivery: one received since, or this one replayed with its corrections."""
    newest = current_deliveries(asked.home)[asked.system.name]
    if newest == delivery:
        return []
    if newest.corrige == delivery.livraison_id:
        return [f"Sa version corrigée {newest.livraison_id} reste celle que les publications lisent."]
    return [f"La livraison {newest.livraison_id}, reçue depuis, reste celle que les publications lisent."]
