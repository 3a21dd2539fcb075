"""The landed rows behind an agreement, table by table: the last step from a figure to the file it came from."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboards.components.blocs import attention, note
from dashboards.components.tableau import Colonne, sans_markdown, tableau
from data_contracts.delivery import LINE_COLUMN, UNREADABLE_COLUMN
from data_contracts.extraits import formats
from data_contracts.extraits.libelles import SOURCES, nommer
from data_contracts.loader import source_tables
from data_contracts.source_rows import RowsState, SourceRows, delivery_behind, source_rows, tables_behind

if TYPE_CHECKING:
    from dashboards.donnees import Ligne
    from data_contracts.publication import PublishedRun

_EN_COLONNES = 4
"""Up to this many rows, they stand side by side and each column of the source has its line and its meaning."""
_TITRES = {LINE_COLUMN: "Ligne de la source", UNREADABLE_COLUMN: "Valeurs illisibles"}
_SENS = {
    LINE_COLUMN: "Ligne du fichier reçu, ou rang de la ligne dans sa table.",
    UNREADABLE_COLUMN: "Textes reçus qui n'ont pas pu être lus dans le type de leur colonne.",
}


def lignes_source(run: PublishedRun, convention_id: str) -> None:
    """Show every source table of an agreement; a table is read when it is opened."""
    if not run.perimetre.donnees_personnelles:
        note(
            "Les lignes reçues ont des textes libres et des pseudonymes : elles sont réservées à qui voit les données personnelles."
        )
        return
    livraison = delivery_behind(run, convention_id)
    tables = tables_behind(convention_id)
    if livraison is None or not tables:
        note("La publication ne dit pas de quelle livraison vient cette convention.")
        return
    note(
        f"Livraison {nommer(livraison.source, SOURCES)} « {livraison.origine} », reçue le {formats.instant(livraison.recue_le)}, "
        f"sha256 {livraison.sha256}."
    )
    note("Colonnes vides non montrées ; données personnelles supprimées ou remplacées par un pseudonyme à l'import.")
    titres = source_tables(livraison.source)
    for rang, table in enumerate(tables):
        nom = f"{titres[table].titre} ({sans_markdown(table)})"
        with st.expander(nom, expanded=rang == 0, key=f"source_{table}", on_change="rerun") as volet:
            if volet.open:
                _table(source_rows(run, convention_id, table))


def _table(lues: SourceRows) -> None:
    match lues.etat:
        case RowsState.LIVRAISON_SUPPRIMEE:
            attention(
                f"La livraison {lues.livraison.livraison_id} a été supprimée depuis la publication, et ses lignes avec elle. "
                f"Réimporter « {lues.livraison.origine} » pour les retrouver."
            )
        case RowsState.TABLE_NON_LIVREE:
            note(f"La livraison est venue sans la table {lues.table}.")
        case RowsState.LUES if not lues.lignes:
            note(f"{lues.titre} : aucune ligne pour cette convention.")
        case RowsState.LUES:
            _lignes(lues)


def _lignes(lues: SourceRows) -> None:
    remplies = [colonne for colonne in lues.colonnes if any(ligne[colonne] is not None for ligne in lues.lignes)]
    legende = f"{lues.titre} : {formats.pluriel(lues.nb_lignes, 'ligne')} de {lues.table}"
    fichier = f"source_{lues.table}"
    if len(lues.lignes) <= _EN_COLONNES:
        tableau(_cote_a_cote(lues, remplies), _colonnes_cote_a_cote(len(lues.lignes)), legende, fichier)
    else:
        colonnes = [Colonne(nom, _TITRES.get(nom, nom), _brut, aide=lues.descriptions.get(nom, "")) for nom in remplies]
        tableau(lues.lignes, colonnes, legende, fichier)
    if lues.nb_lignes > len(lues.lignes):
        note(f"Les {len(lues.lignes)} premières lignes sur {formats.nombre(lues.nb_lignes)}.")


def _brut(valeur: object) -> str:
    return formats.texte(formats.brut(valeur))


def _cote_a_cote(lues: SourceRows, remplies: list[str]) -> list[Ligne]:
    return [
        {
            "colonne": _TITRES.get(nom, nom),
            "description": lues.descriptions.get(nom) or _SENS.get(nom),
            **{f"ligne_{rang}": ligne[nom] for rang, ligne in enumerate(lues.lignes)},
        }
        for nom in remplies
    ]


def _colonnes_cote_a_cote(nombre: int) -> list[Colonne]:
    valeurs = [Colonne(f"ligne_{rang}", "Valeur" if nombre == 1 else f"Ligne {rang + 1}", _brut) for rang in range(nombre)]
    return [Colonne("colonne", "Colonne"), *valeurs, Colonne("description", "Sens", genre="long")]
