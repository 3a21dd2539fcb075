"""What the page « Agréments sans convention » lists: read from its address, written back to it. No Streamlit.

A value of the address that this run does not know is left out and named in `Lus.ignores`, so that nobody believes it was applied.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dashboards.filtres import communs as filtres_communs
from dashboards.filtres.adresse import LectureAdresse
from dashboards.filtres.communs import TOUT, Communs
from data_contracts.extraits.libelles import AVANCEMENTS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dashboards.filtres.communs import Connus

NOMS = VUE, AVANCEMENT = ("vue", "avancement")
"""Parameters of the address that belong to the page."""
CHAMPS = ("vue", "avancement")
"""The fields that they hold."""
SANS, VERIFIER, RAPPROCHES = "sans", "verifier", "rapproches"
CHOIX_VUE = {SANS: "Sans convention", VERIFIER: "À vérifier", RAPPROCHES: "Rapprochés"}
TOUS = "tous"
CHOIX_AVANCEMENT = {TOUS: "Tous, sauf annulées et supprimées", **AVANCEMENTS}


@dataclass(frozen=True)
class Filtres:
    """The agréments looked at, and which of them are listed."""

    vue: str = SANS
    avancement: str = TOUS
    """How far the operation has come: it chooses in the list of those without an agreement, and figures do not follow it."""
    communs: Communs = TOUT
    """The days are read as years: those of the agrément."""

    @property
    def adresse(self) -> dict[str, str]:
        """The parameters of the address that says these filters; what is not filtered is not written."""
        ecrits = {
            VUE: "" if self.vue == SANS else self.vue,
            AVANCEMENT: "" if self.avancement == TOUS else self.avancement,
        }
        return {nom: ecrit for nom, ecrit in ecrits.items() if ecrit} | self.communs.adresse


@dataclass(frozen=True)
class Lus:
    """Filters as an address says them, and what of it made no sense."""

    filtres: Filtres
    ignores: list[str] = field(default_factory=list)
    """« vue=oubliés »."""


def lire_adresse(adresse: Mapping[str, str], connus: Connus) -> Lus:
    """Return the filters that an address asks for."""
    lecture = LectureAdresse(adresse)
    filtres = Filtres(
        vue=lecture.connu(VUE, CHOIX_VUE, SANS),
        avancement=lecture.connu(AVANCEMENT, CHOIX_AVANCEMENT, TOUS),
        communs=filtres_communs.lire(lecture, connus),
    )
    return Lus(filtres, lecture.ignores)
