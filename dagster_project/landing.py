"""Which landed deliveries a run reads, and the proof that their files are still those that were landed."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from data_contracts.delivery import Delivery, current_deliveries, table_path
from data_contracts.disk import sha256
from data_contracts.errors import BadInputError
from data_contracts.layout import Home


def deliveries_to_read(home: Home) -> tuple[Delivery, ...]:
    """Return the delivery of each source that this run reads. Raises BadInputError when nothing was ever imported."""
    found = tuple(current_deliveries(home).values())
    if not found:
        raise BadInputError(f"Aucune livraison dans {home.landing} : lancer « parc import » avant « parc run ».")
    return found


def verify_landing(home: Home, delivery: Delivery) -> None:
    """Compare each landed file with the hash written when it landed. Raises BadInputError for the first that differs."""
    for path, is_missing in changed_files(home, delivery):
        state = "a disparu" if is_missing else "ne correspond plus à son empreinte"
        again = "relancer « parc quarantaine rejouer »" if delivery.corrige else f"réimporter {delivery.origine}"
        raise BadInputError(f"Le fichier posé {path} {state} : supprimer {path.parent}, puis {again}.")


def changed_files(home: Home, delivery: Delivery) -> Iterator[tuple[Path, bool]]:
    """Give the landed files that are no longer what landed, and whether each is missing."""
    paths = [table_path(home, delivery, table.table) for table in delivery.tables]
    with ThreadPoolExecutor() as pool:
        for table, path, found in zip(delivery.tables, paths, pool.map(_sha256, paths), strict=True):
            if found != table.sha256:
                yield path, found is None


def _sha256(path: Path) -> str | None:
    try:
        return sha256(path)
    except FileNotFoundError:
        return None
