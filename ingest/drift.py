"""Confronts a delivery with the one it replaces: tables and columns that come and go, volume, new codes, values read less well.

Without a delivery before it, only what its contract does not know, or finds empty, is told.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from data_contracts.delivery import Delivery, LandedTable, deliveries
from data_contracts.derive import Derive, Gravite, Nature
from data_contracts.errors import BadInputError
from data_contracts.source_contract import Presence, Severity, Source, SourceTable
from data_contracts.words import number
from ingest.completeness import plural
from ingest.drift_values import Files, codes, percent, readings

if TYPE_CHECKING:
    import duckdb

    from data_contracts.layout import Home

SAID_OF_THE_CONTRACT = {Nature.TABLE_INCONNUE, Nature.COLONNE_INCONNUE}
"""What `completeness.about_columns` says already."""


def replaced_by(home: Home, delivery: Delivery) -> Files | None:
    """Return the newest landed delivery of the same source and the same extent, None when there is none."""
    extent = (delivery.departements, delivery.habilitation)
    same = [one for one in deliveries(home, delivery.source) if (one.departements, one.habilitation) == extent]
    return Files(same[-1], home.delivery(delivery.source, same[-1].livraison_id)) if same else None


def confronted(
    connection: duckdb.DuckDBPyConnection, agreed: Source, contract: Mapping[str, SourceTable], now: Files, home: Home
) -> Delivery:
    """Return the delivery with what it changes of the one it replaces. Raises BadInputError when its contract does not admit it."""
    found = derives(connection, agreed, contract, now, replaced_by(home, now.delivery))
    refuse_blocking(found, agreed)
    return now.delivery.model_copy(update={"derives": found})


def derives(
    connection: duckdb.DuckDBPyConnection, agreed: Source, contract: Mapping[str, SourceTable], now: Files, before: Files | None
) -> tuple[Derive, ...]:
    """Return how a delivery differs from its contract and from the one before it, by nature, table and column.

    `contract` has the contracts of every table of the source; `connection` reads the files, nothing else.
    """
    found = [*_unknown(now.delivery, before.delivery if before else None), *_empty(contract, now.delivery, before)]
    if before:
        found += [*_tables(now.delivery, before.delivery), *_volumes(agreed, now.delivery, before.delivery)]
    for landed in now.delivery.tables:
        earlier = before if before and before.delivery.table(landed.table) else None
        found += codes(connection, contract[landed.table], now, earlier)
        if earlier:
            found += [*_columns(connection, landed, earlier), *readings(connection, contract[landed.table], now, earlier)]
    return tuple(sorted(found, key=lambda one: (one.nature, one.table, one.colonne)))


def refuse_blocking(found: Iterable[Derive], agreed: Source) -> None:
    """Raise BadInputError when the contract of the source does not admit one of these differences."""
    blocking = [one.message for one in found if one.gravite is Gravite.BLOQUANTE]
    if blocking:
        rest = f" (et {len(blocking) - 1} de même)" if len(blocking) > 1 else ""
        raise BadInputError(
            f"Livraison refusée : {blocking[0].rstrip('.')}{rest} ; la refaire entière, ou passer gravite_baisse à « alerte » dans "
            f"le contrat de la source {agreed.source} si la baisse est voulue."
        )


def about_drift(delivery: Delivery) -> list[str]:
    """Return one French sentence for each difference that nothing else says at the end of an import."""
    return [one.message for one in delivery.derives if one.nature not in SAID_OF_THE_CONTRACT]


def _unknown(now: Delivery, before: Delivery | None) -> Iterator[Derive]:
    """What the contract does not know. It alerts when it is new; a database has always had tables that nobody asked for."""
    known = frozenset(before.tables_inconnues if before else now.tables_inconnues)
    for table in now.tables_inconnues:
        gravite = Gravite.INFORMATION if table in known else Gravite.ALERTE
        yield Derive(
            nature=Nature.TABLE_INCONNUE,
            table=table,
            gravite=gravite,
            message=f"{table} : cette table n'est pas au contrat, elle n'est pas reprise.",
        )
    for landed in now.tables:
        earlier = before.table(landed.table) if before else None
        for column in landed.colonnes_inconnues:
            yield Derive(
                nature=Nature.COLONNE_INCONNUE,
                table=landed.table,
                colonne=column,
                gravite=Gravite.INFORMATION if earlier and column in earlier.colonnes_inconnues else Gravite.ALERTE,
                message=f"{landed.table} : la colonne {column} n'est pas au contrat, elle n'est pas reprise.",
            )


def _empty(contract: Mapping[str, SourceTable], now: Delivery, before: Files | None) -> Iterator[Derive]:
    """Required tables without a row. One that had some is told by its loss."""
    for landed in now.tables:
        earlier = before.delivery.table(landed.table) if before else None
        if contract[landed.table].presence is Presence.REQUISE and _received(landed) == 0 and not (earlier and _received(earlier)):
            yield Derive(
                nature=Nature.TABLE_VIDE,
                table=landed.table,
                gravite=Gravite.INFORMATION if earlier else Gravite.ALERTE,
                observe=0,
                message=f"{landed.table} : cette table, requise, est livrée vide.",
            )


def _received(table: LandedTable) -> int:
    return table.nb_recus + table.nb_hors_perimetre


def _tables(now: Delivery, before: Delivery) -> Iterator[Derive]:
    for table in now.tables:
        if table.table in before.tables_absentes:
            yield Derive(
                nature=Nature.TABLE_APPARUE,
                table=table.table,
                gravite=Gravite.INFORMATION,
                observe=table.nb_recus,
                message=f"{table.table} : cette table est livrée, la livraison précédente ne l'avait pas.",
            )
    for table in before.tables:
        if now.table(table.table) is None:
            yield Derive(
                nature=Nature.TABLE_DISPARUE,
                table=table.table,
                gravite=Gravite.ALERTE,
                attendu=table.nb_recus,
                message=f"{table.table} : cette table n'est plus livrée, la livraison précédente l'avait.",
            )


def _columns(connection: duckdb.DuckDBPyConnection, now: LandedTable, before: Files) -> Iterator[Derive]:
    """A column that the contract before did not know neither comes nor goes: nobody looked for it."""
    earlier = before.delivery.table(now.table)
    missing = set(earlier.colonnes_absentes) if earlier else set()
    known = before.columns(connection, now.table)
    for column in sorted(missing & known - set(now.colonnes_absentes)):
        yield Derive(
            nature=Nature.COLONNE_APPARUE,
            table=now.table,
            colonne=column,
            gravite=Gravite.INFORMATION,
            message=f"{now.table} : la colonne {column} est livrée, la livraison précédente ne l'avait pas.",
        )
    for column in sorted(set(now.colonnes_absentes) & known - missing):
        yield Derive(
            nature=Nature.COLONNE_DISPARUE,
            table=now.table,
            colonne=column,
            gravite=Gravite.ALERTE,
            message=f"{now.table} : la colonne {column} n'est plus livrée, la livraison précédente l'avait.",
        )


def _volumes(agreed: Source, now: Delivery, before: Delivery) -> Iterator[Derive]:
    gravite = Gravite.BLOQUANTE if agreed.gravite_baisse is Severity.BLOQUANTE else Gravite.ALERTE
    for table in now.tables:
        earlier = before.table(table.table)
        lost = earlier.nb_recus - table.nb_recus if earlier else 0
        if earlier and lost * 100 > agreed.baisse_max_pct * earlier.nb_recus:
            yield Derive(
                nature=Nature.BAISSE_DE_VOLUME,
                table=table.table,
                gravite=gravite,
                observe=table.nb_recus,
                attendu=earlier.nb_recus,
                message=(
                    f"{table.table} : {number(table.nb_recus)} {plural('ligne', table.nb_recus)}, soit "
                    f"{percent(lost / earlier.nb_recus)} de moins que la livraison précédente ({number(earlier.nb_recus)}) ; "
                    f"le contrat admet {agreed.baisse_max_pct}\u202f%."
                ),
            )
