"""Spreads the cases over a demo, by its seed and nothing else, and notes what was planted."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil

from ingest.demo.alea import Alea
from ingest.demo.cas.agr import AGREMENTS
from ingest.demo.cas.atelier import Atelier
from ingest.demo.cas.ave import SUITES_D_AVENANTS
from ingest.demo.cas.bornes import BORNES
from ingest.demo.cas.cas import Cas, Suite
from ingest.demo.cas.croises import CROISES
from ingest.demo.cas.dat import DATES
from ingest.demo.cas.dup import DOUBLONS
from ingest.demo.cas.durees import DUREES
from ingest.demo.cas.fin import FINANCEMENTS
from ingest.demo.cas.geo import LIEUX
from ingest.demo.cas.ide import IDENTITES
from ingest.demo.cas.loy import LOYERS
from ingest.demo.cas.mixite import MIXITE
from ingest.demo.cas.mixite_sociale import RESERVATIONS
from ingest.demo.cas.om import OUTRE_MER
from ingest.demo.cas.orp import ORPHELINES
from ingest.demo.cas.particuliers import PARTICULIERS
from ingest.demo.cas.pub import PUBLICATIONS
from ingest.demo.cas.red import REDEVANCES
from ingest.demo.cas.sta import ETATS
from ingest.demo.cas.sur import SURFACES
from ingest.demo.cas.termes import AVENANTS, PRETS, TERMES
from ingest.demo.cas.typ import TYPES
from ingest.demo.faits import Convention
from ingest.demo.oracle import Constat
from ingest.demo.oracle.croises import REGLES as REGLES_CROISEES

CAS: tuple[Cas, ...] = (
    *MIXITE,
    *FINANCEMENTS,
    *CROISES,
    *DUREES,
    *BORNES,
    *PRETS,
    *TERMES,
    *AVENANTS,
    *LIEUX,
    *DATES,
    *ETATS,
    *DOUBLONS,
    *LOYERS,
    *REDEVANCES,
    *RESERVATIONS,
    *SURFACES,
    *PUBLICATIONS,
    *SUITES_D_AVENANTS,
    *ORPHELINES,
    *TYPES,
    *PARTICULIERS,
    *OUTRE_MER,
    *AGREMENTS,
    *IDENTITES,
)
"""Every case."""
PART = 0.09
"""Of the agreements, at most, once every case is there."""
_PART_POUR_TOUS = 0.35
"""Of the agreements of a small demo, at most, for each case to be there once."""
_FIN_DES_PREMIERES = 0.6
"""Of the time between two plants of a case: the first of all cases come due within it, the rare ones at once."""


@dataclass(frozen=True, slots=True)
class Plante:
    """A case planted in an agreement, and the object that a finding would bear."""

    cas: Cas
    convention: int
    objet: str


class Plan:
    """Chooses, agreement after agreement, the case to plant: the rarest of those that suit."""

    def __init__(self, conventions: int, atelier: Atelier, alea: Alea, cas: Sequence[Cas] = CAS) -> None:
        """Say when each case comes due in a demo of that many agreements."""
        self._atelier = atelier
        self._reste = max(int(PART * conventions), min(len(cas), int(_PART_POUR_TOUS * conventions)))
        fois = max(1, self._reste // len(cas))
        rangs = sorted(range(len(cas)), key=lambda rang: (not cas[rang].rare, alea.reel()))
        self._a_venir = deque(
            (ceil((tour + (0 if cas[rang].rare else _FIN_DES_PREMIERES * place / len(cas))) * conventions / fois), cas[rang])
            for tour in range(fois)
            for place, rang in enumerate(rangs)
        )
        self._dus: list[Cas] = []
        self._occasions: Counter[int] = Counter()
        self._en_cours: Cas | None = None
        self._en_attente: list[tuple[Cas, Suite, Convention]] = []
        self._croises: list[Plante] = []
        self._numero = 0
        self.plantes: list[Plante] = []
        self.est_un_cas = False

    def planter(self, convention: Convention) -> None:
        """Edit the facts of an agreement when a case that suits it has come due; `est_un_cas` says whether it did."""
        self.est_un_cas = self._planter(convention)

    def _planter(self, convention: Convention) -> bool:
        self._numero += 1
        while self._a_venir and self._a_venir[0][0] < self._numero:
            self._dus.append(self._a_venir.popleft()[1])
        self._en_cours = None
        if self._completer(convention):
            return True
        cas = self._choisir(convention) if self._reste > 0 else None
        if cas is None:
            return False
        self._dus.remove(cas)
        self._reste -= 1
        cas.planter(convention, self._atelier)
        if cas.suite is None:
            self._en_cours = cas
        else:
            self._en_attente.append((cas, cas.suite, convention))
        return True

    def confirmer(self, convention: Convention, constats: Iterable[Constat]) -> None:
        """Note the case of an agreement once it is written. ValueError when the truth does not say what the case says.

        What a rule that compares agreements says is known at the end: `conclure` notes its case.
        """
        if self._en_cours is None:
            return
        plante = Plante(self._en_cours, convention.id, self._en_cours.objet(convention))
        if self._en_cours.regle in REGLES_CROISEES:
            self._croises.append(plante)
            return
        verifier((plante,), constats)
        self.plantes.append(plante)

    def conclure(self, constats: Iterable[Constat]) -> None:
        """Note the cases of several agreements once all are written. ValueError as `confirmer`."""
        verifier(self._croises, constats)
        self.plantes.extend(self._croises)

    def _choisir(self, convention: Convention) -> Cas | None:
        """Return the case due that fewest agreements have suited so far, the first due of equals."""
        candidats = [cas for cas in self._dus if cas.convient(convention)]
        for cas in candidats:
            self._occasions[id(cas)] += 1
        return min(candidats, key=lambda cas: (not cas.rare, self._occasions[id(cas)]), default=None)

    def _completer(self, convention: Convention) -> bool:
        """Make an agreement the second half of a case that waits for one."""
        for attente in self._en_attente:
            cas, suite, premiere = attente
            if suite.convient(premiere, convention):
                suite.planter(premiere, convention)
                self._croises.append(Plante(cas, premiere.id, cas.objet(premiere)))
                self._en_attente.remove(attente)
                return True
        return False


def verifier(plantes: Iterable[Plante], constats: Iterable[Constat]) -> None:
    """Raise ValueError when a rule does not say of an object what the case says: no truth may be written then."""
    trouves = {(constat.regle, constat.objet_id): constat.severite for constat in constats}
    for plante in plantes:
        severite = trouves.get((plante.cas.regle, plante.objet))
        if severite is not plante.cas.severite:
            raise ValueError(
                f"{plante.cas.regle}, convention {plante.convention}, « {plante.cas.phrase} » : "
                f"le cas attend {plante.cas.severite or 'aucun constat'}, la vérité donne {severite or 'aucun constat'}"
            )
