"""What a rule saw, written for a French reader: the evidence of a finding, its thresholds, examples. No Streamlit.

Values come from JSON: the view of the rule's grain says what each one is called and which are dates.
"""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from typing import TYPE_CHECKING, Any

from data_contracts.extraits import formats
from data_contracts.extraits.libelles import (
    FAMILLES,
    NATURES_BAILLEUR,
    NATURES_LOGEMENT,
    NATURES_OPERATION,
    SEVERITES,
    SOURCES,
    SOUS_NATURES_BAILLEUR,
    STATUTS,
    SURFACES,
    TYPES_AVENANT,
    nommer,
)
from data_contracts.rule_loader import views

if TYPE_CHECKING:
    from collections.abc import Sequence

    from data_contracts.extraits.lecture import Ligne

NON_RENSEIGNE = "non renseigné"
PARAMETRES = "parametres"
"""The key of the evidence that holds the thresholds."""
_JOUR = re.compile(r"\d{4}-\d{2}-\d{2}")
_CODES = {
    "statut": STATUTS,
    "nature_logement": NATURES_LOGEMENT,
    "nature_bailleur": NATURES_BAILLEUR,
    "sous_nature_bailleur": SOUS_NATURES_BAILLEUR,
    "famille_financement": FAMILLES,
    "famille_source": FAMILLES,
    "familles_financement": FAMILLES,
    "familles_precedentes": FAMILLES,
    "natures_operation": NATURES_OPERATION,
    "nature_operation": NATURES_OPERATION,
    "nature_logement_type": NATURES_LOGEMENT,
    "nature_bailleur_type": NATURES_BAILLEUR,
    "nature_proprietaire": NATURES_BAILLEUR,
    "statut_apilos": STATUTS,
    "sous_nature_apilos": SOUS_NATURES_BAILLEUR,
    "type_surface": SURFACES,
    "types": TYPES_AVENANT,
    "types_avenant": TYPES_AVENANT,
    "types_avenants": TYPES_AVENANT,
    "source": SOURCES,
}
"""Columns that hold codes, and the words behind them."""
_CONVENTIONS = ("conventions", "plus_resiliees")
"""What the columns that list other agreements begin with."""


def libelle(grain: str, colonne: str) -> str:
    """Return what a column of a view is called; its own name when the view does not know it."""
    try:
        return views()[grain].column(colonne).libelle
    except KeyError:
        return colonne


def ecrire(valeur: Any, colonne: str = "") -> str:  # noqa: ANN401 - one value of a JSON
    """Write a value: days as dd/mm/yyyy, decimal commas, yes and no, codes in words; what is missing is said."""
    codes = _CODES.get(colonne, {})
    match valeur:
        case list() | tuple():
            return ", ".join(ecrire(element, colonne) for element in valeur) or "aucun"
        case str() if _JOUR.fullmatch(valeur):
            return _jour(valeur)
        case str() if valeur.strip():
            return nommer(valeur, codes)
    ecrite = formats.valeur(valeur)
    return NON_RENSEIGNE if ecrite == formats.VIDE else ecrite


def valeurs(constat: Ligne) -> list[Ligne]:
    """Return the evidence of a finding, without its thresholds nor the agreements it names: libelle, valeur, colonne."""
    grain = constat["objet_type"]
    return [
        {"libelle": libelle(grain, colonne), "valeur": ecrire(valeur, colonne), "colonne": colonne}
        for colonne, valeur in constat["preuve"].items()
        if colonne != PARAMETRES and not colonne.startswith(_CONVENTIONS)
    ]


def seuils(constat: Ligne) -> list[Ligne]:
    """Return the thresholds that a finding was held against, under the law of its day: libelle, valeur, source, note."""
    connus = {parametre["nom"]: parametre for parametre in constat["parametres"] or []}
    return [
        {
            "libelle": connus.get(nom, {}).get("libelle", nom),
            "valeur": avec_unite(valeur, connus.get(nom, {}).get("unite")),
            **_sourcee(connus.get(nom, {})),
        }
        for nom, valeur in constat["preuve"].get(PARAMETRES, {}).items()
    ]


def contreparties(constat: Ligne) -> list[str]:
    """Return the identifiers of the other agreements that the evidence names."""
    listes = [liste for colonne, liste in constat["preuve"].items() if colonne.startswith(_CONVENTIONS)]
    return [identifiant for liste in listes for identifiant in liste or []]


def en_une_ligne(constat: Ligne) -> str:
    """Write the whole evidence as one text, for a file: « Signature : 01/07/2010 ; Durée minimale : 15 ans »."""
    grain = constat["objet_type"]
    vues = [(libelle(grain, colonne), ecrire(valeur, colonne)) for colonne, valeur in _sans_seuils(constat["preuve"])]
    droits = [(seuil["libelle"], seuil["valeur"]) for seuil in seuils(constat)]
    return " ; ".join(f"{nom} : {ecrite}" for nom, ecrite in vues + droits)


def avec_unite(valeur: Any, unite: str | None) -> str:  # noqa: ANN401 - one value of a JSON
    """Write the value of a parameter with its unit; an empty one switches off what reads it."""
    if valeur is None:
        return NON_RENSEIGNE
    return ecrire(valeur) + (f"{formats.INSECABLE}{unite}" if unite else "")


def valeurs_datees(parametres: Sequence[Ligne]) -> list[Ligne]:
    """Return a row a dated value of the parameters that a rule reads: libelle, valeur, depuis, source, note."""
    return [
        {
            "libelle": parametre["libelle"],
            "valeur": avec_unite(datee["valeur"], parametre.get("unite")),
            "depuis": _jour(datee["depuis"]) if datee["depuis"] else "toujours",
            **_sourcee(parametre),
        }
        for parametre in parametres
        for datee in parametre["valeurs"]
    ]


def exemples(regle: Ligne) -> tuple[list[str], list[Ligne]]:
    """Return the columns that the examples of a rule give, and a row an example: attendu, severite, those columns, note.

    Columns that most examples give come first, in the order of their view.
    A column that an example does not give is absent from its row: it holds what an ordinary object holds.
    """
    grain = regle["grain"]
    comptes = Counter(colonne for exemple in regle["exemples"] for colonne in exemple["donnees"])
    connus = {parametre["nom"]: parametre["libelle"] for parametre in regle["parametres"]}
    lignes = [
        {
            "attendu": exemple["attendu"],
            "severite": nommer(exemple["severite"], SEVERITES, "") if exemple["attendu"] else "",
            "note": _note(exemple, connus),
            **{colonne: ecrire(valeur, colonne) for colonne, valeur in exemple["donnees"].items()},
        }
        for exemple in regle["exemples"]
    ]
    return sorted(comptes, key=lambda colonne: (-comptes[colonne], _ordre(grain, colonne))), lignes


def _sourcee(parametre: Ligne) -> Ligne:
    """Where the value of a parameter comes from, and what a reader must know of it."""
    return {champ: formats.typographie(parametre.get(champ) or "") or None for champ in ("source", "note")}


def _sans_seuils(preuve: Ligne) -> list[tuple[str, Any]]:
    return [(colonne, valeur) for colonne, valeur in preuve.items() if colonne != PARAMETRES]


def _note(exemple: Ligne, connus: dict[str, str]) -> str:
    autres = [f"{connus.get(nom, nom)} : {ecrire(valeur)}" for nom, valeur in (exemple["parametres"] or {}).items()]
    return " ; ".join([*([exemple["note"]] if exemple["note"] else []), *autres])


def _ordre(grain: str, colonne: str) -> int:
    """The rank of a column in its view, so that dates stand in their order."""
    try:
        view = views()[grain]
        return view.colonnes.index(view.column(colonne))
    except KeyError:
        return len(colonne) + 1000


def _jour(valeur: str) -> str:
    """Write a day of a JSON; a text that only looks like one stays as it is."""
    try:
        return formats.jour(date.fromisoformat(valeur))
    except ValueError:
        return valeur
