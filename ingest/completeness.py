"""Confronts what was received with the contract: what is missing, what is unknown, and what a person should be told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from data_contracts.delivery import Delivery
from data_contracts.derive import Nature
from data_contracts.errors import BadInputError
from data_contracts.plain_text import visible
from data_contracts.source_contract import Presence, SourceTable
from ingest.readers.reception import ReceivedTable, Reception

FEW = 5
"""Names quoted in an error before it says how many more there are."""
MANY = 20
"""The same in a report."""
NAME_MAX = 63
"""Characters of a name that are shown: PostgreSQL gives no longer one."""


def require(contract: Mapping[str, SourceTable], reception: Reception, delivery: str, system: str) -> None:
    """Raise BadInputError unless every required table and column is there, each column once."""
    required = [name for name, table in contract.items() if table.presence is Presence.REQUISE]
    missing = [name for name in required if name not in reception.tables]
    if required and len(missing) == len(required):
        found = enumerate_names(sorted((*reception.tables, *reception.unknown)))
        raise BadInputError(
            f"« {delivery} » n'est pas une livraison {system} : aucune des {len(required)} tables attendues n'y est "
            f"(trouvé : {found or 'aucune table avec des données'}) ; vérifier le fichier donné."
        )
    if missing:
        raise BadInputError(
            f"Il manque dans « {delivery} » {_the('table', missing)} : refaire la livraison avec toutes les tables requises."
        )
    for name, received in reception.tables.items():
        _require_columns(contract[name], received)


def absent_tables(contract: Mapping[str, SourceTable], reception: Reception) -> tuple[str, ...]:
    """Return the optional tables that the delivery came without."""
    return tuple(name for name in contract if name not in reception.tables)


def absent_columns(contract: SourceTable, received: Sequence[str]) -> tuple[str, ...]:
    """Return the columns of the contract that the delivery came without. One that may be absent and never lands is not missed."""
    return tuple(
        column.nom
        for column in contract.colonnes
        if column.nom not in received and not (column.is_dropped and column.presence is Presence.FACULTATIVE)
    )


def unknown_columns(contract: SourceTable, received: Sequence[str]) -> tuple[str, ...]:
    """Return the columns received that the contract does not know."""
    known = {column.nom for column in contract.colonnes}
    return tuple(name for name in received if name not in known)


def about_columns(delivery: Delivery) -> list[str]:
    """Return one French sentence for each difference with the contract that did not stop the import.

    What the delivery before had and this one has not is told apart (`drift.about_drift`).
    """
    said = []
    gone = {(one.table, one.colonne) for one in delivery.derives if one.nature in {Nature.TABLE_DISPARUE, Nature.COLONNE_DISPARUE}}
    if absent := [name for name in delivery.tables_absentes if (name, "") not in gone]:
        said.append(f"Tables facultatives non livrées : {', '.join(absent)}.")
    if delivery.tables_inconnues:
        said.append(f"Tables inconnues du contrat, non reprises : {enumerate_names(delivery.tables_inconnues, MANY)}.")
    for table in delivery.tables:
        if absent := [name for name in table.colonnes_absentes if (table.table, name) not in gone]:
            said.append(f"{table.table} : colonnes facultatives non livrées : {', '.join(absent)}.")
        if table.colonnes_inconnues:
            said.append(
                f"{table.table} : colonnes inconnues du contrat, non reprises : {enumerate_names(table.colonnes_inconnues, MANY)}."
            )
    return said


def about_rows(delivery: Delivery) -> list[str]:
    """Return one French sentence for each thing to know of the rows landed."""
    said = []
    limited = [table for table in delivery.tables if table.nb_hors_perimetre]
    if limited and not any(table.nb_recus for table in limited):
        said.append(f"Aucune ligne de la livraison ne concerne le périmètre demandé ({', '.join(delivery.departements)}).")
    for table in delivery.tables:
        if table.nb_quarantaine:
            rows = plural("ligne", table.nb_quarantaine)
            said.append(f"{table.table} : {table.nb_quarantaine} {rows} sur {table.nb_recus} en quarantaine.")
        if table.nb_illisibles:
            values = plural("valeur illisible", table.nb_illisibles)
            said.append(f"{table.table} : {table.nb_illisibles} {values}, dont le texte est gardé.")
    return said


def about_corrections(count: int) -> list[str]:
    """Return a French sentence when corrections were recorded of rows that the delivery has refused."""
    rows = plural("ligne refusée", count)
    verb = "ont" if count > 1 else "a"
    return [f"{count} {rows} {verb} une correction enregistrée : lancer « parc quarantaine rejouer »."] if count else []


def enumerate_names(names: Iterable[str], limit: int = FEW) -> str:
    """Return the names separated by commas, the first ones only when they are many."""
    every = [visible(name, NAME_MAX) for name in names]
    rest = len(every) - limit
    return ", ".join(every[:limit]) + (f" et {rest} autre{'s' if rest > 1 else ''}" if rest > 0 else "")


def plural(words: str, count: int) -> str:
    """Return French words that take an s each when there are several."""
    return " ".join(f"{word}s" for word in words.split()) if count > 1 else words


def _require_columns(contract: SourceTable, received: ReceivedTable) -> None:
    if doubled := sorted(name for name, count in Counter(received.columns).items() if count > 1):
        raise BadInputError(f"{received.place} : la colonne {doubled[0]} y est plusieurs fois ; n'en garder qu'une.")
    missing = [name for name in absent_columns(contract, received.columns) if contract.column(name).presence is Presence.REQUISE]
    if missing:
        raise BadInputError(
            f"{received.place} : il manque {_the('colonne', missing)} ; refaire la livraison avec toutes les colonnes requises."
        )


def _the(noun: str, names: list[str]) -> str:
    return f"{'la' if len(names) == 1 else 'les'} {plural(noun, len(names))} {enumerate_names(names)}"
