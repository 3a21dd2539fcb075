"""The filters that every page shares, territory, dates, financing, owner, source: read from the address, written back, said.

What each of them compares is the page's affair (`requetes.portee`): a day of signature here, of answer there.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dashboards.filtres.territoires import Territoires
from dashboards.normes import norme
from data_contracts.extraits import formats
from data_contracts.extraits.libelles import FAMILLES, SOURCES, nommer

if TYPE_CHECKING:
    from datetime import date

    from dashboards.filtres.adresse import LectureAdresse

TERRITOIRE, DEPUIS, JUSQUA, FINANCEMENT, BAILLEUR, SOURCE = (
    "territoire",
    "depuis",
    "jusqua",
    "financement",
    "bailleur",
    "source",
)
NOMS = (TERRITOIRE, DEPUIS, JUSQUA, FINANCEMENT, BAILLEUR, SOURCE)
"""Parameters of the address that every page keeps."""
DATES = ("Signées depuis le", "Signées jusqu'au")
"""What the two days bound unless a page says otherwise."""
_BAILLEUR_MAX = 200


@dataclass(frozen=True, kw_only=True)
class Connus(Territoires):
    """What the shared filters may name in a run."""

    familles: tuple[str, ...]
    """Families of financing."""
    sources: tuple[str, ...]
    territoires_vus: tuple[str, ...] = ()
    """The départements that a limited reader sees: they are looked at unless the address names some of them."""


@dataclass(frozen=True)
class Communs:
    """What is looked at, whatever the page; what is empty filters nothing."""

    territoires: tuple[str, ...] = ()
    """Départements (« 33 ») and régions (« region-53 »)."""
    depuis: date | None = None
    """First day."""
    jusqua: date | None = None
    """Last day."""
    familles: tuple[str, ...] = ()
    bailleur: str = ""
    """Part of a name, an acronym, a SIREN or a SIRET."""
    sources: tuple[str, ...] = ()

    @property
    def adresse(self) -> dict[str, str]:
        """The parameters of the address that says these filters; what is not filtered is not written."""
        ecrits = {
            TERRITOIRE: ",".join(self.territoires),
            DEPUIS: "" if self.depuis is None else self.depuis.isoformat(),
            JUSQUA: "" if self.jusqua is None else self.jusqua.isoformat(),
            FINANCEMENT: ",".join(self.familles),
            BAILLEUR: self.bailleur,
            SOURCE: ",".join(self.sources),
        }
        return {nom: ecrit for nom, ecrit in ecrits.items() if ecrit}

    def en_mots(self, connus: Connus) -> dict[str, tuple[str, str]]:
        """Return the title and the words of each filter that filters something, by the parameter of the address that holds it."""
        dits = {
            TERRITOIRE: ("Territoire", " ; ".join(map(connus.dire_territoire, self.territoires))),
            DEPUIS: ("Depuis le", formats.jour(self.depuis) if self.depuis else ""),
            JUSQUA: ("Jusqu'au", formats.jour(self.jusqua) if self.jusqua else ""),
            FINANCEMENT: ("Financement", ", ".join(nommer(famille, FAMILLES) for famille in self.familles)),
            BAILLEUR: ("Bailleur", self.bailleur),
            SOURCE: ("Source", ", ".join(nommer(source, SOURCES) for source in self.sources)),
        }
        return {nom: dit for nom, dit in dits.items() if dit[1]}


TOUT = Communs()
"""Nothing is filtered."""


def lire(lecture: LectureAdresse, connus: Connus) -> Communs:
    """Return the shared filters that an address asks for."""
    return Communs(
        territoires=lecture.connus(TERRITOIRE, connus.choix_territoire) or connus.territoires_vus,
        depuis=lecture.jour(DEPUIS, fin=False),
        jusqua=lecture.jour(JUSQUA, fin=True),
        familles=lecture.connus(FINANCEMENT, connus.familles),
        bailleur=_nomme(lecture),
        sources=lecture.connus(SOURCE, connus.sources),
    )


def _nomme(lecture: LectureAdresse) -> str:
    demande = lecture.adresse.get(BAILLEUR, "").strip()[:_BAILLEUR_MAX]
    if demande and not norme(demande):
        lecture.ignores.append(f"{BAILLEUR}={demande}")
        return ""
    return demande
