"""Lands a table again by one more name of the same file, when the delivery it replaces received the very same content.

What was landed depends on the text received, on the contracts, on the key of the pseudonyms and on the code: a table's
`empreinte` is drawn from all of them, so that whatever changes there has the table read again. It is keyed: a small table could
otherwise be guessed from it.
"""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

import data_contracts
import ingest
from data_contracts.delivery import table_path
from data_contracts.disk import link, sha256
from ingest.landing import Written
from ingest.personal_data import looks_elsewhere

if TYPE_CHECKING:
    from data_contracts.delivery import Delivery, LandedTable
    from data_contracts.layout import Home
    from data_contracts.source_contract import SourceTable
    from ingest.personal_data import PseudonymKey
    from ingest.readers.reception import ReceivedTable


@dataclass(frozen=True)
class Earlier:
    """The delivery that the one being landed replaces, as far as its files may serve again."""

    home: Home
    delivery: Delivery | None
    departements: tuple[str, ...]
    """Those asked of the delivery being landed."""
    key: PseudonymKey
    contract_sha256: str

    def empreinte(self, received: ReceivedTable) -> str:
        """Return what tells the landed form of a received table, in hexadecimal."""
        parts = (*received.columns, str(received.first_line), sha256(received.path), self.contract_sha256, _code())
        return hmac.new(self.key.text.encode(), "\n".join(parts).encode(), hashlib.sha256).hexdigest()

    def land(self, contract: SourceTable, empreinte: str, folder: Path) -> Written | None:
        """Give the file landed earlier a name in `folder`, and return its rows; None where the table must be landed anew.

        Rows that were refused or corrected are no longer as they were received; a choice of départements, or a treatment that looks
        at other tables, may now tell otherwise: such a table is landed anew, as is one whose file was altered since.
        """
        landed = self._landed(contract, empreinte)
        if landed is None or self.delivery is None:
            return None
        path = folder / f"{contract.table}.parquet"
        link(table_path(self.home, self.delivery, contract.table), path)
        if sha256(path) != landed.sha256:
            path.unlink()
            return None
        return Written(landed.nb_poses, 0)

    def _landed(self, contract: SourceTable, empreinte: str) -> LandedTable | None:
        if self.delivery is None or self.delivery.corrige or self.delivery.departements or self.departements:
            return None
        if looks_elsewhere(contract.landed_columns):
            return None
        landed = self.delivery.table(contract.table)
        return landed if landed and landed.empreinte == empreinte and not landed.nb_quarantaine else None


@cache
def _code() -> str:
    """Return the hash of the code that lands: that of this package and of the contracts' own, and the version of DuckDB."""
    content = hashlib.sha256(duckdb.__version__.encode())
    for package in (ingest, data_contracts):
        for path in sorted(Path(package.__path__[0]).rglob("*.py")):
            content.update(path.read_bytes())
    return content.hexdigest()
