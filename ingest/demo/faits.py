"""The facts of one agreement, decided before a single row is written: the rows and the truth both come from here.

A `Convention` holds its periods; a period holds the state of the contract and its content; the content is a list of lots
(programmes), each with its dwellings, annexes, parcels and addresses. Periods that did not change the content share it.
Planted cases (`ingest.demo.cas`) edit these facts between the draw and the writing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from ingest.demo.geographie import Commune, Departement
from ingest.demo.referentiels import CODES_ANAH, ConventionType, Nature, Secteur, famille

if TYPE_CHECKING:
    from ingest.demo.agrements import Operation

DATE_DE_LA_DEMO = date(2026, 10, 31)
"""No date but an expiry is later."""

TYPES_ANAH = frozenset({100013, 100026, 100005})
STATIONNEMENTS = frozenset({"1", "2", "8"})
"""Annexes where a car stands: garage, parking, box."""


class Etat(StrEnum):
    """State of an agreement by its Ecoloweb code, with the warehouse's word."""

    INS = "INSTRUCTION"
    OPP = "OPPOSABLE"
    RES = "RESILIEE"
    DEN = "DENONCEE"
    ANI = "ABANDONNEE"
    ANS = "ANNULEE"


class Absorption(NamedTuple):
    """By which SIREN an owner was absorbed, and its own last day."""

    absorbant: str
    jour: date


@dataclass(slots=True)
class Bailleur:
    """An owner or a manager."""

    id: int
    secteur: Secteur
    sous_nature: str
    raison_sociale: str
    siren: str | None
    code_personne: str | None
    commune: Commune
    departement: Departement
    est_gestionnaire: bool = True
    """Whether it may manage foyers."""
    siret_saisi: str | None = None
    """What was typed as its SIRET, when it is not one of its SIREN."""
    a_une_adresse: bool = True
    absorption: Absorption | None = None


@dataclass(slots=True)
class Office:
    """An administration that instructs agreements."""

    id: int
    code: str
    nom: str
    departement: Departement | None
    genre: str
    """Code of the list TEG."""


class Modele(NamedTuple):
    """Typology and areas of ONE dwelling, in 1/100 of m², 0 for the area of another regime. Many dwellings share a model."""

    typologie: str
    habitable: int
    annexe: int
    utile: int
    corrigee: int

    @property
    def surface(self) -> int:
        """The area that the rent is counted on."""
        return self.corrigee or self.utile


class Place(NamedTuple):
    """Where a dwelling is in its agreement."""

    batiment: str | None
    escalier: str | None
    etage: str | None
    numero: str
    est_de_plain_pied: bool


@dataclass(slots=True)
class Logement:
    """A dwelling row, which stands for `nombre` dwellings. Coefficient in 1/10,000, rent of one in cents a month."""

    nombre: int
    modele: Modele
    place: Place
    individuel: bool
    chauffage: str | None
    coefficient: int
    loyer: int
    cree_le: int
    """Epoch milliseconds."""
    adresse: Adresse | None = None
    """Its own address, for some houses."""
    statut: str = "OC"
    """Code of the list SLO: there from the beginning, or gone."""
    millioniemes: int = 0
    """What a coefficient of more than four decimals has beyond them."""

    @property
    def coefficient_exact(self) -> float:
        """The coefficient as typed; 0 when unknown."""
        return self.coefficient / 10_000 + self.millioniemes / 1_000_000


@dataclass(slots=True, frozen=True)
class Annexe:
    """Annexes of one kind: code of the list TAN, how many, monthly price of one in cents when known."""

    genre: str
    nombre: int
    prix: int | None
    cree_le: int


@dataclass(slots=True, frozen=True)
class Parcelle:
    """A cadastral parcel as typed, `numero` with or without leading zeros."""

    section: str
    numero: str
    superficie: int


@dataclass(slots=True, frozen=True)
class Adresse:
    """An address as typed."""

    lignes: tuple[str | None, str | None, str | None, str | None]
    code_postal: str
    ville: str
    cree_le: int


@dataclass(slots=True)
class Lot:
    """A programme in one state of the content. Counts are decided here and the dwelling rows follow."""

    financement: str
    commune: Commune
    proprietaire: Bailleur
    gestionnaire: Bailleur | None
    description: str
    individuels: int
    collectifs: int
    regime: str | None
    """Code of the list TSU: SU (monthly rent), SC (yearly rent), none in a foyer."""
    loyer: int
    """Ceiling rent of a square metre in cents, a month (SU) or a year (SC); 0 in a foyer."""
    redevance: int
    """Monthly ceiling of one dwelling of a foyer in cents; 0 otherwise."""
    nature_operation: str | None
    chauffage: str | None
    label: str | None
    mise_en_service: date | None
    mise_en_chantier: date | None
    pret: int | None
    """Years that the loan lasts, when known."""
    montant: int
    dossier: str | None
    reservation: int
    logements: list[Logement]
    annexes: list[Annexe]
    parcelles: list[Parcelle]
    adresses: list[Adresse]
    date_financement: date | None = None
    ecart_de_surface: int = 0
    """What the totals say more than the dwellings add up to, in 1/100 of m²."""
    loyer_individuel: int | None = None
    """Ceiling of the houses in cents, when it is not that of the flats."""
    derogation_loyer: bool = False
    reserves: int | None = None
    """Dwellings kept for the prefect, when they are not what the percentage makes."""
    operation: str | None = None
    """Number of its operation, when the reference only lets it be read."""
    etat: str = "ENC"
    """Code of the list EPR, while the agreement goes on."""

    @property
    def nb_logements(self) -> int:
        """Dwellings of the programme."""
        return self.individuels + self.collectifs


Contenu = list[Lot]


@dataclass(slots=True)
class Calendrier:
    """Dates of the agreement itself, which every period repeats; None where the step has not taken place."""

    depot: date
    signature_bailleur: date | None = None
    envoi_prefet: date | None = None
    signature: date | None = None
    envoi_spf: date | None = None
    refus_spf: date | None = None
    motif_refus: str | None = None
    publication: date | None = None
    reference: str | None = None
    envoi_caf: date | None = None
    expiration_initiale: date | None = None
    duree: int | None = None


@dataclass(slots=True)
class Avenant:
    """An amendment. `types` are codes of the list TAV."""

    numero: int
    types: tuple[str, ...]
    depot: date
    description: str
    signature: date | None = None
    publication: date | None = None
    reference: str | None = None
    annulation: date | None = None
    nouvelle_expiration: date | None = None
    id: int = 0


@dataclass(slots=True)
class Periode:
    """One state of the contract, from `debut` until the next one begins."""

    debut: date
    etat: Etat
    descriptif: str
    contenu: Contenu
    calendrier: Calendrier
    expiration: date | None
    avenant: Avenant | None = None
    squelette: bool = False
    """Figures unknown and written as zeros, no dwelling row."""
    avec_logements: bool = True
    demande_denonciation: date | None = None
    resiliation: date | None = None
    annulation: date | None = None
    renouvellement: date | None = None
    fin: date | None = None
    """Its last day as written, when it is not the eve of the next period."""
    id: int = 0
    ids_lots: list[int] = field(default_factory=list)
    """Of its programmes, in the order of its content, once written."""
    ids_logements: dict[int, Sequence[int]] = field(default_factory=dict)
    """Of the dwelling rows of each programme, once written."""
    ids_parcelles: dict[int, Sequence[int]] = field(default_factory=dict)
    """Of the parcels of each programme, once written."""


@dataclass(slots=True)
class Orpheline:
    """A row whose parent was deleted: it hangs on nothing, and nobody knows that it was this agreement's."""

    table: str
    id: int = 0


@dataclass(slots=True)
class Convention:
    """One legal agreement and its whole history."""

    id: int
    departement: Departement
    office: Office
    nature: Nature
    secteur: Secteur
    type: ConventionType
    bailleur: Bailleur
    depot: date
    est_reprise: bool
    numero: str
    numero_normalise: str
    numero_ordre: str
    libelle: str
    description: str | None
    instructeur: str
    saisie: date
    modification: date
    periodes: list[Periode] = field(default_factory=list)
    avenants: list[Avenant] = field(default_factory=list)
    rang_instruite: int | None = 0
    """Of the period that it takes for that of its instruction; None when it has lost it."""
    instruite_ailleurs: int | None = None
    """Id of another agreement's period, which it takes for that one."""
    est_numerisee: bool | None = None
    """Whether the agreement itself was scanned: drawn when its documents are written, unless it is decided before."""
    orphelines: list[Orpheline] = field(default_factory=list)
    au_rpls: int | None = None
    """Dwellings that the register of social housing has under its number: drawn when it is written, unless it is decided before."""
    au_rpls_sans_etre_conventionnes: int = 0
    """Dwellings that it has there too, and says not to be under an agreement."""
    retouche: Callable[[Operation], Operation] | None = None
    """What a planted case makes of the operation whose number it bears."""
    agrements: list[str] = field(default_factory=list)
    """Ids of the agréments of that operation, once drawn."""

    @property
    def courante(self) -> Periode:
        """The current period."""
        return self.periodes[-1]

    @property
    def expiration(self) -> date | None:
        """The term: that of the current period, else that of the last amendment in force."""
        if self.courante.expiration is not None:
            return self.courante.expiration
        en_vigueur = [avenant for avenant in self.avenants if avenant.signature and not avenant.annulation]
        return en_vigueur[-1].nouvelle_expiration if en_vigueur else None

    @property
    def familles(self) -> list[str]:
        """Financing families of the current period, sorted."""
        return sorted({famille(lot.financement) for lot in self.courante.contenu})

    @property
    def est_anah(self) -> bool:
        """Whether a financing or the convention type is one of ANAH's."""
        return self.type.id in TYPES_ANAH or any(lot.financement in CODES_ANAH for lot in self.courante.contenu)

    @property
    def nb_logements(self) -> int:
        """Dwellings of the current period."""
        return sum(lot.nb_logements for lot in self.courante.contenu)

    @property
    def nb_stationnements(self) -> int:
        """Garages, parking places and boxes of the current period."""
        return sum(annexe.nombre for lot in self.courante.contenu for annexe in lot.annexes if annexe.genre in STATIONNEMENTS)

    @property
    def code_commune(self) -> str | None:
        """Today's code of the commune of most dwellings, the smallest when several have as many."""
        compte: Counter[str] = Counter()
        for lot in self.courante.contenu:
            compte[lot.commune.code_officiel] += lot.nb_logements
        return min(compte, key=lambda code: (-compte[code], code), default=None)

    @property
    def bailleur_principal(self) -> int | None:
        """Id of the owner of most dwellings; several owners never have as many."""
        compte: Counter[int] = Counter()
        for lot in self.courante.contenu:
            compte[lot.proprietaire.id] += lot.nb_logements
        return min(compte, key=lambda identifiant: (-compte[identifiant], identifiant), default=None)
