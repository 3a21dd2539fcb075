"""The landed source rows behind one published agreement: what lets a figure be followed back to the file it came from.

One path a table says how its rows are reached from the agreement's own row. Rows are read from the landing of the delivery
that the run recorded in its manifest, never from a newer one.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

import duckdb

from data_contracts.clauses import quote
from data_contracts.delivery import LINE_COLUMN, Delivery, table_path
from data_contracts.errors import BadInputError
from data_contracts.loader import source_tables
from data_contracts.source_contract import DUCKDB_TYPES

if TYPE_CHECKING:
    from data_contracts.publication import PublishedRun


class RowsState(StrEnum):
    """Whether the rows of a table could be read."""

    LUES = "lues"
    TABLE_NON_LIVREE = "table_non_livree"
    """The delivery came without this table."""
    LIVRAISON_SUPPRIMEE = "livraison_supprimee"
    """The landing that the run was built from is no longer there."""


@dataclass(frozen=True)
class SourceRows:
    """The rows of one source table behind one agreement, in the order of the source.

    `colonnes` starts with the source line; `lignes` holds at most the asked number of rows, `nb_lignes` counts them all.
    """

    table: str
    titre: str
    descriptions: dict[str, str]
    """Meaning of each column, from the source contract."""
    livraison: Delivery
    etat: RowsState
    colonnes: tuple[str, ...] = ()
    lignes: tuple[dict[str, Any], ...] = ()
    nb_lignes: int = 0


@dataclass(frozen=True)
class _Path:
    """Rows of `table` whose `column` is one of `parent_columns` of the parent's rows; of the agreement's key without parent."""

    table: str
    column: str
    parent: str | None = None
    parent_columns: tuple[str, ...] = ("id",)


_ECOLOWEB = (
    _Path("ecolo_conventionapl", "id"),
    _Path("ecolo_conventiondonneesgenerales", "conventionapl_id", "ecolo_conventionapl"),
    _Path("ecolo_avenant", "conventionapl_id", "ecolo_conventionapl"),
    _Path("ecolo_avenant_typeavenant", "avenant_id", "ecolo_avenant"),
    _Path("ecolo_programmelogement", "conventiondonneesgenerales_id", "ecolo_conventiondonneesgenerales"),
    _Path("ecolo_programmeadresse", "programmelogement_id", "ecolo_programmelogement"),
    _Path("ecolo_logement", "programmelogement_id", "ecolo_programmelogement"),
    _Path("ecolo_annexe", "programmelogement_id", "ecolo_programmelogement"),
    _Path("ecolo_infocadastrale", "programmelogement_id", "ecolo_programmelogement"),
    _Path("ecolo_infostypelogement", "programmelogement_id", "ecolo_programmelogement"),
    _Path("ecolo_piecejointe", "conventionapl_id", "ecolo_conventionapl"),
    _Path("ecolo_evenement", "conventionapl_id", "ecolo_conventionapl"),
    _Path("ecolo_bailleur", "id", "ecolo_programmelogement", ("bailleurproprietaire_id", "bailleurgestionnaire_id")),
    _Path("ecolo_commune", "id", "ecolo_programmelogement", ("commune_id",)),
    _Path("ecolo_conventiontype", "id", "ecolo_conventiondonneesgenerales", ("conventiontype_id",)),
    _Path("ecolo_entitegest", "id", "ecolo_conventionapl", ("entitecreatrice_id", "entitemodification_id")),
)
_PATHS = {"ecoloweb": {path.table: path for path in _ECOLOWEB}}


def tables_behind(convention_id: str) -> tuple[str, ...]:
    """Return the source tables that hold rows of an agreement, its own row first; none for a source without agreements."""
    source, _ = _split(convention_id)
    return tuple(_PATHS.get(source, {}))


def delivery_behind(run: PublishedRun, convention_id: str) -> Delivery | None:
    """Return the delivery that the run read this agreement's source from, None when it read none."""
    source, _ = _split(convention_id)
    found = (Delivery.model_validate(content) for content in run.manifest["livraisons"])
    return next((delivery for delivery in found if delivery.source == source), None)


def source_rows(run: PublishedRun, convention_id: str, table: str, limit: int = 200) -> SourceRows:
    """Return the landed rows of a source table behind an agreement, at most `limit` of them, ordered by source line.

    Raises BadInputError when the table holds no rows of agreements or the run read no delivery of that source.
    """
    source, key = _split(convention_id)
    paths = _PATHS.get(source, {})
    delivery = delivery_behind(run, convention_id)
    if table not in paths or delivery is None:
        raise BadInputError(
            f"La publication {run.run_id} n'a pas de ligne source « {table} » pour {convention_id} : vérifier l'identifiant."
        )
    contract = source_tables(source)[table]
    descriptions = {column.nom: column.description for column in contract.colonnes}
    state = _state(run, delivery, paths, table)
    if state is not RowsState.LUES:
        return SourceRows(table, contract.titre, descriptions, delivery, state)
    condition, parameters = _condition(run, delivery, paths[table], key)
    rows = f"from read_parquet(?) where {condition}"
    bound = [str(table_path(run.home, delivery, table)), *parameters]
    with duckdb.connect() as connection:
        counted = connection.execute(f"select count(*) {rows}", bound).fetchall()
        cursor = connection.execute(f"select * {rows} order by {quote(LINE_COLUMN)} limit ?", [*bound, limit])
        names = [description[0] for description in cursor.description or ()]
        lines = tuple(dict(zip(names, row, strict=True)) for row in cursor.fetchall())
    columns = (LINE_COLUMN, *(name for name in names if name != LINE_COLUMN))
    return SourceRows(table, contract.titre, descriptions, delivery, state, columns, lines, counted[0][0])


def _split(convention_id: str) -> tuple[str, str]:
    source, _, key = convention_id.partition(":")
    return source, key


def _state(run: PublishedRun, delivery: Delivery, paths: dict[str, _Path], table: str) -> RowsState:
    needed: str | None = table
    while needed is not None:
        if delivery.table(needed) is None:
            return RowsState.TABLE_NON_LIVREE
        if not table_path(run.home, delivery, needed).is_file():
            return RowsState.LIVRAISON_SUPPRIMEE
        needed = paths[needed].parent
    return RowsState.LUES


def _condition(run: PublishedRun, delivery: Delivery, path: _Path, key: str) -> tuple[str, list[str]]:
    """Return the condition that a row of the path's table is the agreement's, and its parameters in order."""
    if path.parent is None:
        kind = DUCKDB_TYPES[source_tables(delivery.source)[path.table].column(path.column).type]
        return f"{quote(path.column)} = try_cast(? as {kind})", [key]
    parent = _PATHS[delivery.source][path.parent]
    condition, parameters = _condition(run, delivery, parent, key)
    file = str(table_path(run.home, delivery, parent.table))
    links = [f"select {quote(column)} from read_parquet(?) where {condition}" for column in path.parent_columns]
    return f"{quote(path.column)} in ({' union '.join(links)})", [file, *parameters] * len(links)
