"""What an indicator, an axis and a field whose completeness counts are made of. They are written in `indicateurs/*.yml`.

An indicator counts lines, which a select over the marts gives; it measures them whole and along axes. Keys of the YAML are French:
analysts read them.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, model_validator

_NAME = r"^[a-z][a-z0-9_]*$"


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Axis(_Strict):
    """What indicators are told along: the values of one column of the lines counted, or their whole when it names none."""

    axe: Annotated[str, Field(pattern=_NAME)]
    libelle: str
    colonne: str | None = None


class Measure(_Strict):
    """One figure of an indicator: aggregates, in SQL, over the lines of an axis' value."""

    nom: Annotated[str, Field(pattern=_NAME)]
    libelle: str
    unite: str
    valeur: str | None = None
    """The figure; without it, the numerator in % of the denominator."""
    numerateur: str | None = None
    denominateur: str | None = None
    effectif: str = "count(*)"
    """How many things the figure rests on."""

    @model_validator(mode="after")
    def _has_a_value(self) -> Measure:
        if self.valeur is None and (self.numerateur is None or self.denominateur is None):
            raise ValueError(f"la mesure {self.nom} donne sa valeur, ou son numérateur et son dénominateur")
        return self


class Indicator(_Strict):
    """One indicator, complete in itself."""

    id: Annotated[str, Field(pattern=r"^[A-Z]-\d{2}$")]
    titre: str
    definition: str
    numerateur: str
    """In words, as are the next ones."""
    denominateur: str
    population: str
    source: str
    fraicheur: str
    petits_effectifs: str
    publics: Annotated[tuple[str, ...], Field(min_length=1)]
    lignes: str
    """The select that gives the lines counted, over the marts and `parametre` (date_reference)."""
    axes: Annotated[tuple[str, ...], Field(min_length=1)]
    periode: str | None = None
    """SQL text over a line: the period it belongs to; without it, the reference date of the run."""
    mesures: Annotated[tuple[Measure, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _measures_differ(self) -> Indicator:
        names = [measure.nom for measure in self.mesures]
        if len(set(names)) < len(names):
            raise ValueError(f"deux mesures de {self.id} portent le même nom")
        return self


class CompleteField(_Strict):
    """A column of a mart whose absence counts. `applicable` is SQL over a line: where a value is expected."""

    champ: str
    applicable: str = "true"


class Completeness(_Strict):
    """The fields of one mart whose completeness is measured, and the lines it is measured on."""

    mart: str
    lignes: str
    """The select that gives the lines: columns of the mart, source, code_departement."""
    champs: Annotated[tuple[CompleteField, ...], Field(min_length=1)]
