"""What the truth looks at to judge an agreement: its facts once written, under short names, and what a finding is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from ingest.demo.calendrier import plus_annees
from ingest.demo.faits import Calendrier, Convention, Etat, Lot
from ingest.demo.geographie import Departement
from ingest.demo.referentiels import Nature, Secteur, famille

DATE_DE_REFERENCE = date(2026, 11, 1)
"""The day the truth is told for."""
SECTEURS_A_LA_SIGNATURE = frozenset({Secteur.HLM, Secteur.SEM})


class Severite(StrEnum):
    """How serious a finding is."""

    NON_REGLEMENTAIRE = "non_reglementaire"
    ANOMALIE = "anomalie"
    A_VERIFIER = "a_verifier"
    INFORMATION = "information"


class Constat(NamedTuple):
    """A rule that an object breaks."""

    regle: str
    severite: Severite
    objet_type: str
    objet_id: str


@dataclass(frozen=True, slots=True)
class Vue:
    """An agreement as the rules see it, in its current state."""

    convention: Convention
    etat: Etat
    nature: Nature
    secteur: Secteur
    departement: Departement
    calendrier: Calendrier
    signature: date | None
    effet: date | None
    initiale: date | None
    terme: date | None
    lots: list[Lot]
    familles: frozenset[str]
    est_anah: bool

    @property
    def est_vivante(self) -> bool:
        """Neither cancelled nor abandoned."""
        return self.etat not in {Etat.ANI, Etat.ANS}

    @property
    def est_en_vigueur(self) -> bool:
        """In force."""
        return self.etat is Etat.OPP

    @property
    def est_foyer(self) -> bool:
        """Not ordinary dwellings."""
        return self.nature is not Nature.ORDINAIRE

    @property
    def est_outre_mer(self) -> bool:
        """In a DROM."""
        return self.departement.est_outre_mer

    @property
    def est_sociale(self) -> bool:
        """Of an HLM body, a SEM or another social owner."""
        return self.secteur is not Secteur.PRIVE

    def signee_depuis(self, jour: date) -> bool:
        """Whether it was signed that day or later."""
        return self.signature is not None and self.signature >= jour

    def signee_avant(self, jour: date) -> bool:
        """Whether it was signed before that day."""
        return self.signature is not None and self.signature < jour

    def effet_plus(self, annees: int) -> date | None:
        """Return the same day as the effect, years later."""
        return plus_annees(self.effet, annees) if self.effet else None


def date_effet(convention: Convention) -> date | None:
    """Return the day an agreement takes effect: signed (HLM, SEM, overseas foyers), else published."""
    calendrier = convention.courante.calendrier
    outre_mer = convention.departement.est_outre_mer and convention.nature is not Nature.ORDINAIRE
    a_la_signature = convention.secteur in SECTEURS_A_LA_SIGNATURE or outre_mer
    return calendrier.signature if a_la_signature else calendrier.publication


def voir(convention: Convention) -> Vue:
    """Look at an agreement."""
    courante = convention.courante
    return Vue(
        convention=convention,
        etat=courante.etat,
        nature=convention.nature,
        secteur=convention.secteur,
        departement=convention.departement,
        calendrier=courante.calendrier,
        signature=courante.calendrier.signature,
        effet=date_effet(convention),
        initiale=courante.calendrier.expiration_initiale,
        terme=convention.expiration,
        lots=courante.contenu,
        familles=frozenset(famille(lot.financement) for lot in courante.contenu),
        est_anah=convention.est_anah,
    )
