"""The tables of the quality report, shown in a page: same rows, same columns, same words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboards.components.blocs import etiquette, note
from dashboards.components.tableau import Colonne, tableau
from dashboards.fichiers import Html
from data_contracts.extraits import formats
from data_contracts.rapport.section import Etat, Genre

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dashboards.donnees import Ligne
    from data_contracts.rapport import section

_PHRASE, _MOTS = 60, 30
"""From these widths in characters on, a column holds sentences, or some words."""


def tableau_rapport(montre: section.Tableau, fichier: str) -> None:
    """Show a table of the report, or the sentence that says what it means that it has no row."""
    if not montre.lignes:
        note(montre.vide)
        return
    etats = {valeur.mots: valeur for ligne in montre.lignes for valeur in ligne.values() if isinstance(valeur, Etat)}
    tableau(_en_mots(montre.lignes), [_colonne(colonne, etats) for colonne in montre.colonnes], montre.legende, fichier)


def etiquette_etat(etat: Etat) -> Html:
    """Return the label of a state: its sign, its words, and a colour that repeats them."""
    return etiquette(f"{etat.signe} {etat.mots}", etat.classe)


def _en_mots(lignes: Sequence[Ligne]) -> list[Ligne]:
    """Return the rows with states in words, as files hold them."""
    return [{champ: valeur.mots if isinstance(valeur, Etat) else valeur for champ, valeur in ligne.items()} for ligne in lignes]


def _colonne(colonne: section.Colonne, etats: Mapping[str, Etat]) -> Colonne:
    match colonne.genre:
        case Genre.ETAT:
            return Colonne(colonne.champ, colonne.titre, lambda mots: etiquette_etat(etats[mots]), "serre")
        case Genre.NOMBRE:
            return Colonne(colonne.champ, colonne.titre, formats.nombre, "nombre")
        case Genre.PART:
            return Colonne(colonne.champ, colonne.titre, _part, "nombre")
        case Genre.CLES:
            return Colonne(colonne.champ, colonne.titre, formats.liste, "code")
        case _:
            genre = "long" if colonne.largeur >= _PHRASE else "texte" if colonne.largeur >= _MOTS else ""
            return Colonne(colonne.champ, colonne.titre, genre=genre)


def _part(part: float | None) -> str:
    return formats.VIDE if part is None else formats.pourcent(part)
