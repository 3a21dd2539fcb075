"""The contract of one published mart: its grain, its key, its columns and what each of them means.

Written by hand in `products/<mart>.yml`; the dbt contract, the Great Expectations suite of the mart and the dictionary are
generated from it.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import Field, model_validator

from data_contracts.strict import Strict

ADMINISTRATOR = "Administrateur des données"
"""Who runs the warehouse, and answers for what nobody else does."""
UNITS = {"_m2_eur": "€/m²", "_m2": "m²", "_eur": "€", "_pct": "%", "_ans": "ans", "_jours": "jours", "_octets": "octets"}
"""What the end of a name says of the unit, the longest first."""


class Restriction(StrEnum):
    """What ties the rows of a mart to what a reader limited to some départements may see. A view reads those above it."""

    COMMUN = "commun"
    """Nothing: they are the same for everybody, and tell of no territory."""
    NATIONAL = "national"
    """They are for who sees all of France."""
    DEPARTEMENT = "departement"
    """Their `code_departement`."""
    CONVENTION = "convention"
    """The agreement they go with, by its `convention_id`."""
    AGREMENT = "agrement"
    """The agrément they go with, by its `agrement_id`."""
    BAILLEUR = "bailleur"
    """Their `bailleur_id`: that of an agreement, a lot or an agrément that the reader sees."""
    INDICATEUR = "indicateur"
    """Their `axe` and `modalite`: figures of the country by what is no territory and no owner, and those of the départements."""


class ProductColumn(Strict):
    """One column of a mart. `type` is a DuckDB type.

    `unite` is that of a measure, for people (m², €, ans, jours…); a count says in its description what it counts.
    """

    nom: str
    type: str
    description: str
    unite: str | None = None
    obligatoire: bool = False
    """Never empty."""
    valeurs: tuple[str, ...] | None = None
    reference: str | None = None
    """`mart.colonne` that must hold every value of this column."""
    suivie: str | None = None
    """What a change of it from a run to the next is called; none for a column that follows from others or that nobody edits."""
    personnel: bool = False
    """It names a person, or holds what someone wrote freely: only who may see personal data does."""

    @model_validator(mode="after")
    def _unit_is_that_of_its_name(self) -> ProductColumn:
        unit = next((unit for ending, unit in UNITS.items() if self.nom.endswith(ending)), "")
        if not (self.unite or "").startswith(unit):
            raise ValueError(f"la colonne {self.nom} doit dire son unité, en {unit}")
        return self


_TIES = {
    Restriction.DEPARTEMENT: ("code_departement",),
    Restriction.CONVENTION: ("convention_id",),
    Restriction.AGREMENT: ("agrement_id",),
    Restriction.BAILLEUR: ("bailleur_id",),
    Restriction.INDICATEUR: ("axe", "modalite"),
}
"""The columns that a restriction reads."""


class Product(Strict):
    """The contract of one mart."""

    mart: str
    version: Annotated[int, Field(ge=1)] = 1
    """Raised when the mart stops keeping what it promised (`product_promise`)."""
    responsable: str = ADMINISTRATOR
    """Who answers for what the mart says."""
    titre: str
    grain: str
    description: str
    acces: Annotated[tuple[Restriction, ...], Field(min_length=1)]
    """What a row must be tied to, all of it, to be seen by a reader limited to some départements."""
    cle_primaire: Annotated[tuple[str, ...], Field(min_length=1)]
    colonnes: Annotated[tuple[ProductColumn, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _names_exist(self) -> Product:
        names = [column.nom for column in self.colonnes]
        if doubled := sorted({name for name in names if names.count(name) > 1}):
            raise ValueError(f"colonne déclarée deux fois : {', '.join(doubled)}")
        if unknown := sorted(set(self.cle_primaire) - set(names)):
            raise ValueError(f"clé sur une colonne non déclarée : {', '.join(unknown)}")
        needed = {column for restriction in self.acces for column in _TIES.get(restriction, ())}
        if missing := sorted(needed - set(names)):
            raise ValueError(f"l'accès {', '.join(self.acces)} demande la colonne {', '.join(missing)}")
        return self
