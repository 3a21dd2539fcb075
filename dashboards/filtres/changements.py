"""Which changes the page « Ce qui a changé » shows, between which two runs: read from its address, written back. No Streamlit.

A value of the address that is not known is left out and named in `Lus.ignores`, so that nobody believes it was applied.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from dashboards.filtres import communs as filtres_communs
from dashboards.filtres.adresse import LectureAdresse
from dashboards.filtres.communs import TOUT, Communs, Connus
from data_contracts import words
from data_contracts.changement_sql import followed

if TYPE_CHECKING:
    from collections.abc import Mapping

NOMS = AVANT, APRES, NATURE, CAUSE, CHAMP = ("avant", "apres", "nature", "cause", "champ")
"""Parameters of the address that belong to the page."""
CHAMPS = ("avant", "apres", "natures", "causes", "champs")
"""The fields that they hold."""
CHOIX_NATURE = {code: mots.capitalize() for code, mots in words.CHANGES.items()}
CHOIX_CAUSE = {code: mots.capitalize() for code, mots in words.CAUSES.items()}
CHOIX_CHAMP = {colonne.nom: colonne.suivie or colonne.nom for colonne in followed()}
"""The columns of an agreement whose changes are told, in words."""


@dataclass(frozen=True, kw_only=True)
class Referentiel(Connus):
    """What filters may name."""

    publications: tuple[str, ...]
    """Runs that may be compared, the newest first."""


@dataclass(frozen=True)
class Filtres:
    """The changes looked at."""

    avant: str = ""
    """A run; the one that the later was compared with when it was published, unless told otherwise."""
    apres: str = ""
    """A run; the one that the session reads, unless told otherwise."""
    natures: tuple[str, ...] = ()
    """None means all, here and below."""
    causes: tuple[str, ...] = ()
    champs: tuple[str, ...] = ()
    communs: Communs = TOUT
    """They choose the agreements, as the later run knows them."""

    @property
    def adresse(self) -> dict[str, str]:
        """The parameters of the address that says these filters; what is not filtered is not written."""
        ecrits = {
            AVANT: self.avant,
            APRES: self.apres,
            NATURE: ",".join(self.natures),
            CAUSE: ",".join(self.causes),
            CHAMP: ",".join(self.champs),
        }
        return {nom: ecrit for nom, ecrit in ecrits.items() if ecrit} | self.communs.adresse

    @property
    def est_restreint(self) -> bool:
        """Whether some changes between the two runs are left out."""
        return self != Filtres(self.avant, self.apres)

    def avec_nature(self, nature: str) -> Filtres:
        """Return the same filters for one nature of change."""
        return replace(self, natures=(nature,))


@dataclass(frozen=True)
class Lus:
    """Filters as an address says them, and what of it made no sense."""

    filtres: Filtres
    ignores: list[str] = field(default_factory=list)
    """« nature=999 »."""


def lire_adresse(adresse: Mapping[str, str], referentiel: Referentiel) -> Lus:
    """Return the filters that an address asks for."""
    lecture = LectureAdresse(adresse)
    filtres = Filtres(
        avant=lecture.connu(AVANT, referentiel.publications, ""),
        apres=lecture.connu(APRES, referentiel.publications, ""),
        natures=lecture.connus(NATURE, CHOIX_NATURE),
        causes=lecture.connus(CAUSE, CHOIX_CAUSE),
        champs=lecture.connus(CHAMP, CHOIX_CHAMP),
        communs=filtres_communs.lire(lecture, referentiel),
    )
    return Lus(filtres, lecture.ignores)
