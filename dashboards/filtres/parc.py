"""What the page « Parc conventionné » looks at: a day, what is counted, and the shared filters. No Streamlit."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dashboards.filtres import communs as filtres_communs
from dashboards.filtres.adresse import LectureAdresse
from dashboards.filtres.communs import TOUT, Communs, Connus

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

AU, MESURE = "au", "mesure"
NOMS = (AU, MESURE)
"""Parameters of the address that belong to the page."""
CHAMPS = ("au", "mesure")
"""The fields that they hold."""
LOGEMENTS, FOYERS, CONVENTIONS = "logements", "foyers", "conventions"
MESURES = {LOGEMENTS: "Logements ordinaires", FOYERS: "Logements de foyers", CONVENTIONS: "Conventions"}
"""What bars and squares may count; the first one unless told otherwise. Tables hold them all."""
TOUS = "tous"
"""Both kinds of dwellings, counted together only where they are told apart: by kind of dwellings."""


@dataclass(frozen=True)
class Filtres:
    """The parc looked at."""

    au: date | None = None
    """The day of the state; None stands for the reference date of the run."""
    mesure: str = LOGEMENTS
    """A key of `MESURES`."""
    communs: Communs = TOUT
    """The days bound the signature."""

    @property
    def adresse(self) -> dict[str, str]:
        """The parameters of the address that say the day and the measure; what goes without saying is not written."""
        ecrits = {
            AU: "" if self.au is None else self.au.isoformat(),
            MESURE: "" if self.mesure == LOGEMENTS else self.mesure,
        }
        return {nom: ecrit for nom, ecrit in ecrits.items() if ecrit}


@dataclass(frozen=True)
class Lus:
    """Filters as an address says them, what of it made no sense, and the day to come that it asked for."""

    filtres: Filtres
    ignores: list[str] = field(default_factory=list)
    a_venir: date | None = None
    """A day that no source can know the state of: the reference date stands in its place."""


def lire_adresse(adresse: Mapping[str, str], connus: Connus, reference: date) -> Lus:
    """Return the filters that an address asks for; no state is known after the reference date."""
    lecture = LectureAdresse(adresse)
    au = lecture.jour(AU, fin=True)
    filtres = Filtres(
        au=au if au and au < reference else None,
        mesure=lecture.connu(MESURE, tuple(MESURES), LOGEMENTS),
        communs=filtres_communs.lire(lecture, connus),
    )
    return Lus(filtres, lecture.ignores, au if au and au > reference else None)
