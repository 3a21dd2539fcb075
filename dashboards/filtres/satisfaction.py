"""Which answers the page « Satisfaction » looks at: read from its address, written back to it. No Streamlit.

A value of the address that this run does not know is left out and named in `Lus.ignores`, so that nobody believes it was applied.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dashboards.filtres import communs as filtres_communs
from dashboards.filtres.adresse import LectureAdresse
from dashboards.filtres.communs import TOUT, Communs, Connus

if TYPE_CHECKING:
    from collections.abc import Mapping

NOMS = ENQUETE, PUBLIC, CANAL, PAS, THEME, AVIS, MOT = ("enquete", "public", "canal", "pas", "theme", "avis", "mot")
"""Parameters of the address that belong to the page."""
CHAMPS = ("enquetes", "publics", "canaux", "pas", "themes", "avis", "mot")
"""The fields that they hold."""
LISTE, REPONSES = "liste", "reponses"
"""The parameter of the address that lists the answers instead of counting them, and its value."""
AUTOMATIQUE, TOUS = "auto", "tous"
CHOIX_PAS = {AUTOMATIQUE: "Selon le nombre de réponses", "mois": "Mois", "trimestre": "Trimestre", "annee": "Année"}
CHOIX_AVIS = {
    TOUS: "Tous",
    "satisfaits": "Satisfaits",
    "insatisfaits": "Pas satisfaits",
    "sans_seuil": "Sans seuil de satisfaction",
}
"""What a comment may come from: an answer satisfied or not, or on a scale that has no threshold."""
_MOT_MAX = 200


@dataclass(frozen=True, kw_only=True)
class Referentiel(Connus):
    """What filters may name in a run."""

    enquetes: dict[str, str]
    """Titles by identifier."""
    publics: tuple[str, ...]
    canaux: tuple[str, ...]
    themes: tuple[str, ...]


@dataclass(frozen=True)
class Filtres:
    """The answers looked at."""

    enquetes: tuple[str, ...] = ()
    """None means all, here and below."""
    publics: tuple[str, ...] = ()
    canaux: tuple[str, ...] = ()
    pas: str = AUTOMATIQUE
    """Step of time of the evolution."""
    themes: tuple[str, ...] = ()
    """Themes of the comments, here and below: figures do not follow them."""
    avis: str = TOUS
    mot: str = ""
    communs: Communs = TOUT
    """The days are those of the answers."""

    @property
    def adresse(self) -> dict[str, str]:
        """The parameters of the address that says these filters; what is not filtered is not written."""
        ecrits = {
            ENQUETE: ",".join(self.enquetes),
            PUBLIC: ",".join(self.publics),
            CANAL: ",".join(self.canaux),
            PAS: "" if self.pas == AUTOMATIQUE else self.pas,
            THEME: ",".join(self.themes),
            AVIS: "" if self.avis == TOUS else self.avis,
            MOT: self.mot,
        }
        return {nom: ecrit for nom, ecrit in ecrits.items() if ecrit} | self.communs.adresse


@dataclass(frozen=True)
class Lus:
    """Filters as an address says them, and what of it made no sense."""

    filtres: Filtres
    ignores: list[str] = field(default_factory=list)
    """« canal=courrier »."""


def lire_adresse(adresse: Mapping[str, str], referentiel: Referentiel) -> Lus:
    """Return the filters that an address asks for."""
    lecture = LectureAdresse(adresse)
    filtres = Filtres(
        enquetes=lecture.connus(ENQUETE, referentiel.enquetes),
        publics=lecture.connus(PUBLIC, referentiel.publics),
        canaux=lecture.connus(CANAL, referentiel.canaux),
        pas=lecture.connu(PAS, CHOIX_PAS, AUTOMATIQUE),
        themes=lecture.connus(THEME, referentiel.themes),
        avis=lecture.connu(AVIS, CHOIX_AVIS, TOUS),
        mot=adresse.get(MOT, "").strip()[:_MOT_MAX],
        communs=filtres_communs.lire(lecture, referentiel),
    )
    return Lus(filtres, lecture.ignores)
