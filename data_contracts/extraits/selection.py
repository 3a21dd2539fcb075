"""What part of a published run an extract keeps: départements, an owner, or everything. Agreements decide, their rows follow."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from data_contracts.clauses import literal
from data_contracts.errors import BadInputError

if TYPE_CHECKING:
    from collections.abc import Collection

    import duckdb

SANS_DEPARTEMENT = ""
"""Stands for the agreements that have no département."""


@dataclass(frozen=True)
class Selection:
    """Which agreements an extract keeps; everything when both are empty."""

    departements: tuple[str, ...] = ()
    siren: str | None = None

    @property
    def is_whole(self) -> bool:
        """True when everything is kept."""
        return not self.departements and not self.siren

    def condition(self, columns: Collection[str]) -> str | None:
        """Return the SQL condition on the rows of a table with these columns, None when they are all kept.

        A row of no agreement (a finding on a commune) is kept by its département, when no owner is asked for.
        """
        if self.is_whole or "convention_id" not in columns:
            return None
        here = self._here()
        owned = (
            f"bailleur_id in (select bailleur_id from dim_bailleur where siren = {literal(self.siren)})" if self.siren else "true"
        )
        kept = f"convention_id in (select convention_id from fct_convention where {here} and {owned})"
        alone = "code_departement" in columns and self.departements and not self.siren
        return f"({kept} or (convention_id is null and {here}))" if alone else kept

    def describe(self) -> str:
        """Say in French what is kept."""
        parts = []
        codes = [code for code in self.departements if code]
        if codes:
            parts.append(f"département{'s' if len(codes) > 1 else ''} {', '.join(codes)}")
        if SANS_DEPARTEMENT in self.departements:
            parts.append("sans département")
        if self.siren:
            parts.append(f"bailleur de SIREN {self.siren}")
        return " et ".join(parts) or "tout le parc"

    def check(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Raise BadInputError when a run knows no such département or no such owner."""
        for code in filter(None, self.departements):
            if not connection.execute("select 1 from dim_departement where code_departement = ?", [code]).fetchone():
                raise BadInputError(f"Le département « {code} » n'existe pas : donner son code officiel, par exemple 33 ou 2A.")
        if self.siren and not connection.execute("select 1 from dim_bailleur where siren = ?", [self.siren]).fetchone():
            raise BadInputError(f"Aucun bailleur publié n'a le SIREN « {self.siren} » : le vérifier dans dim_bailleur.")

    def _here(self) -> str:
        if not self.departements:
            return "true"
        codes = ", ".join(map(literal, self.departements))
        return f"coalesce(code_departement, {literal(SANS_DEPARTEMENT)}) in ({codes})"
