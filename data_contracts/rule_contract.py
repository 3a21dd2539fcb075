"""What a rule of the catalogue, a view that rules read and a dated parameter are made of. The law itself is in `regles/*.yml`.

A rule reads one view, one row an object. It fires on the rows where `applicable` and `condition` are both true; null is neither.
Keys of the YAML are French: analysts and lawyers read and write them.
"""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any

from pydantic import Field, StrictBool, StrictInt, model_validator

from data_contracts.strict import Strict

PLACEHOLDER = re.compile(r"\{([a-z_][a-z0-9_]*)\}")
"""A name to replace by its value, in a message."""


class Niveau(StrEnum):
    """How serious a finding is, the most serious first."""

    NON_REGLEMENTAIRE = "non_reglementaire"
    ANOMALIE = "anomalie"
    A_VERIFIER = "a_verifier"
    INFORMATION = "information"


class Etat(StrEnum):
    """What a rule is good for today."""

    ACTIVE = "active"
    EN_ATTENTE_DE_SOURCE = "en_attente_de_source"
    """It needs a source that the warehouse does not receive yet."""
    NON_DERIVABLE = "non_derivable"
    """No source says what it asks."""
    CONTROLE_INTERNE = "controle_interne"
    """It judges the warehouse itself: a check of the run, never a finding."""
    INDICATEUR = "indicateur"
    """It is a measure, not a finding."""


class LectureDuTexte(StrEnum):
    """How a legal text is known."""

    LU = "lu"
    CITE = "cite"
    """Quoted by a source document."""
    A_CONFIRMER = "a_confirmer"


class ViewColumn(Strict):
    """One column that rules may read. `type` is a DuckDB type."""

    nom: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
    type: Annotated[str, Field(pattern=r"^[A-Z]+(\([0-9]+(, ?[0-9]+)?\))?(\[\])*$")]
    libelle: str
    """Its name for an analyst."""
    description: str = ""
    neutre: Any = None
    """What the column holds in an example that does not give it: an ordinary agreement."""


class View(Strict):
    """One grain at which rules are written: a documented table of the run, one row an object."""

    vue: str
    titre: str
    """The object, in words: « lot »."""
    grain: str
    description: str
    reprend: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    """Columns that another view describes, by that view: those of the agreement that holds a lot."""
    colonnes: Annotated[tuple[ViewColumn, ...], Field(min_length=1)]

    def column(self, name: str) -> ViewColumn:
        """Return the column called `name`; KeyError when the view has none."""
        for column in self.colonnes:
            if column.nom == name:
                return column
        raise KeyError(name)

    @property
    def names(self) -> frozenset[str]:
        """The names of its columns."""
        return frozenset(column.nom for column in self.colonnes)


COMMON_COLUMNS = (
    "objet_id",
    "source",
    "convention_id",
    "code_departement",
    "bailleur_id",
    "table_source",
)
"""What every view gives: the object, whose it is and the source table it comes from."""


class ParameterType(StrEnum):
    """Type of a parameter's values."""

    DATE = "date"
    ENTIER = "entier"
    DECIMAL = "decimal"
    TEXTE = "texte"
    LISTE = "liste"


class DatedValue(Strict):
    """A value and the first day it holds; without a day it holds from the beginning. An empty value switches off what reads it."""

    depuis: date | None = None
    valeur: date | StrictInt | Decimal | tuple[str, ...] | str | None = None


_VALUE_TYPES: dict[ParameterType, type | tuple[type, ...]] = {
    ParameterType.DATE: date,
    ParameterType.ENTIER: int,
    ParameterType.DECIMAL: (int, Decimal),
    ParameterType.TEXTE: str,
    ParameterType.LISTE: tuple,
}


class Parameter(Strict):
    """A threshold or a date of the law, with its history."""

    nom: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
    libelle: str
    type: ParameterType
    unite: str | None = None
    valeurs: Annotated[tuple[DatedValue, ...], Field(min_length=1)]
    source: str
    note: str | None = None
    """What a reader must know, for instance that the reading of the law is LO3's to settle."""

    @model_validator(mode="after")
    def _values_fit(self) -> Parameter:
        for dated in self.valeurs:
            if dated.valeur is not None and not isinstance(dated.valeur, _VALUE_TYPES[self.type]):
                raise ValueError(f"{self.nom} : {dated.valeur} n'est pas une valeur de type {self.type}")
        days = [dated.depuis or date.min for dated in self.valeurs]
        if days != sorted(set(days)):
            raise ValueError(f"{self.nom} : les valeurs vont de la plus ancienne à la plus récente, chacune avec son jour")
        return self

    def on(self, day: date) -> date | int | Decimal | tuple[str, ...] | str | None:
        """Return the value that holds on a day; None before the first one, and where it is empty."""
        held = [dated.valeur for dated in self.valeurs if (dated.depuis or date.min) <= day]
        return held[-1] if held else None


class SeverityCase(Strict):
    """A severity, and when it applies; the first true case wins."""

    si: str | None = None
    niveau: Niveau


class Reference(Strict):
    """Where the law says so: a text, or a section of a source document. `si` limits it to some objects."""

    texte: str | None = None
    document: str | None = None
    section: str | None = None
    si: str | None = None
    statut: LectureDuTexte | None = None

    @model_validator(mode="after")
    def _names_something(self) -> Reference:
        if bool(self.texte) == bool(self.document):
            raise ValueError("une référence nomme un texte, ou un document et sa section")
        return self


class Example(Strict):
    """A row and what the rule says of it. A column that `donnees` leaves out takes the neutral value of its view."""

    attendu: StrictBool
    donnees: dict[str, Any]
    parametres: dict[str, Any] = Field(default_factory=dict)
    """Parameters that hold another value for this example."""
    severite: Niveau | None = None
    note: str | None = None


class Rule(Strict):
    """One rule, complete in itself."""

    id: Annotated[str, Field(pattern=r"^[A-Z]{2,4}-\d{3}$")]
    version: StrictInt = 1
    titre: str
    etat: Etat = Etat.ACTIVE
    sources: Annotated[tuple[str, ...], Field(min_length=1)]
    """The sources whose objects it judges."""
    croise_avec: tuple[str, ...] = ()
    """Sources that it compares them with: one of these must be there too."""
    grain: str
    en_clair: str = ""
    """The condition in words."""
    applicable: str = ""
    condition: str = ""
    date_du_droit: str = "date_signature"
    """The column whose date says which law applies."""
    discriminant: tuple[str, ...] = ()
    """Columns that tell apart several findings of the rule on one object."""
    severite: Annotated[tuple[SeverityCase, ...], Field(min_length=1)]
    couvre: tuple[str, ...] = ()
    """Rules that this one's findings silence, on the same object or on the agreement that holds it."""
    preuve: tuple[str, ...] = ()
    message: str = ""
    action: str = ""
    references: tuple[Reference, ...] = ()
    faux_positifs: str = ""
    exemples: tuple[Example, ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _one_severity(cls, content: Any) -> Any:  # noqa: ANN401 - whatever the file holds
        """Read `severite: anomalie` as the one case it is."""
        if isinstance(content, dict) and isinstance(content.get("severite"), str):
            return {**content, "severite": [{"niveau": content["severite"]}]}
        return content

    @model_validator(mode="after")
    def _is_complete(self) -> Rule:
        if any(case.si is None for case in self.severite[:-1]):
            raise ValueError("seule la dernière sévérité se passe de « si »")
        if self.severite[-1].si is not None:
            raise ValueError("la dernière sévérité vaut dans tous les autres cas : elle n'a pas de « si »")
        if self.etat is Etat.ACTIVE:
            for name in ("applicable", "condition", "message", "action", "preuve"):
                if not getattr(self, name):
                    raise ValueError(f"une règle active a une clé « {name} »")
        return self

    @property
    def famille(self) -> str:
        """The family, which the identifier begins with."""
        return self.id.split("-", 1)[0]

    def state(self, sources: AbstractSet[str]) -> Etat:
        """Return what the rule is good for when these sources are there: an active one sleeps while it lacks what it reads."""
        needed = [group for group in (self.sources, self.croise_avec) if group]
        asleep = self.etat is Etat.ACTIVE and not all(sources & set(group) for group in needed)
        return Etat.EN_ATTENTE_DE_SOURCE if asleep else self.etat

    @property
    def placeholders(self) -> tuple[str, ...]:
        """The names that the message shows, in order."""
        return tuple(PLACEHOLDER.findall(self.message))

    @property
    def expressions(self) -> dict[str, str]:
        """Every SQL expression of the rule by the key it stands under."""
        found = {"applicable": self.applicable, "condition": self.condition}
        found |= {f"severite.{rank}.si": case.si for rank, case in enumerate(self.severite) if case.si}
        found |= {f"references.{rank}.si": cited.si for rank, cited in enumerate(self.references) if cited.si}
        return {key: expression for key, expression in found.items() if expression}
