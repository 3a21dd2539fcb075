"""The truth of the rules on numbers of agrément: one small function a rule, written from what the rule means."""

from __future__ import annotations

import re

from ingest.demo.faits import Lot
from ingest.demo.oracle.vue import Severite, Vue

_SIAP = re.compile(r"[0-9]{11}")
_GALION = re.compile(r"[0-9]{4}([0-9]{5}|2[AB][0-9]{3}|D[DR]0[0-9]{2}|D[DR]02[AB]|D[DR]9[78][0-9])[0-9]{4}")


def agr_012(_: Vue, lot: Lot) -> Severite | None:
    """A reference that is not the number of an operation."""
    return Severite.INFORMATION if lot.dossier and not est_un_numero(lot.dossier) else None


def agr_015(vue: Vue) -> Severite | None:
    """Several operations in one agreement."""
    numeros = {lot.dossier for lot in vue.lots if lot.dossier and est_un_numero(lot.dossier)}
    return Severite.A_VERIFIER if vue.est_vivante and len(numeros) > 1 else None


def est_un_numero(dossier: str) -> bool:
    """Return whether a reference has the form of a number of SIAP or of GALION."""
    return bool(_SIAP.fullmatch(dossier) or _GALION.fullmatch(dossier))


CONVENTION = {"AGR-015": agr_015}
LOT = {"AGR-012": agr_012}
SANS_OBJET = (
    *(f"AGR-{numero:03}" for numero in (3, 4, 11)),
    *(f"MIG-{numero:03}" for numero in range(1, 13)),
)
"""Rules that never fire without APiLos, or whose date no source gives."""
