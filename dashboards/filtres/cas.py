"""Which findings the page « Cas non réglementaires » shows: read from its address, written back to it, said in words. No Streamlit.

A value of the address that this run does not know is left out and named in `Lus.ignores`, so that nobody believes it was applied.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from dashboards.filtres import communs as filtres_communs
from dashboards.filtres.adresse import LectureAdresse
from dashboards.filtres.communs import TOUT, Communs, Connus
from data_contracts.extraits.libelles import FAMILLES_REGLE, nommer

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dashboards.donnees import Ligne

REGLE, SEVERITE, ETAT = "regles", "severite", "etat"
NOMS = (REGLE, SEVERITE, ETAT)
"""Parameters of the address that belong to the page."""
CHAMPS = ("regles", "severite", "etat")
"""The fields that they hold."""


@dataclass(frozen=True)
class Severites:
    """A choice of severities."""

    libelle: str
    codes: tuple[str, ...]


AVERES, INFORMATIONS, TOUS = "averes", "information", "tous"
CHOIX_SEVERITE = {
    AVERES: Severites("Non réglementaires et anomalies", ("non_reglementaire", "anomalie")),
    "non_reglementaire": Severites("Non réglementaires", ("non_reglementaire",)),
    "anomalie": Severites("Anomalies", ("anomalie",)),
    "a_verifier": Severites("À vérifier", ("a_verifier",)),
    TOUS: Severites("Tous les cas, à vérifier compris", ("non_reglementaire", "anomalie", "a_verifier")),
    INFORMATIONS: Severites("Informations (rien à corriger)", ("information",)),
}
"""What may be looked at together. An information is no case: it is never counted with them."""
CHOIX_ETAT = {"ouverte": "Ouverts", "resolue": "Résolus", "tous": "Ouverts et résolus"}
"""States of a finding; the first one is what the page shows unless told otherwise."""


@dataclass(frozen=True, kw_only=True)
class Referentiel(Connus):
    """What a filter may name in a run."""

    regles: dict[str, str]
    """Titles by identifier."""

    @property
    def familles_regle(self) -> tuple[str, ...]:
        """Families of the rules, in the order of their identifiers."""
        return tuple(dict.fromkeys(famille_de(regle) for regle in self.regles))

    @property
    def choix_regle(self) -> tuple[str, ...]:
        """Each family, then its rules."""
        return tuple(
            choix
            for famille in self.familles_regle
            for choix in (famille, *(regle for regle in self.regles if famille_de(regle) == famille))
        )

    def dire_regle(self, choix: str) -> str:
        """Write a family or a rule: « DUR · Durée et date de fin (toutes) », « DUR-003 · Durée d'une convention PLS »."""
        if choix in self.regles:
            return f"{choix} · {self.regles[choix]}"
        return f"{choix} · {nommer(choix, FAMILLES_REGLE)} (toutes)"


@dataclass(frozen=True)
class Filtres:
    """The findings looked at."""

    regles: tuple[str, ...] = ()
    """Rules and families; none means all."""
    severite: str = AVERES
    """A key of `CHOIX_SEVERITE`."""
    etat: str = "ouverte"
    """A key of `CHOIX_ETAT`."""
    communs: Communs = TOUT
    """The days are those of the agreement's signature, the owner that of the finding."""

    @property
    def adresse(self) -> dict[str, str]:
        """The parameters of the address that says these filters; what is not filtered is not written."""
        ecrits = {
            REGLE: ",".join(self.regles),
            SEVERITE: "" if self.severite == AVERES else self.severite,
            ETAT: "" if self.etat == "ouverte" else self.etat,
        }
        return {nom: ecrit for nom, ecrit in ecrits.items() if ecrit} | self.communs.adresse

    def avec_severite(self, severite: str) -> Filtres:
        """Return the same filters for another choice of severities."""
        return replace(self, severite=severite)

    def en_mots(self, referentiel: Referentiel) -> list[Ligne]:
        """Return each filter applied in words: filtre, valeur. Severity and state are always said."""
        dits = {
            "Sévérité": CHOIX_SEVERITE[self.severite].libelle,
            "État": CHOIX_ETAT[self.etat],
            "Règles": " ; ".join(map(referentiel.dire_regle, self.regles)),
        }
        propres = [{"filtre": filtre, "valeur": valeur} for filtre, valeur in dits.items() if valeur]
        communs = self.communs.en_mots(referentiel).values()
        return propres + [{"filtre": filtre, "valeur": valeur} for filtre, valeur in communs]


@dataclass(frozen=True)
class Lus:
    """Filters as an address says them, and what of it made no sense."""

    filtres: Filtres
    ignores: list[str] = field(default_factory=list)
    """« territoire=999 »."""


def lire_adresse(adresse: Mapping[str, str], referentiel: Referentiel) -> Lus:
    """Return the filters that an address asks for."""
    lecture = LectureAdresse(adresse)
    filtres = Filtres(
        regles=lecture.connus(REGLE, referentiel.choix_regle),
        severite=lecture.connu(SEVERITE, tuple(CHOIX_SEVERITE), AVERES),
        etat=lecture.connu(ETAT, tuple(CHOIX_ETAT), "ouverte"),
        communs=filtres_communs.lire(lecture, referentiel),
    )
    return Lus(filtres, lecture.ignores)


def famille_de(regle: str) -> str:
    """Return the family of a rule: « DUR-003 » → « DUR »."""
    return regle.split("-", 1)[0]
