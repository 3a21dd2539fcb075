"""The rights file of the application, `acces.yml` in the home: who may see what. Whoever it does not name sees nothing.

lecteurs:
- lecteur: camille.exemple@ddt.example
departements: ["35", "56"]
donnees_personnelles: false
- lecteur: dominique.exemple@dhup.example
departements: tous
donnees_personnelles: true
"""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import StringConstraints, field_validator, model_validator

from data_contracts.acces.perimetre import Perimetre
from data_contracts.loader import ROOT
from data_contracts.strict import Strict
from data_contracts.yaml_file import YamlFile

ALL = "tous"
DEPARTEMENTS = ROOT / "geographie" / "departement.csv"


class Lecteur(Strict):
    """Someone who signs in, and what they may see."""

    lecteur: Annotated[str, StringConstraints(strip_whitespace=True, to_lower=True, pattern=r"^\S+$")]
    """The address that the provider of identities vouches for, or its own identifier (« sub ») where it gives none."""
    departements: Literal["tous"] | tuple[str, ...]
    """Codes of départements, or all of France."""
    donnees_personnelles: bool = False
    """Whether the fields that name a person, or that someone wrote freely, are shown."""

    @field_validator("departements", mode="before")
    @classmethod
    def _are_known(cls, value: object) -> object:
        if value == ALL:
            return value
        if not isinstance(value, list) or not value:
            raise ValueError(f"écrire « {ALL} », ou une liste de codes de départements entre guillemets")
        if unknown := [code for code in value if not isinstance(code, str) or code not in _known_departements()]:
            raise ValueError(f'« {unknown[0]} » n\'est pas un code de département entre guillemets, comme "01" ou "2A"')
        return tuple(sorted(set(value)))

    @property
    def perimetre(self) -> Perimetre:
        """What this reader may see."""
        return Perimetre(self.departements if isinstance(self.departements, tuple) else None, self.donnees_personnelles)


class Droits(Strict):
    """Everybody who may read."""

    lecteurs: tuple[Lecteur, ...]

    @model_validator(mode="after")
    def _names_each_once(self) -> Droits:
        named = [lecteur.lecteur for lecteur in self.lecteurs]
        if doubled := sorted({nom for nom in named if named.count(nom) > 1}):
            raise ValueError(f"{doubled[0]} est nommé deux fois")
        return self

    def de(self, nom: str) -> Perimetre | None:
        """Return what someone may see; None for who the file does not name."""
        wanted = nom.strip().lower()
        return next((lecteur.perimetre for lecteur in self.lecteurs if lecteur.lecteur == wanted), None)


def lire(path: Path) -> Droits:
    """Return the rights that a file gives. Raises BadInputError with its line and its first fault."""
    found: Droits = YamlFile(path).validated(Droits)
    return found


@cache
def _known_departements() -> frozenset[str]:
    with DEPARTEMENTS.open(encoding="utf-8", newline="") as lines:
        return frozenset(line["code_departement"] for line in csv.DictReader(lines))
