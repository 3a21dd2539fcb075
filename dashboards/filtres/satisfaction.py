"""Which answers the page « Satisfaction » looks at: read from its address, written back to it. No Streamlit.

A value of the address that this run does not know is left out and named in `Lus.ignores`, so that nobody believes it was applied.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dashboards.filtres.adresse import LectureAdresse

if TYPE_CHECKING:
    from collections.abc import Mapping

ENQUETE, PUBLIC, CANAL, ANNEE, PAS, THEME, AVIS, MOT = ("enquete", "public", "canal", "annee", "pas", "theme", "avis", "mot")
"""Parameters of the address."""
TOUTES, AUTOMATIQUE, TOUS = "toutes", "auto", "tous"
CHOIX_PAS = {AUTOMATIQUE: "Selon le nombre de réponses", "mois": "Mois", "trimestre": "Trimestre", "annee": "Année"}
CHOIX_AVIS = {
    TOUS: "Tous",
    "satisfaits": "Satisfaits",
    "insatisfaits": "Pas satisfaits",
    "sans_seuil": "Sans seuil de satisfaction",
}
"""What a comment may come from: an answer satisfied or not, or on a scale that has no threshold."""
_MOT_MAX = 200


@dataclass(frozen=True)
class Referentiel:
    """What filters may name in a run."""

    enquetes: dict[str, str]
    """Titles by identifier."""
    publics: tuple[str, ...]
    canaux: tuple[str, ...]
    annees: tuple[int, ...]
    """Years of the answers, the latest first."""
    themes: tuple[str, ...]

    @property
    def choix_annee(self) -> tuple[str, ...]:
        """The years that may be asked for."""
        return (TOUTES, *map(str, self.annees))


@dataclass(frozen=True)
class Filtres:
    """The answers looked at."""

    enquetes: tuple[str, ...] = ()
    """None means all, here and below."""
    publics: tuple[str, ...] = ()
    canaux: tuple[str, ...] = ()
    annee: str = TOUTES
    pas: str = AUTOMATIQUE
    """Step of time of the evolution."""
    themes: tuple[str, ...] = ()
    """Themes of the comments, here and below: figures do not follow them."""
    avis: str = TOUS
    mot: str = ""

    @property
    def adresse(self) -> dict[str, str]:
        """The parameters of the address that says these filters; what is not filtered is not written."""
        ecrits = {
            ENQUETE: ",".join(self.enquetes),
            PUBLIC: ",".join(self.publics),
            CANAL: ",".join(self.canaux),
            ANNEE: "" if self.annee == TOUTES else self.annee,
            PAS: "" if self.pas == AUTOMATIQUE else self.pas,
            THEME: ",".join(self.themes),
            AVIS: "" if self.avis == TOUS else self.avis,
            MOT: self.mot,
        }
        return {nom: ecrit for nom, ecrit in ecrits.items() if ecrit}


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
        annee=lecture.connu(ANNEE, referentiel.choix_annee, TOUTES),
        pas=lecture.connu(PAS, CHOIX_PAS, AUTOMATIQUE),
        themes=lecture.connus(THEME, referentiel.themes),
        avis=lecture.connu(AVIS, CHOIX_AVIS, TOUS),
        mot=adresse.get(MOT, "").strip()[:_MOT_MAX],
    )
    return Lus(filtres, lecture.ignores)
