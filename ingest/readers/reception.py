"""What every reader gives, whatever the format: the tables received, as text, ready to be read by SQL."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from data_contracts.source_contract import SourceTable


@dataclass(frozen=True)
class Request:
    """What a reader is asked for: the tables of a contract, looked up without their schema, and a folder to work in."""

    contract: Mapping[str, SourceTable]
    preferred_schema: str
    """The schema read when two of them hold the same table."""
    folder: Path
    """Private to this import and removed with it: what is spooled there holds personal data."""
    kept: Path = Path()
    """Where a reader that asks a server piece by piece keeps what it received, for the next try when this one is cut."""

    def ranks_before(self, schema: str, other: str) -> bool:
        """Return whether a table found in `schema` replaces the same table already found in `other`."""
        return schema == self.preferred_schema != other


@dataclass(frozen=True)
class ReceivedTable:
    """One table as received: text, nothing typed, nothing left out."""

    table: str
    columns: tuple[str, ...]
    """Every column of the delivery, in its order."""
    relation: str
    """SQL that can stand after FROM: one VARCHAR column c0, c1… for each of `columns`, rows in the order received."""
    first_line: int
    """`_ligne` of the first row; the others follow one by one."""
    place: str
    """What a message calls it."""
    path: Path
    """The file that SQL reads."""
    row_count: int | None = None
    """Rows counted while receiving, when the format tells; what SQL reads must agree."""
    is_spooled: bool = False
    """True for a file of COPY text of our own, whose first line is not a row; false for the file delivered."""
    has_escapes: bool = False
    """True when values still carry the backslash escapes of COPY."""

    def line_in_delivery(self, line: int) -> int:
        """Return the line of the delivery that a line of `path` stands for."""
        return line - 2 + self.first_line if self.is_spooled else line


@dataclass(frozen=True)
class Identity:
    """What makes two deliveries the same: the hash of the content received, and its size."""

    sha256: str
    size: int
    """Bytes."""


@dataclass(frozen=True)
class Reception:
    """Everything received from one delivery."""

    tables: Mapping[str, ReceivedTable]
    unknown: tuple[str, ...]
    """Tables that the contract does not know, sorted."""
    identity: Identity
    scope: str | None = None
    """What the sender was allowed to give, when a delivery is a part by nature."""
    leftover: Path | None = None
    """What the reader kept for a next try, to be removed once the delivery has landed."""
