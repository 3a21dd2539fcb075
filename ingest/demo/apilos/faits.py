"""The facts of APiLos, decided before a row is written: agreements and amendments alike are acts, as they share a table there."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

from ingest.demo.faits import Avenant, Bailleur, Convention, Lot, Office


class Statut(StrEnum):
    """A status by the label that APiLos stores, under the word of the warehouse."""

    PROJET = "1. Projet"
    INSTRUCTION = "2. Instruction requise"
    CORRECTION = "3. Corrections requises"
    A_SIGNER = "4. A signer"
    SIGNEE = "5. Signée"
    PUBLICATION = "5. Publication en cours"
    PUBLIEE = "7. Publié"
    RESILIEE = "6. Résiliée"
    DENONCEE = "7. Dénoncée"
    ANNULEE = "8. Annulée en suivi"


OUVERTS = frozenset({Statut.PROJET, Statut.INSTRUCTION, Statut.CORRECTION, Statut.A_SIGNER})
"""Not signed yet, and not given up."""
SIGNES = frozenset({Statut.SIGNEE, Statut.PUBLICATION, Statut.PUBLIEE})
"""In force."""


class Passage(NamedTuple):
    """A change of status. APiLos keeps no trace of some."""

    quand: datetime
    avant: Statut
    apres: Statut
    est_trace: bool
    par_le_bailleur: bool


class Commentaire(NamedTuple):
    """A remark of the office on one field of an act; `clos_le` is null while it is open."""

    cree_le: datetime
    clos_le: datetime | None
    objet: str
    champ: str


class Pret(NamedTuple):
    """A loan, or an aid that the application files with loans. Amount in euros."""

    preteur: str
    octroi: date | None
    numero: str | None
    duree: int | None
    montant: int


@dataclass(slots=True)
class Acte:
    """An agreement or an amendment of APiLos. What is written of it is here; what it is about is in the facts of its agreement."""

    id: int
    uuid: str
    convention: Convention
    contenu: dict[str, list[Lot]]
    """Programmes by financing, in the words of APiLos: each makes one lot."""
    statut: Statut
    creation: datetime
    numero: str | None
    bailleur: Bailleur
    office: Office
    code_commune: str | None
    code_region: str | None
    type_operation: str
    cle: str | None = None
    """Under which it was taken over: agreement of Ecoloweb, financing, number of amendment."""
    avenant: Avenant | None = None
    """The amendment that it is, where the facts of the agreement have one."""
    parent: Acte | None = None
    parent_absent: int | None = None
    """Id of a parent that no longer exists."""
    objet_id: str = ""
    convention_id: str | None = None
    types: tuple[str, ...] = ()
    description: str | None = None
    soumission: datetime | None = None
    validation: date | None = None
    signature: date | None = None
    envoi_spf: date | None = None
    refus_spf: date | None = None
    motif_refus: str | None = None
    publication: date | None = None
    reference: str | None = None
    fin: date | None = None
    denonciation: date | None = None
    resiliation: date | None = None
    passages: list[Passage] = field(default_factory=list)
    commentaires: list[Commentaire] = field(default_factory=list)
    prets: dict[str, list[Pret]] = field(default_factory=dict)
    """By financing."""
    signataire: str | None = None
    deliberation: date | None = None
    numero_operation: str | None = None
    zones: tuple[str | None, str | None] = (None, None)
    """As written in zone_123 and in zone_abc."""
    achevement: date | None = None
    reservation: int | None = None
    type_1_2: str | None = None
    """Type of the agreement of an owner that is neither HLM nor SEM."""
    gestionnaire: str | None = None
    attributions: frozenset[str] = frozenset()
    """Columns of the attributions that are ticked."""
    textes_par_defaut: bool = False
    """Whether the texts of the attributions are those that the import puts for want of any."""
    sans_loyer: bool = False
    """Whether the flats have lost their rent."""
    types_1_prime_perdus: bool = False
    designations_vides: int = 0
    """How many dwellings of each lot have lost their designation."""
    stationnements_gardes: bool = True
    negocies: int | None = None
    """Dwellings negotiated for social mix, in each lot."""
    loyer_foncier: int | None = None
    """Rent of associations foncières by square metre, in cents, in each lot."""
    surloyer: int = 0
    """What the first dwelling of each lot pays more than the others by square metre, in cents."""
    origines: tuple[Acte, ...] = ()
    """The agreements that it gives a second life to."""
    ids_lots: dict[str, int] = field(default_factory=dict)
    """By financing, once written."""
    uuids_lots: dict[str, str] = field(default_factory=dict)
    programme: int = 0
    """Id of its programme, once written."""

    @property
    def est_reprise(self) -> bool:
        """Whether it was taken over from Ecoloweb."""
        return self.cle is not None

    @property
    def est_avenant(self) -> bool:
        """Whether it is an amendment to another act."""
        return self.parent is not None or self.parent_absent is not None

    @property
    def lots(self) -> list[Lot]:
        """Every programme, one financing after the other."""
        return [lot for lots in self.contenu.values() for lot in lots]

    @property
    def nb_logements(self) -> int:
        """Dwellings of every lot."""
        return sum(lot.nb_logements for lot in self.lots)
