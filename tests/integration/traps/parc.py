"""One small parc that holds a case for each line of migration-traps.md, published once for every test of this folder.

A test module writes its cases beside what it asserts of them:

    @case
    def a_mixed_agreement(made: MadeDelivery) -> int: …

    def test_trap_01_…(parc: Parc) -> None:
        convention = parc.of(a_mixed_agreement)
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    import duckdb

    from data_contracts.delivery import Delivery
    from data_contracts.publication import PublishedRun
    from tests.support.made_delivery import MadeDelivery

Made = TypeVar("Made")

_CASES: list[Callable[[MadeDelivery], Any]] = []


def case(build: Callable[[MadeDelivery], Made]) -> Callable[[MadeDelivery], Made]:
    """Declare a case: `build` adds its rows to the one delivery and returns the ids that its tests ask about."""
    _CASES.append(build)
    return build


def build_all(made: MadeDelivery) -> dict[Callable[[MadeDelivery], Any], Any]:
    """Add every case declared by the collected modules to a delivery; return what each of them made."""
    return {build: build(made) for build in _CASES}


def eco(source_id: int) -> str:
    """Return the public identifier of an Ecoloweb row."""
    return f"ecoloweb:{source_id}"


@dataclass(frozen=True)
class Parc:
    """The published parc, and what each case made in it."""

    run: PublishedRun
    delivery: Delivery
    marts: duckdb.DuckDBPyConnection
    made: dict[Callable[[MadeDelivery], Any], Any]

    def of(self, build: Callable[[MadeDelivery], Made]) -> Made:
        """Return what a case made."""
        found: Made = self.made[build]
        return found

    def rows(self, query: str, *ids: int) -> list[tuple[Any, ...]]:
        """Return the rows of a query on the marts; each `?` is the public identifier of an Ecoloweb row."""
        return self.marts.execute(query, [eco(source_id) for source_id in ids]).fetchall()

    def row(self, query: str, *ids: int) -> tuple[Any, ...]:
        """Return the only row of a query on the marts."""
        (found,) = self.rows(query, *ids)
        return found

    def value(self, query: str, *ids: int) -> Any:  # noqa: ANN401 - a cell holds any type
        """Return the only value of a query on the marts."""
        (found,) = self.row(query, *ids)
        return found
