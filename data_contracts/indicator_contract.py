"""What an indicator, an axis and a field whose completeness counts are made of. They are written in `indicateurs/*.yml`.

An indicator counts lines, which a select over the marts gives; it measures them whole and along axes. One that looks at its lines
in several ways (the files closed each month, those opened each year, those still open) tells each way as a facet. One that nothing
can measure yet is written all the same, with the reason. Keys of the YAML are French: analysts read them.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import Field, model_validator

from data_contracts.strict import Strict

_NAME = r"^[a-z][a-z0-9_]*$"


class Axis(Strict):
    """What indicators are told along: the values of one column of the lines counted, or their whole when it names none."""

    axe: Annotated[str, Field(pattern=_NAME)]
    libelle: str
    colonne: str | None = None
    parent: str | None = None
    """The axis whose values are made of this one's: a commune lies in one département."""
    publie: str | None = None
    """SQL text over a line: where it is not true, the line counts under `autre`, which names nobody."""
    autre: str | None = None
    est_fin: bool = False
    """So fine that a small number is protected there whatever it counts."""

    @model_validator(mode="after")
    def _holds_together(self) -> Axis:
        if (self.publie is None) != (self.autre is None):
            raise ValueError(f"l'axe {self.axe} donne « publie » et « autre », ou aucun des deux")
        if self.colonne is None and (self.parent or self.publie or self.est_fin):
            raise ValueError(f"l'axe {self.axe} n'a pas de colonne : il ne se découpe pas")
        return self


class Survival(Strict):
    """The durations, in SQL over a line, of a Kaplan–Meier estimate: those not over yet count for as long as they lasted so far."""

    duree: str
    est_censure: str


class Measure(Strict):
    """One figure of an indicator: aggregates, in SQL, over the lines of an axis' value, or the Kaplan–Meier median of durations."""

    nom: Annotated[str, Field(pattern=_NAME)]
    libelle: str
    unite: str
    valeur: str | None = None
    """The figure; without it, the numerator in % of the denominator."""
    survie: Survival | None = None
    """The figure is the first duration at which half of them or more are over, none when fewer are. The numerator is how many are
    over, the denominator how many there are."""
    numerateur: str | None = None
    denominateur: str | None = None
    effectif: str = "count(*)"
    """How many things the figure rests on."""
    est_libre: bool = False
    """Published whatever the protection of its indicator: it tells nothing of a person."""

    @model_validator(mode="after")
    def _has_a_value(self) -> Measure:
        if self.survie is None and self.valeur is None and (self.numerateur is None or self.denominateur is None):
            raise ValueError(f"la mesure {self.nom} donne sa valeur, ou son numérateur et son dénominateur")
        if self.survie and (self.valeur or self.numerateur or self.denominateur):
            raise ValueError(f"la mesure {self.nom} est une médiane de survie : elle ne donne rien d'autre")
        return self


class Protection(Strict):
    """How small numbers are hidden: a cell of fewer than `seuil` things, one of which at least is sensitive.

    Others are hidden with it, for it not to be found again by subtraction (`dbt/macros/protection.sql`).
    """

    seuil: Annotated[int, Field(ge=2)]
    sensible: str
    """SQL text over a line: it tells of an owner who is, or may be, a person."""
    compte: str = "count(*)"
    """An aggregate: how many things a cell rests on."""
    axes: Annotated[tuple[str, ...], Field(min_length=1)] | None = None
    """The axes whose small cells are hidden, every axis when it names none; hiding them may hide others."""
    effectif_publie: bool = False
    """The count stays: it is the figure that says nothing under the threshold, not the number that is secret."""


class IndicatorState(StrEnum):
    """Whether an indicator can be measured."""

    ACTIF = "actif"
    EN_ATTENTE_DE_SOURCE = "en_attente_de_source"
    NON_DERIVABLE = "non_derivable"


class Facet(Strict):
    """One way to look at the lines of an indicator."""

    lignes: str | None = None
    """The select that gives the lines, when it isn't that of the indicator."""
    parmi: str = "true"
    """SQL text over a line: those looked at."""
    axes: Annotated[tuple[str, ...], Field(min_length=1)]
    periode: str | None = None
    """SQL text over a line: the period it belongs to; without it, the reference date of the run."""
    mesures: Annotated[tuple[Measure, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _measures_differ(self) -> Facet:
        names = [measure.nom for measure in self.mesures]
        if len(set(names)) < len(names):
            raise ValueError("deux mesures portent le même nom")
        return self


class Indicator(Strict):
    """One indicator, complete in itself."""

    id: Annotated[str, Field(pattern=r"^[A-Z]-\d{2}(-[A-Z]+)?$")]
    titre: str
    etat: IndicatorState = IndicatorState.ACTIF
    motif: str | None = None
    """Why nothing measures it: then it has neither lines nor measures."""
    sources: tuple[str, ...] = ()
    """The sources one of which must have been delivered for it to have values; none when every delivery gives some."""
    definition: str
    explication: str | None = None
    """What a reader must know to compare it with another figure."""
    numerateur: str
    """In words, as are the next ones."""
    denominateur: str
    population: str
    source: str
    fraicheur: str
    petits_effectifs: str
    protection: Protection | None = None
    publics: Annotated[tuple[str, ...], Field(min_length=1)]
    unite: str | None = None
    """The unit of its first measure, for an indicator that has none yet."""
    lignes: str | None = None
    """The select that gives the lines counted, over the marts, `parametre` (date_reference) and the rules' parameters (`$…`)."""
    volets: Annotated[tuple[Facet, ...], Field(min_length=1)] | None = None
    """The ways to look at these lines; an indicator of one gives its axes, period and measures instead."""
    axes: Annotated[tuple[str, ...], Field(min_length=1)] | None = None
    periode: str | None = None
    mesures: Annotated[tuple[Measure, ...], Field(min_length=1)] | None = None

    @model_validator(mode="after")
    def _is_measured_or_says_why(self) -> Indicator:
        measured = (self.lignes, self.volets, self.axes, self.periode, self.mesures, self.protection)
        if self.etat is IndicatorState.ACTIF:
            if self.motif or self.unite or self.lignes is None:
                raise ValueError(f"{self.id} est actif : il donne ses lignes, et l'unité de ses mesures suffit")
        elif self.motif is None or self.unite is None or any(measured):
            raise ValueError(f"{self.id} n'est pas mesuré : il donne son motif et son unité, ni lignes ni mesures")
        return self

    @model_validator(mode="after")
    def _has_facets(self) -> Indicator:
        if self.etat is not IndicatorState.ACTIF:
            return self
        if self.volets:
            if self.axes or self.periode or self.mesures:
                raise ValueError(f"{self.id} a des volets : ses axes, ses périodes et ses mesures y sont")
        elif self.axes is None or self.mesures is None:
            raise ValueError(f"{self.id} donne ses axes et ses mesures, ou des volets")
        for measure in self.measures:
            if any(other.nom == measure.nom and other != measure for facet in self.facets for other in facet.mesures):
                raise ValueError(f"deux mesures de {self.id} portent le nom {measure.nom}")
        return self

    @model_validator(mode="after")
    def _protects_what_it_can(self) -> Indicator:
        if self.protection is None:
            return self
        if any(measure.survie for measure in self.measures):
            raise ValueError(f"{self.id} est protégé : une médiane de survie n'y a pas sa place")
        names = [measure.nom for facet in self.facets for measure in facet.mesures]
        if len(set(names)) < len(names):
            # two ways of cutting one measure could be subtracted from each other
            raise ValueError(f"{self.id} est protégé : chaque mesure y est d'un seul volet")
        return self

    @property
    def facets(self) -> tuple[Facet, ...]:
        """The ways this indicator looks at its lines; none when nothing measures it."""
        if self.etat is not IndicatorState.ACTIF:
            return ()
        if self.volets:
            return self.volets
        return (Facet(axes=self.axes or (), periode=self.periode, mesures=self.mesures or ()),)

    @property
    def measures(self) -> tuple[Measure, ...]:
        """Every measure once, in the order of the facets."""
        return tuple({measure.nom: measure for facet in self.facets for measure in facet.mesures}.values())

    @property
    def followed(self) -> tuple[str, ...]:
        """Every axis once, in the order of the facets."""
        return tuple(dict.fromkeys(axis for facet in self.facets for axis in facet.axes))

    @property
    def selects(self) -> tuple[str, ...]:
        """Every select that gives lines."""
        return tuple(select for select in (self.lignes, *(facet.lignes for facet in self.facets)) if select)


class CompleteField(Strict):
    """A column of a mart whose absence counts. `applicable` is SQL over a line: where a value is expected."""

    champ: str
    applicable: str = "true"


class Completeness(Strict):
    """The fields of one mart whose completeness is measured, and the lines it is measured on."""

    mart: str
    lignes: str
    """The select that gives the lines: columns of the mart, source, code_departement."""
    champs: Annotated[tuple[CompleteField, ...], Field(min_length=1)]

    @property
    def selects(self) -> tuple[str, ...]:
        """Every select that gives lines."""
        return (self.lignes,)
