"""What a use of the data and its demands are made of. They are written in `usages.yml`.

A use is a question that people ask of the marts. It demands that fields be filled, or that other things be known, often enough; the
worst of its demands says whether a source, or one département of it, can answer. Keys of the YAML are French: analysts read them.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Self

from pydantic import Field, model_validator

from data_contracts.strict import Strict

Percent = Annotated[int, Field(ge=0, le=100)]


class UsageState(StrEnum):
    """Whether the data can answer the question of a use, the best first."""

    UTILISABLE = "utilisable"
    AVEC_PRECAUTION = "avec_precaution"
    NON_UTILISABLE = "non_utilisable"


class Thresholds(Strict):
    """From which share, in %, a demand holds (`utilisable_pct`), or holds with care (`precaution_pct`)."""

    utilisable_pct: Percent
    precaution_pct: Percent

    @model_validator(mode="after")
    def _are_in_order(self) -> Self:
        if self.precaution_pct > self.utilisable_pct:
            raise ValueError(f"« avec précaution » ({self.precaution_pct} %) dépasse « utilisable » ({self.utilisable_pct} %)")
        return self


class Demand(Strict):
    """What a use needs: a field of the followed completeness (`champ`, as mart.column), or what a select counts (`lignes`).

    The select gives nb_applicables and nb_renseignes (what is expected, what is there) by source and, unless the demand is of the
    whole source, by code_departement.
    """

    libelle: str
    """As a sentence begins with it: « Date de signature »."""
    champ: Annotated[str, Field(pattern=r"^[a-z0-9_]+\.[a-z0-9_]+$")] | None = None
    lignes: str | None = None
    est_de_la_source: bool = False
    """True when nothing is known of it by département: it holds, or not, in each of them."""
    seuils: Thresholds | None = None
    """Its own, when they are not those of the use."""

    @model_validator(mode="after")
    def _is_counted_once(self) -> Self:
        if (self.champ is None) == (self.lignes is None):
            raise ValueError(f"« {self.libelle} » donne un champ ou des lignes, et un seul des deux")
        if self.champ and self.est_de_la_source:
            raise ValueError(f"« {self.libelle} » est un champ, que l'on compte par département")
        return self


class Usage(Strict):
    """One use of the data."""

    usage: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
    titre: str
    question: str
    """What people ask."""
    seuils: Thresholds
    exigences: Annotated[tuple[Demand, ...], Field(min_length=1)]

    def thresholds(self, demand: Demand) -> Thresholds:
        """Return the thresholds that apply to one of its demands."""
        return demand.seuils or self.seuils
