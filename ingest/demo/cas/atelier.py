"""What planting takes from around an agreement: rows that only planted cases use, and the offices of the country."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from itertools import count
from typing import TypeAlias

from ingest.demo import noms
from ingest.demo.alea import Alea
from ingest.demo.bailleurs import ecrire_bailleur
from ingest.demo.copie import PREMIER_IDENTIFIANT, Copie
from ingest.demo.faits import Absorption, Bailleur, Convention, Office
from ingest.demo.geographie import PREMIERE_COMMUNE, Commune, Departement
from ingest.demo.listes_ecrites import ecrire_commune
from ingest.demo.oracle.dur import FONCIERE_LOGEMENT
from ingest.demo.referentiels import Secteur, ligne_ajoutee, secteur_de_la_sous_nature
from ingest.demo.territoire import Territoire

ASSOCIATIONS = "329"
Identite: TypeAlias = Callable[[Bailleur], Bailleur]
_NOM_MAX = 40
"""Of the name of an owner, before its number."""


class Atelier:
    """Adds rows to the dump on demand, each once."""

    def __init__(self, copie: Copie, pays: list[Departement], territoire: Territoire, alea: Alea) -> None:
        """Number the rows after those of the country."""
        self._copie = copie
        self._pays = pays
        self._territoire = territoire
        self._alea = alea
        self._ids_communes = count(PREMIERE_COMMUNE + sum(len(departement.communes) for departement in pays))
        self._ids_bailleurs = count(PREMIER_IDENTIFIANT + len(territoire.bailleurs.tous))
        self._communes: dict[str, Commune] = {}
        self._ajoutees: set[tuple[str, str]] = set()
        self.absorptions: dict[str, Absorption] = {}
        """Mergers of owners that no agreement has, by the SIREN absorbed."""

    def commune(self, modele: Commune) -> Commune:
        """Return the commune that carries the code of `modele`, a new row of the dump but the first time."""
        if modele.code not in self._communes:
            if modele.departement_ecoloweb:
                self.ligne("departement", modele.departement_ecoloweb)
            nouvelle = replace(modele, id=next(self._ids_communes))
            ecrire_commune(self._copie, nouvelle)
            self._communes[modele.code] = nouvelle
        return self._communes[modele.code]

    def ligne(self, table: str, code: str) -> None:
        """Write the row of a code that the real list does not have, once; nothing for a real code."""
        texte = ligne_ajoutee(table, code)
        if texte is not None and (table, code) not in self._ajoutees:
            self._copie.brut(table, (texte,))
            self._ajoutees.add((table, code))

    def fonciere(self, convention: Convention, *, logement: bool) -> Bailleur:
        """Return a new owner called a foncière: of Foncière Logement's own kind, or an association that only has the name."""
        nom, sous_nature = ("FONCIERE LOGEMENT", FONCIERE_LOGEMENT) if logement else ("FONCIERE D ENTRAIDE", ASSOCIATIONS)
        return self.bailleur(convention, sous_nature, nom)

    def bailleur(self, convention: Convention, sous_nature: str, nom: str, identite: Identite | None = None) -> Bailleur:
        """Return a new owner where the dwellings are, whose name ends with its number; `identite` has the last word."""
        identifiant = next(self._ids_bailleurs)
        nouveau = Bailleur(
            id=identifiant,
            secteur=secteur_de_la_sous_nature(sous_nature),
            sous_nature=sous_nature,
            raison_sociale=f"{nom} {identifiant}",
            siren=noms.siren(identifiant),
            code_personne=None,
            commune=convention.courante.contenu[0].commune,
            departement=convention.departement,
        )
        if identite:
            nouveau = identite(nouveau)
        ecrire_bailleur(self._copie, nouveau, self._alea)
        return nouveau

    def bailleur_qui_ne_gere_pas(self, convention: Convention) -> Bailleur:
        """Return a new owner of the kind of that of an agreement, which manages nothing."""
        modele, identifiant = convention.bailleur, next(self._ids_bailleurs)
        nouveau = replace(
            modele,
            id=identifiant,
            raison_sociale=f"{modele.raison_sociale[:_NOM_MAX]} {identifiant}",
            siren=noms.siren(identifiant),
            est_gestionnaire=False,
        )
        ecrire_bailleur(self._copie, nouveau, self._alea)
        return nouveau

    def dossier(self, convention: Convention, annee: int) -> str:
        """Return a new number of agrément of the State's office where an agreement is."""
        return self._territoire.dossier(annee, f"DD{convention.departement.code_sur_trois}")

    def reference(self, convention: Convention, publication: date) -> str:
        """Return a new reference of land registration for an agreement."""
        return self._territoire.reference(convention.departement, publication, self._alea)

    def autre_bailleur(self, bailleur: Bailleur) -> Bailleur:
        """Return another owner of the same kind in the same département."""
        return self._territoire.bailleurs.autre(bailleur, self._alea)

    def autre_gestionnaire(self, convention: Convention) -> Bailleur:
        """Return another manager of the département than that of the first programme."""
        actuel = convention.courante.contenu[0].gestionnaire
        return self._territoire.bailleurs.gestionnaire(convention.departement, self._alea, actuel)

    def bailleur_du_secteur(self, departement: Departement, secteur: Secteur) -> Bailleur:
        """Return an owner of a sector in a département."""
        return self._territoire.bailleurs.choisir(departement, secteur, self._alea)

    def ddt_voisine(self, departement: Departement) -> Office:
        """Return the State's office of the next département."""
        rang = self._pays.index(departement)
        return self._territoire.offices.ddt(self._pays[(rang + 1) % len(self._pays)])

    def delegataire_voisin(self, departement: Departement) -> Office:
        """Return an office to which aid is delegated in another département."""
        return next(
            office
            for office in self._territoire.offices.toutes
            if office.genre in {"CG", "EPC"} and office.departement is not departement
        )
