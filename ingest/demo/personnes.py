"""The made persons that the demo plants, in their own columns and in free text: what nobody may read in what is published of it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ingest.demo import noms

PERSONNES = "personnes.json"
_CITEES = 5_000
"""How many persons the texts name, at most: the list does not grow with the parc."""
_COLONNES = {
    "adressebailleur": {"telephone1": "telephones", "mail": "courriels"},
    "bailleurs_bailleur": {"signataire_nom": "noms"},
    "contactbailleur": {"nom": "noms", "tel": "telephones", "mail": "courriels"},
    "conventionapl": {"designationinstructeur": "noms"},
    "conventions_convention": {"signataire_nom": "noms"},
    "entitegestadresse": {"telephone1": "telephones", "mail": "courriels"},
    "users_user": {"last_name": "noms", "telephone": "telephones", "email": "courriels"},
}
"""The columns that hold a person whoever the row is about, by table, and which list their values go to.

A first name alone is nobody's: it is left out.
"""


@dataclass(frozen=True)
class Personne:
    """A made person that a text names."""

    prenom: str
    nom: str
    telephone: str
    courriel: str

    @property
    def appelee(self) -> str:
        """The person as people write of her."""
        return f"Mme {self.prenom} {self.nom}"

    @property
    def jointe(self) -> str:
        """The person and how to reach her."""
        return f"{self.appelee}, {self.telephone}, {self.courriel}"


class Personnes:
    """What was planted, each value once."""

    def __init__(self) -> None:
        """Nobody yet."""
        self._valeurs: dict[str, set[str]] = {"noms": set(), "courriels": set(), "telephones": set(), "identifiants": set()}

    def noter(self, genre: str, valeur: object) -> None:
        """Note a value of one of the lists; an empty one is nobody's."""
        if valeur:
            self._valeurs[genre].add(str(valeur))

    def lire(self, table: str, ligne: Mapping[str, object]) -> None:
        """Note what the columns of a row hold of a person."""
        for colonne, genre in _COLONNES.get(table, {}).items():
            self.noter(genre, ligne.get(colonne))

    def citer(self, rang: int) -> Personne:
        """Return the person that a text names, told by a number and never drawn, and note her."""
        rang %= _CITEES
        prenom, telephone = noms.PRENOMS[rang % len(noms.PRENOMS)], noms.telephone_de(rang)
        nom = noms.nom_de(rang)
        personne = Personne(
            prenom,
            nom.capitalize(),
            " ".join(telephone[debut : debut + 2] for debut in range(0, len(telephone), 2)),
            f"{prenom}.{nom}{rang}@exemple.test".lower(),
        )
        self.noter("noms", nom)
        self.noter("telephones", telephone)
        self.noter("courriels", personne.courriel)
        return personne

    def ecrire(self, chemin: Path) -> None:
        """Write every list, sorted: `noms`, `courriels`, `telephones` (ten digits), `identifiants`."""
        listes = {genre: sorted(valeurs) for genre, valeurs in self._valeurs.items()}
        chemin.write_text(json.dumps(listes, ensure_ascii=False, indent=1) + "\n", encoding="utf-8", newline="\n")
