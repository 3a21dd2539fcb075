"""Régions and départements that a filter may name: said in words, and turned into codes of départements. No Streamlit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_REGION = "region-"


@dataclass(frozen=True, kw_only=True)
class Territoires:
    """What a filter on the territory may name in a run."""

    departements: dict[str, str]
    """Names by code."""
    regions: dict[str, str]
    """Names by code."""
    departements_par_region: dict[str, tuple[str, ...]]

    @property
    def choix_territoire(self) -> tuple[str, ...]:
        """Every région, then every département."""
        return (*(f"{_REGION}{code}" for code in self.regions), *self.departements)

    def dire_territoire(self, choix: str) -> str:
        """Write a région or a département: « Région Bretagne », « 29 Finistère »."""
        if choix.startswith(_REGION):
            return f"Région {self.regions[choix.removeprefix(_REGION)]}"
        return f"{choix} {self.departements[choix]}"

    def codes_departement(self, choix: Sequence[str]) -> list[str]:
        """Return the codes of the départements that these choices hold."""
        return sorted({
            code
            for un in choix
            for code in (
                self.departements_par_region.get(un.removeprefix(_REGION), ()) if un.startswith(_REGION) else (un,)
            )
        })  # fmt: skip
