"""The first sheet of the clean-up workbook: what it holds, how to fill it, what its words mean, where it comes from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from data_contracts.decision import STATUTS, Titre
from data_contracts.extraits import formats, provenance
from data_contracts.extraits.classeur import ColonneFichier
from data_contracts.extraits.libelles import SENS_DECISIONS, SENS_SEVERITES, SEVERITES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from data_contracts.extraits.lecture import Ligne
    from data_contracts.publication import PublishedRun

COLONNES = (
    ColonneFichier("rubrique", "Rubrique", 20),
    ColonneFichier("nom", "Nom", 26),
    ColonneFichier("valeur", "À savoir", 100),
)
_LISTE = ", ".join(STATUTS.values())
_REMPLIR = {
    Titre.STATUT.value: f"Choisir dans la liste : {_LISTE}. Vide : rien n'est noté.",
    Titre.MOTIF.value: "Dire pourquoi. Demandé pour toute décision autre que « à traiter ».",
    Titre.AUTEUR.value: "Qui décide. Vide : celui qui rend le classeur.",
    Titre.DATE.value: "Facultative, JJ/MM/AAAA. Vide : le jour où le classeur est rendu.",
    "À ne pas changer": (
        f"« {Titre.CONSTAT} » et « {Titre.EMPREINTE} » : ils disent de quel constat et de quelle preuve on décide. Trier, filtrer, "
        "ajouter ou masquer des lignes et des colonnes ne gêne pas."
    ),
    "Décision à revoir": "La preuve a changé depuis, ou la source ne montre pas la correction : décider à nouveau.",
    "Le rendre": "« parc decision --fichier CLASSEUR.xlsx ». Les décisions se voient à la publication suivante.",
}


@dataclass(frozen=True)
class Comptes:
    """How many open findings a workbook holds, by part, and the agreements of those to treat."""

    a_traiter: int
    decides: int
    informations: int
    conventions: int


def lignes(run: PublishedRun, comptes: Comptes, lieu: str) -> Iterator[Ligne]:
    """Give the rows of the sheet: rubrique, nom, valeur. `lieu` says what the workbook covers."""
    cas, concernees = formats.pluriel(comptes.a_traiter, "constat"), formats.pluriel(comptes.conventions, "convention")
    textes = {
        "Ce classeur": {
            "Contenu": f"{lieu} : {cas} à traiter sur {concernees}, à la date de référence du {formats.jour(run.reference_date)}.",
            "À quoi il sert": "Nettoyer les conventions : lire chaque constat, corriger ou expliquer, écrire sa décision.",
        },
        "Feuilles": _feuilles(comptes),
        "Comment le remplir": _REMPLIR,
        "Décisions": {mots: SENS_DECISIONS[statut] for statut, mots in STATUTS.items()},
        "Sévérités": {mots: SENS_SEVERITES[code] for code, mots in SEVERITES.items()},
    }
    for rubrique, noms in textes.items():
        for nom, valeur in noms.items():
            yield {"rubrique": rubrique, "nom": nom, "valeur": formats.typographie(valeur)}
    yield from provenance.publication(run)
    yield from provenance.livraisons(run)


def _feuilles(comptes: Comptes) -> dict[str, str]:
    feuilles = {
        "À traiter": "Un constat par ligne : non réglementaires, puis anomalies, puis à vérifier ; par convention.",
        "Déjà décidés": "Les constats justifiés et les faux positifs, dont la preuve n'a pas changé. Une décision peut y changer.",
        "Conventions concernées": "Une convention par ligne, avec le nombre de ses constats à traiter.",
        "Informations": "Ce qu'il est bon de savoir des conventions ; rien à corriger, rien à décider.",
        "Règles": "Les règles de ces constats : condition, paramètres du droit, sources, pièges connus, ce qu'il faut faire.",
        "Provenance": "D'où viennent les données, et ce que veulent dire les colonnes.",
    }
    absentes = {"Déjà décidés": not comptes.decides, "Informations": not comptes.informations}
    return {nom: texte for nom, texte in feuilles.items() if not absentes.get(nom)}
