"""Checks that a warehouse is what it was when it was written, and repairs what can be without guessing.

Deliveries against the hashes that they landed with, published runs against their manifests, the pointer, the registers. What can't
be repaired is set aside, never deleted: `ecarte/`, under the path it had.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dagster_project.verification import livraisons, publications, registres

if TYPE_CHECKING:
    from dagster_project.verification.defect import Defect
    from data_contracts.layout import Home


@dataclass(frozen=True)
class Verification:
    """What was looked at and what is wrong."""

    livraisons: int
    publications: int
    decisions: int
    defects: tuple[Defect, ...]
    """In the order in which they are repaired."""


def verify(home: Home) -> Verification:
    """Look at a home; changes nothing. The caller holds its lock."""
    received = livraisons.read(home)
    runs = publications.read(home)
    missing = livraisons.missing(home, runs.intact[-1]) if runs.intact else ()
    registers = registres.read(home, runs.intact)
    return Verification(
        livraisons=received.count,
        publications=runs.count,
        decisions=registers.decisions,
        defects=(*received.defects, *missing, *runs.defects, *registers.defects),
    )
