"""What agreements share while they are drawn: offices, owners, and the numbers and references already given."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from ingest.demo.alea import Alea
from ingest.demo.bailleurs import Bailleurs
from ingest.demo.formes import Formes
from ingest.demo.geographie import Departement
from ingest.demo.offices import Offices
from ingest.demo.profil import Profil

_PREMIER_ORDRE, _PREMIER_NUMERO = 1000, 3000


class Territoire:
    """The country of a demo. Every number it gives is new."""

    def __init__(self, offices: Offices, bailleurs: Bailleurs, formes: Formes) -> None:
        """Start with no number given."""
        self.offices = offices
        self.bailleurs = bailleurs
        self.formes = formes
        self._ordres: Counter[str] = Counter()
        self._dossiers: Counter[tuple[int, str]] = Counter()
        self._publications: Counter[tuple[str, int]] = Counter()

    def ordre(self, departement: Departement) -> int:
        """Return the next order number of a département."""
        self._ordres[departement.code] += 1
        return _PREMIER_ORDRE + self._ordres[departement.code]

    def dossier(self, annee: int, lieu: str) -> str:
        """Return a new number of agrément: year, place (a commune or `DD033`), rank."""
        self._dossiers[annee, lieu] += 1
        return f"{annee}{lieu}{self._dossiers[annee, lieu]:04}"

    def reference(self, departement: Departement, publication: date, alea: Alea) -> str:
        """Return a new reference of land registration, in one of the forms that offices use."""
        annee = publication.year
        self._publications[departement.code, annee] += alea.entier(1, 9)
        numero = _PREMIER_NUMERO + self._publications[departement.code, annee]
        return alea.choix(
            (
                f"{annee}P Volume {numero}",
                f"Dépôt N° {numero + 2442} Vol.  {annee}  P N° {numero}",
                f"{annee} D N° {numero + 7802} VOLUME {annee} P N° {numero}",
            )
        )


@dataclass(slots=True)
class Tirage:
    """The draw of one agreement: where, what, and with which stream."""

    departement: Departement
    profil: Profil
    territoire: Territoire
    alea: Alea

    @property
    def formes(self) -> Formes:
        """How often irregular shapes occur."""
        return self.territoire.formes
