"""How long landed deliveries are kept: which are due by the contract of their source, and how they go, with a record that stays.

The register of removals (`registre/suppressions.jsonl`) is only ever added to, one JSON a line. A removal is recorded before its
files go: one that is killed in between is done again, and is not recorded twice.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from pydantic import ValidationError

from dagster_project import french
from data_contracts.delivery import Delivery, deliveries
from data_contracts.disk import flush
from data_contracts.errors import BadInputError
from data_contracts.strict import Strict
from ingest.workshop import remove_leftovers, workshop

if TYPE_CHECKING:
    import duckdb

    from dagster_project.project import Project
    from data_contracts.layout import Home
    from data_contracts.source_contract import Retention, Source

TABLE = "suppression"
COLUMNS = """source varchar, livraison_id varchar, origine varchar, sha256 varchar, recue_le timestamp, supprimee_le timestamp,
    motif varchar, nb_recus bigint, nb_poses bigint, nb_quarantaine bigint"""
"""The removals as a run reads them; instants in UTC."""


class RemovedTable(Strict):
    """How many rows a table of a removed delivery had."""

    table: str
    nb_recus: int
    nb_poses: int
    nb_quarantaine: int


class Removal(Strict):
    """One delivery that is no longer kept: one line of the register."""

    source: str
    livraison_id: str
    origine: str
    sha256: str
    recue_le: datetime
    supprimee_le: datetime
    motif: str
    tables: tuple[RemovedTable, ...]

    @property
    def landing(self) -> tuple[str, str, datetime]:
        """Which landing it is: the same content may land, and go, again."""
        return self.source, self.livraison_id, self.recue_le


@dataclass(frozen=True)
class Due:
    """A landed delivery to remove, and why."""

    delivery: Delivery
    motif: str


def due(landed: Iterable[Delivery], agreed: Mapping[str, Source], now: datetime) -> list[Due]:
    """Return the deliveries that the contracts of their sources no longer keep, by source; `landed` has the oldest first.

    A source without contract in `agreed` is left alone.
    """
    known = (one for one in landed if one.source in agreed)
    found = []
    for source, of_source in groupby(sorted(known, key=lambda one: one.source), key=lambda one: one.source):
        followed = pairwise((*of_source, None))
        kept = agreed[source].conservation
        found += [Due(one, motif) for one, newer in followed if one and (motif := _motif(one, newer, kept, now))]
    return found


def apply(home: Home, project: Project, now: datetime) -> list[Removal]:
    """Remove what is due, record it, and return it. The caller holds the lock of the home."""
    for folder in home.landing.glob("*"):
        remove_leftovers(folder)
    agreed = {name: project.source(name) for name in project.source_names()}
    done = []
    for one in due(deliveries(home), agreed, now):
        removal = _removal(one, now)
        _record(home, removal)
        _remove(home, one.delivery)
        done.append(removal)
    return done


def read(home: Home) -> list[Removal]:
    """Return every removal of a home, in the order they were made. Raises BadInputError for a damaged register."""
    if not home.removals.exists():
        return []
    # What follows the last end of line was cut while it was written: its delivery is still there.
    lines = home.removals.read_text(encoding="utf-8").split("\n")[:-1]
    return [_parsed(home, line, rank) for rank, line in enumerate(lines, 1)]


def is_cut(home: Home) -> bool:
    """Tell whether the last line of the register was cut while it was written."""
    content = home.removals.read_bytes() if home.removals.exists() else b""
    return bool(content) and not content.endswith(b"\n")


def take_cut_line_away(home: Home) -> None:
    """Keep the whole lines of the register, which is made if it was not there."""
    with home.removals.open("a+b") as file:
        file.seek(0)
        file.truncate(file.read().rfind(b"\n") + 1)


def load(connection: duckdb.DuckDBPyConnection, home: Home, table: str) -> None:
    """Insert the removals of a home in a table that has `COLUMNS`."""
    for one in read(home):
        instants = [moment.astimezone(UTC).replace(tzinfo=None) for moment in (one.recue_le, one.supprimee_le)]
        sums = [sum(getattr(table, name) for table in one.tables) for name in ("nb_recus", "nb_poses", "nb_quarantaine")]
        values = [one.source, one.livraison_id, one.origine, one.sha256, *instants, one.motif, *sums]
        connection.execute(f"insert into {table} values ({', '.join('?' * len(values))})", values)


def sources_without_delivery(home: Home) -> list[Removal]:
    """Return, of each source that retention left without any delivery, its last removal."""
    present = {one.source for one in deliveries(home)}
    return list({one.source: one for one in read(home) if one.source not in present}.values())


def sentence(done: Sequence[Removal]) -> str:
    """Say what was removed."""
    names = ", ".join(
        f"{one.source} {one.livraison_id} (reçue le {french.local_moment(one.recue_le)}, {one.motif})" for one in done
    )
    removed = french.count(len(done), "livraison supprimée", "livraisons supprimées")
    return f"{removed} à l'échéance de conservation : {names}."


def _motif(delivery: Delivery, newer: Delivery | None, kept: Retention, now: datetime) -> str | None:
    if newer and now - newer.posee_le > timedelta(days=kept.remplacee_jours):
        return f"remplacée depuis plus de {french.count(kept.remplacee_jours, 'jour')}"
    if kept.maximum_jours and now - delivery.recue_le > timedelta(days=kept.maximum_jours):
        return f"gardée plus de {french.count(kept.maximum_jours, 'jour')}"
    return None


def _removal(one: Due, now: datetime) -> Removal:
    delivery = one.delivery
    return Removal(
        source=delivery.source,
        livraison_id=delivery.livraison_id,
        origine=delivery.origine,
        sha256=delivery.sha256,
        recue_le=delivery.recue_le,
        supprimee_le=now,
        motif=one.motif,
        tables=tuple(
            RemovedTable(table=table.table, nb_recus=table.nb_recus, nb_poses=table.nb_poses, nb_quarantaine=table.nb_quarantaine)
            for table in delivery.tables
        ),
    )


def _record(home: Home, removal: Removal) -> None:
    """Add a line to the register and wait until it is on the disk. A line cut by a kill is taken away first."""
    if removal.landing in {one.landing for one in read(home)}:
        return
    home.register.mkdir(parents=True, exist_ok=True)
    take_cut_line_away(home)
    with home.removals.open("ab") as file:
        file.write(removal.model_dump_json().encode() + b"\n")
        file.flush()
        os.fsync(file.fileno())
    flush(home.register)


def _remove(home: Home, delivery: Delivery) -> None:
    """Remove a delivery with everything it holds: it leaves everybody's sight in one rename."""
    with workshop(home, delivery.source) as shop:
        home.delivery(delivery.source, delivery.livraison_id).rename(shop.folder / delivery.livraison_id)
        flush(shop.folder.parent)


def _parsed(home: Home, line: str, rank: int) -> Removal:
    try:
        return Removal.model_validate_json(line)
    except ValidationError as error:
        raise BadInputError(
            f"Le registre des suppressions {home.removals} ne se lit pas à la ligne {rank} : le remettre depuis une sauvegarde."
        ) from error
