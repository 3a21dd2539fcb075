"""The contract of one source table: its columns, its keys, what a row must respect, and how personal data are treated.

A contract is written by hand in `sources/<source>/<table>.yml`. The reader's types, the quarantine, the Great Expectations
suite and the dbt source are all derived from it. Keys of the YAML are French: analysts and lawyers read them.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field, model_validator

from data_contracts.strict import Strict


class ColumnType(StrEnum):
    """Type of a source column, as its contract names it."""

    ENTIER = "entier"
    REEL = "reel"
    ENTIER_FR = "entier_fr"
    """A whole number as people write it in French: « 1 528 », whichever space stands between thousands."""
    REEL_FR = "reel_fr"
    """The same with a decimal comma: « 1 017,2 »."""
    TEXTE = "texte"
    DATE = "date"
    BOOLEEN = "booleen"
    HORODATAGE_MS = "horodatage_ms"
    """Milliseconds since 1970-01-01 UTC in a bigint; 0 means unknown."""
    HORODATAGE_TZ = "horodatage_tz"
    """An instant with its offset, as PostgreSQL writes it: « 2023-01-05 10:11:12.345+00 ». It lands in UTC."""


DUCKDB_TYPES = {
    ColumnType.ENTIER: "BIGINT",
    ColumnType.REEL: "DOUBLE",
    ColumnType.ENTIER_FR: "BIGINT",
    ColumnType.REEL_FR: "DOUBLE",
    ColumnType.TEXTE: "VARCHAR",
    ColumnType.DATE: "DATE",
    ColumnType.BOOLEEN: "BOOLEAN",
    ColumnType.HORODATAGE_MS: "TIMESTAMP",
    ColumnType.HORODATAGE_TZ: "TIMESTAMP",
}
"""Type of a landed column. Measures stay DOUBLE as received; staging turns them into DECIMAL before any sum."""

NUMBERS = frozenset({ColumnType.ENTIER, ColumnType.REEL, ColumnType.ENTIER_FR, ColumnType.REEL_FR})
DAYS = frozenset({ColumnType.DATE, ColumnType.HORODATAGE_MS, ColumnType.HORODATAGE_TZ})
"""Types whose values have a day."""

RECEPTION = "reception"
"""The latest day of a date that can't be in the future: that of the reception of its delivery."""


class Severity(StrEnum):
    """What a broken clause does to the row at import and to the run afterwards."""

    BLOQUANTE = "bloquante"
    """The row goes to quarantine; a landed row that breaks it stops the publication."""
    ALERTE = "alerte"
    """The row lands; the number of rows concerned is reported."""


class Presence(StrEnum):
    """Whether a delivery may come without this table or this column."""

    REQUISE = "requise"
    FACULTATIVE = "facultative"


class Treatment(StrEnum):
    """What becomes of a personal value before it reaches the landing."""

    SUPPRIMER = "supprimer"
    PSEUDONYMISER = "pseudonymiser"
    MASQUER = "masquer"
    """The text lands without what may tell a person in it: addresses, numbers, names."""
    MASQUER_RECONNU = "masquer_reconnu"
    """The same for a text of the trade, of which only what surely tells a person is masked: its dates and references stay."""
    CONSTATER = "constater"
    """Only whether there is a value lands: « renseigné », or nothing."""


class PersonalData(Strict):
    """Why a column is personal and what is done about it."""

    traitement: Treatment
    motif: str
    si: str | None = None
    """SQL condition on the source row (raw text columns, other raw tables readable by their name); null counts as true."""


class ForeignKey(Strict):
    """A reference to another table of the same source."""

    table: str
    colonne: str = "id"
    gravite: Severity = Severity.ALERTE
    si: str | None = None
    """SQL condition on the referenced row, for instance `subtype = 'ECO'`."""


class Column(Strict):
    """One column of a source table."""

    nom: str
    type: ColumnType
    description: str
    presence: Presence = Presence.REQUISE
    obligatoire: Severity | None = None
    """Set when the value may not be missing."""
    valeurs: tuple[str, ...] | None = None
    """The closed list of codes, compared as text."""
    gravite_valeurs: Severity = Severity.ALERTE
    suivi_codes: bool = False
    """The values are codes of an open list: one that the delivery before had not is told. A closed list is always followed."""
    minimum: int | float | date | None = None
    """The least value, or the first day, that makes sense."""
    maximum: int | float | date | Literal["reception"] | None = None
    gravite_bornes: Severity = Severity.ALERTE
    reference: ForeignKey | None = None
    personnel: PersonalData | None = None

    @model_validator(mode="after")
    def _replacement_is_text(self) -> Column:
        words = {Treatment.PSEUDONYMISER: "un pseudonyme", Treatment.CONSTATER: "un constat"}
        if self.personnel and self.personnel.traitement in words and self.type is not ColumnType.TEXTE:
            word = words[self.personnel.traitement]
            raise ValueError(f"{self.nom} : {word} est un texte, la colonne doit être de type texte")
        return self

    @model_validator(mode="after")
    def _bounds_are_of_its_type(self) -> Column:
        days = [isinstance(bound, date) or bound == RECEPTION for bound in (self.minimum, self.maximum) if bound is not None]
        if (days and self.type not in NUMBERS | DAYS) or any(is_day != (self.type in DAYS) for is_day in days):
            raise ValueError(f"{self.nom} : les bornes d'une colonne de type {self.type} ne sont pas de ce type")
        return self

    @property
    def is_dropped(self) -> bool:
        """True when the column never lands."""
        return self.personnel is not None and self.personnel.traitement is Treatment.SUPPRIMER and self.personnel.si is None


class UniqueKey(Strict):
    """Columns whose values together may not repeat."""

    colonnes: Annotated[tuple[str, ...], Field(min_length=1)]
    gravite: Severity = Severity.ALERTE


class Condition(Strict):
    """A condition that each typed row must satisfy; null passes."""

    nom: str
    condition: str
    message: str
    gravite: Severity = Severity.ALERTE


class Retention(Strict):
    """How long the landed deliveries of a source are kept, in days."""

    remplacee_jours: Annotated[int, Field(ge=0)]
    """From the day a newer delivery replaced it."""
    maximum_jours: Annotated[int, Field(ge=1)] | None = None
    """From the day it was received, replaced or not; a source of which something personal lands says it."""
    motif: str


class Source(Strict):
    """What is agreed of all the deliveries of a source system: who answers for them, by which right, how fresh, for how long."""

    source: str
    titre: str
    description: str
    responsable: str
    """Who can correct or redo a delivery, as a person reads it."""
    base_legale: str
    finalite: str
    destinataires: str | None = None
    """Who sees what stays of personal data; a source that receives some says it."""
    fraicheur_jours: Annotated[int, Field(ge=1)]
    """Age of the newest delivery from which it is said to be old."""
    baisse_max_pct: Annotated[int, Field(ge=0, le=100)] = 10
    """How much smaller than the delivery it replaces a table may be."""
    gravite_baisse: Severity = Severity.ALERTE
    conservation: Retention


class SourceTable(Strict):
    """The contract of one source table."""

    source: str
    table: str
    titre: str
    description: str
    presence: Presence = Presence.REQUISE
    cle_primaire: Annotated[tuple[str, ...], Field(min_length=1)]
    unicites: tuple[UniqueKey, ...] = ()
    colonnes: Annotated[tuple[Column, ...], Field(min_length=1)]
    conditions: tuple[Condition, ...] = ()

    @property
    def landed_columns(self) -> tuple[Column, ...]:
        """Columns that land, in the contract's order."""
        return tuple(column for column in self.colonnes if not column.is_dropped)

    def column(self, name: str) -> Column:
        """Return the column called `name`; KeyError when the contract has none."""
        for column in self.colonnes:
            if column.nom == name:
                return column
        raise KeyError(name)

    @model_validator(mode="after")
    def _names_exist(self) -> SourceTable:
        names = [column.nom for column in self.colonnes]
        if doubled := sorted({name for name in names if names.count(name) > 1}):
            raise ValueError(f"colonne déclarée deux fois : {', '.join(doubled)}")
        keys = [*self.cle_primaire, *(name for unique in self.unicites for name in unique.colonnes)]
        if unknown := sorted(set(keys) - set(names)):
            raise ValueError(f"clé sur une colonne non déclarée : {', '.join(unknown)}")
        if dropped := sorted(name for name in keys if self.column(name).is_dropped):
            raise ValueError(f"clé sur une colonne supprimée : {', '.join(dropped)}")
        return self
