"""What is said of a survey in the YAML beside its CSV: which column holds what, on which scale, asked of whom.

An export of « Je donne mon avis » needs no description: its columns are known. One may be given, to say who was asked, or when the
questions of its form were reworded.
"""

from __future__ import annotations

from typing import Annotated, Literal
from zoneinfo import available_timezones

from pydantic import Field, StrictInt, field_validator, model_validator

from data_contracts.strict import Strict
from ingest.readers.report import slug

Label = Annotated[str, Field(min_length=1)]
Audience = Literal["bailleur", "instructeur"]
PARIS = "Europe/Paris"
CLARITY_SCALE = (1, 5)
SMILEYS = {"Pas bien": 1, "Moyen": 2, "Très bien": 3, "bad": 1, "medium": 2, "good": 3}


class DateColumn(Strict):
    """The column of the date of an answer, and how it is written there."""

    colonne: Label
    format: Label
    """As `strptime` reads it: %d/%m/%Y."""
    fuseau: str = PARIS
    """Where that clock is; the day kept is that of Paris."""

    @field_validator("fuseau")
    @classmethod
    def _exists(cls, name: str) -> str:
        if name not in available_timezones():
            raise ValueError(f"le fuseau {name} n'existe pas")
        return name


class NoteColumn(Strict):
    """The column of the note, and the bounds of its scale."""

    colonne: Label
    minimum: StrictInt
    maximum: StrictInt
    libelles: dict[str, StrictInt] = Field(default_factory=dict)
    """The value of each answer that is given in words."""

    @model_validator(mode="after")
    def _bounds_are_in_order(self) -> NoteColumn:
        if self.minimum >= self.maximum:
            raise ValueError("le minimum de l'échelle doit être inférieur à son maximum")
        if beyond := [label for label, value in self.libelles.items() if not self.minimum <= value <= self.maximum]:
            raise ValueError(f"« {beyond[0]} » vaut une note hors de l'échelle")
        return self


class Survey(Strict):
    """A survey, whatever its channel."""

    canal: Literal["enquete", "jdma"] = "enquete"
    titre: Label
    public: Audience | None = None
    date: DateColumn
    note: NoteColumn
    identifiant: Label | None = None
    clarte: Label | None = None
    """A question answered from 1 to 5."""
    verbatim: Label | None = None
    departement: Label | None = None
    nb_envoyes: Annotated[StrictInt, Field(gt=0)] | None = None
    """Questionnaires sent, when whoever sent them knows."""

    @property
    def cle(self) -> str:
        """What names the survey in the warehouse."""
        return slug(self.titre)

    @property
    def required(self) -> tuple[str, ...]:
        """The columns its CSV may not lack: all of those described; the export of a JDMA form has the questions that form asks."""
        sure = (self.date.colonne, self.identifiant, self.note.colonne)
        others = () if self.canal == "jdma" else (self.clarte, self.verbatim, self.departement)
        return tuple(column for column in (*sure, *others) if column)

    @model_validator(mode="after")
    def _is_asked_of_someone(self) -> Survey:
        if self.canal == "enquete" and self.public is None:
            raise ValueError("il manque le public de l'enquête : bailleur ou instructeur")
        if not self.cle:
            raise ValueError("le titre de l'enquête n'a ni lettre ni chiffre")
        return self


class JdmaForm(Strict):
    """A form of « Je donne mon avis »: who its button asks, and its questions where they were reworded."""

    format: Literal["jdma"] = "jdma"
    titre: Label = "Je donne mon avis"
    public: Audience | None = None
    satisfaction: Label = "De façon générale, comment ça s'est passé ?"
    comprehension: Label = "Qu'avez-vous pensé des informations et des instructions fournies ?"
    verbatim: Label = "Souhaitez-vous nous en dire plus ?"

    def survey(self) -> Survey:
        """Return the survey that the export of the form answers."""
        return Survey(
            canal="jdma",
            titre=self.titre,
            public=self.public,
            date=DateColumn(colonne="Review Created At", format="%Y-%m-%d %H:%M:%S", fuseau="UTC"),
            note=NoteColumn(colonne=self.satisfaction, minimum=1, maximum=3, libelles=SMILEYS),
            identifiant="Review ID",
            clarte=self.comprehension,
            verbatim=self.verbatim,
        )


JDMA = JdmaForm().survey()
"""The form that the platform proposes."""
