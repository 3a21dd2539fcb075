"""`parc verify`: is the warehouse what it was when it was written? Says what is not, and repairs what can be."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from dagster_project import french
from dagster_project.terminal import say, write_json
from dagster_project.verification import Verification, verify
from data_contracts.errors import RefusedError
from data_contracts.lock import exclusive

if TYPE_CHECKING:
    from dagster_project.verification.defect import Defect
    from data_contracts.layout import Home

FORMAT = 1
"""Version of the JSON form: it grows when a name changes or goes, not when one is added."""


def run(home: Home, *, reparer: bool, as_json: bool) -> None:
    """Look at a home, repair it when asked, and look again. Raises RefusedError when something is still wrong."""
    with exclusive(home, "parc verify"):
        found = verify(home)
        repaired = _repair(found.defects) if reparer else ()
        left = verify(home) if repaired else found
    if as_json:
        write_json(_record(home, left, repaired))
    else:
        say(_lines(home, left, repaired))
    if left.defects:
        raise RefusedError(_summary(left.defects))


def _repair(defects: Sequence[Defect]) -> tuple[Defect, ...]:
    done = []
    for defect in defects:
        if defect.repair:
            defect.repair()
            done.append(defect)
    return tuple(done)


def _lines(home: Home, left: Verification, repaired: Sequence[Defect]) -> list[str]:
    looked = ", ".join(
        (
            french.count(left.livraisons, "livraison"),
            french.count(left.publications, "publication"),
            french.count(left.decisions, "décision"),
        )
    )
    lines = [f"Vérifié : {looked}."]
    lines += [f"Réparé : {_place(home, defect)}. {defect.sentence} {defect.remedy}" for defect in repaired]
    lines += [
        f"{'À réparer' if defect.repair else 'À faire'} : {_place(home, defect)}. {defect.sentence} {defect.remedy}"
        for defect in left.defects
    ]
    return lines if left.defects else [*lines, "Rien à réparer : tout est ce qui a été écrit."]


def _summary(defects: Sequence[Defect]) -> str:
    mendable = sum(defect.repair is not None for defect in defects)
    count = french.count(len(defects), "défaut")
    if mendable:
        return f"{count}, dont {mendable} que « parc verify --reparer » répare."
    return f"{count} : suivre ce qui est dit de chacun."


def _place(home: Home, defect: Defect) -> str:
    return str(defect.path.relative_to(home.root))


def _record(home: Home, left: Verification, repaired: Sequence[Defect]) -> dict[str, Any]:
    def told(defect: Defect) -> dict[str, Any]:
        return {
            "chemin": _place(home, defect),
            "constat": defect.sentence,
            "remede": defect.remedy,
            "est_reparable": defect.repair is not None,
        }

    return {
        "format": FORMAT,
        "livraisons": left.livraisons,
        "publications": left.publications,
        "decisions": left.decisions,
        "repares": [told(defect) for defect in repaired],
        "defauts": [told(defect) for defect in left.defects],
    }
