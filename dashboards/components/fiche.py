"""The lists of one agreement: periods, amendments, lots, places, pieces. Each says so when it is empty."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import streamlit as st

from dashboards.components import colonnes_fiche as colonnes
from dashboards.components.blocs import note
from dashboards.components.tableau import Colonne, tableau
from dashboards.requetes import convention as requetes_convention
from data_contracts.extraits import formats

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboards.donnees import Ligne
    from data_contracts.publication import PublishedRun


@dataclass(frozen=True)
class Liste:
    """A list shown: its columns, its caption, the end of its file's name, and what is said when it is empty."""

    colonnes: Sequence[Colonne]
    legende: str
    fichier: str
    vide: str


_PERIODES = Liste(colonnes.PERIODES, "Périodes de l'historique", "periodes", "Aucune période dans la source.")
_AVENANTS = Liste(colonnes.AVENANTS, "Avenants", "avenants", "Aucun avenant.")
_LOTS = Liste(
    colonnes.LOTS, "Lots : logements, surfaces et loyers plafonds initiaux", "lots", "Aucun lot dans la période courante."
)
_LIEUX = Liste(colonnes.LIEUX, "Lots : lieux, bailleurs et opérations", "lieux", "Aucun lieu.")
_TYPOLOGIES = Liste(colonnes.TYPOLOGIES, "Logements par lot et typologie", "typologies", "La source ne détaille aucun logement.")
_AGREMENTS = Liste(
    colonnes.AGREMENTS,
    "Agréments rapprochés de la convention",
    "agrements",
    "Aucun agrément de cette publication n'en est rapproché.",
)
_DETAILS = {
    "Parcelles, annexes et financements": (
        (requetes_convention.PARCELLES, Liste(colonnes.PARCELLES, "Parcelles cadastrales", "parcelles", "Aucune parcelle.")),
        (requetes_convention.ANNEXES, Liste(colonnes.ANNEXES, "Annexes", "annexes", "Aucune annexe.")),
        (requetes_convention.PRETS, Liste(colonnes.PRETS, "Financements et prêts", "financements", "Aucun financement détaillé.")),
    ),
    "Pièces jointes, évènements et remarques": (
        (requetes_convention.PIECES_JOINTES, Liste(colonnes.PIECES_JOINTES, "Pièces jointes", "pieces", "Aucune pièce jointe.")),
        (requetes_convention.EVENEMENTS, Liste(colonnes.EVENEMENTS, "Évènements", "evenements", "Aucun évènement.")),
        (requetes_convention.COMMENTAIRES, Liste(colonnes.REMARQUES, "Remarques de la source", "remarques", "Aucune remarque.")),
    ),
    "Reprise officielle dans APiLos": (
        (
            requetes_convention.REPRISE_APILOS,
            Liste(
                colonnes.APILOS,
                "Ce que l'import officiel d'APiLos en garde",
                "apilos",
                "L'import officiel d'APiLos n'en sait rien.",
            ),
        ),
    ),
}


def historique(convention_id: str, periodes: list[Ligne], avenants: list[Ligne]) -> None:
    """Show the periods and the amendments."""
    _liste(convention_id, periodes, _PERIODES)
    _liste(convention_id, avenants, _AVENANTS)


def lots(run: PublishedRun, convention_id: str) -> None:
    """Show the current lots, their places and their dwellings."""
    lignes = [_lot(ligne) for ligne in requetes_convention.lots(run, convention_id)]
    _liste(convention_id, lignes, _LOTS)
    if lignes:
        _liste(convention_id, lignes, _LIEUX)
        _liste(convention_id, requetes_convention.typologies(run, convention_id), _TYPOLOGIES)


def agrements(run: PublishedRun, convention_id: str) -> None:
    """Show the agréments that the agreement carries out, or may carry out."""
    _liste(convention_id, requetes_convention.agrements(run, convention_id), _AGREMENTS)


def details(run: PublishedRun, convention_id: str) -> None:
    """Show every other list of the agreement, under its title."""
    for titre, listes in _DETAILS.items():
        st.header(titre, anchor=False)
        for quoi, liste in listes:
            _liste(convention_id, requetes_convention.detail(run, convention_id, quoi), liste)


def _liste(convention_id: str, lignes: list[Ligne], liste: Liste) -> None:
    if lignes:
        tableau(lignes, liste.colonnes, liste.legende, f"{convention_id.replace(':', '-')}_{liste.fichier}")
    else:
        note(liste.vide)


def _lot(ligne: Ligne) -> Ligne:
    code, libelle = ligne["code_typefinancement"], ligne["libelle_financement"]
    loyers = {
        f"{nom}_ecrit": formats.loyer(ligne[champ], ligne["unite_loyer"])
        for nom, champ in (
            ("loyer", "loyer_m2_eur"),
            ("individuel", "loyer_individuel_m2_eur"),
            ("collectif", "loyer_collectif_m2_eur"),
        )
    }
    return {**ligne, **loyers, "financement_ecrit": f"{code} {libelle}" if code and libelle else ligne["financement"]}
