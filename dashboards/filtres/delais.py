"""Which files the page « Délais » looks at, and how: read from its address, written back to it. No Streamlit.

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

NOMS = ETAPE, JOURS, SERVICE, NATURE, PAS, OUVERTURE, AXE = ("etape", "jours", "service", "nature", "pas", "ouverture", "axe")
"""Parameters of the address that belong to the page."""
CHAMPS = ("etape", "jours", "services", "natures", "pas", "ouvertures", "axe")
"""The fields that they hold."""
PREMIERES = ("T-03", "T-08")
"""Stages that a page opens on: the whole instruction, which APiLos alone tells, else from deposit to signature."""
LISTE = "liste"
"""The parameter of the address that lists files instead of measuring them."""
FERMES, OUVERTS = "fermes", "ouverts"
"""What it lists: the files closed in the period, those still in the stage."""
CALENDAIRES, OUVRES = "calendaires", "ouvres"
CHOIX_JOURS = {CALENDAIRES: "Jours calendaires", OUVRES: "Jours ouvrés"}
AUTOMATIQUE = "auto"
CHOIX_PAS = {AUTOMATIQUE: "Selon le nombre de dossiers", "mois": "Mois", "trimestre": "Trimestre", "annee": "Année"}
CHOIX_AXE = {
    "nature": "Nature du bailleur",
    "financement": "Famille de financement",
    "region": "Région",
    "departement": "Département",
    "service": "Service",
    "type": "Type d'avenant",
}


@dataclass(frozen=True, kw_only=True)
class Referentiel(Connus):
    """What the page may look at in a run."""

    etapes: dict[str, str]
    """Names of the stages by identifier, those without a measured file too."""
    etapes_avenant: frozenset[str]
    """Stages that amendments go through."""
    services: dict[str, str]
    """Names of the offices that have a file, by identifier."""
    natures: tuple[str, ...]
    annees_ouverture: tuple[int, ...]

    @property
    def etape_par_defaut(self) -> str:
        """The stage that a page opens on; '' when the run has none."""
        return next((etape for etape in (*PREMIERES, *self.etapes) if etape in self.etapes), "")

    def choix_axe(self, etape: str) -> tuple[str, ...]:
        """Return what files of a stage may be broken down by."""
        return tuple(axe for axe in CHOIX_AXE if axe != "type" or etape in self.etapes_avenant)


@dataclass(frozen=True)
class Filtres:
    """The files looked at."""

    etape: str = ""
    """A stage; that of the run by default when it is not said."""
    jours: str = CALENDAIRES
    services: tuple[str, ...] = ()
    """None means all, here and below."""
    natures: tuple[str, ...] = ()
    pas: str = AUTOMATIQUE
    """Step of time of the evolution."""
    ouvertures: tuple[str, ...] = ()
    """Years of opening whose curves are drawn; none means the last ones that hold enough files."""
    axe: str = "nature"
    communs: Communs = TOUT
    """The days are those of closing; without any, the files described are those of the last whole year."""

    def adresse(self, referentiel: Referentiel) -> dict[str, str]:
        """Return the parameters of the address that says these filters; what is not filtered is not written."""
        defaut = Filtres()
        ecrits = {
            ETAPE: "" if self.etape == referentiel.etape_par_defaut else self.etape,
            JOURS: "" if self.jours == defaut.jours else self.jours,
            SERVICE: ",".join(self.services),
            NATURE: ",".join(self.natures),
            PAS: "" if self.pas == defaut.pas else self.pas,
            OUVERTURE: ",".join(self.ouvertures),
            AXE: "" if self.axe == defaut.axe else self.axe,
        }
        return {nom: ecrit for nom, ecrit in ecrits.items() if ecrit} | self.communs.adresse

    @property
    def est_restreint(self) -> bool:
        """Whether files of the stage are left out."""
        communs = self.communs
        return bool(self.services or self.natures or communs.territoires or communs.familles or communs.bailleur or communs.sources)


@dataclass(frozen=True)
class Lus:
    """Filters as an address says them, and what of it made no sense."""

    filtres: Filtres
    ignores: list[str] = field(default_factory=list)
    """« service=ecoloweb:999 »."""


def lire_adresse(adresse: Mapping[str, str], referentiel: Referentiel) -> Lus:
    """Return the filters that an address asks for."""
    lecture = LectureAdresse(adresse)
    etape = lecture.connu(ETAPE, referentiel.etapes, referentiel.etape_par_defaut)
    filtres = Filtres(
        etape=etape,
        jours=lecture.connu(JOURS, CHOIX_JOURS, CALENDAIRES),
        services=lecture.connus(SERVICE, referentiel.services),
        natures=lecture.connus(NATURE, referentiel.natures),
        pas=lecture.connu(PAS, CHOIX_PAS, AUTOMATIQUE),
        ouvertures=lecture.connus(OUVERTURE, tuple(map(str, referentiel.annees_ouverture))),
        axe=lecture.connu(AXE, referentiel.choix_axe(etape), "nature"),
        communs=filtres_communs.lire(lecture, referentiel),
    )
    return Lus(filtres, lecture.ignores)
