"""One published table as the dictionary tells it: what a row is, who answers for it, its columns, where its rows come from."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboards.components.blocs import equivalent, paires, paragraphe, titre
from dashboards.components.tableau import Colonne, tableau
from data_contracts.extraits import formats

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboards.donnees import Ligne


def table_publiee(table: Ligne, origines: Sequence[Ligne]) -> None:
    """Show a table of the dictionary; `origines` are the tables that no model makes, with what they hold."""
    titre(table["nom"], table["titre"], table["description"])
    paires(
        {
            "Ce qu'elle contient": [
                ("Une ligne est", formats.typographie(table["grain"])),
                ("Clé", ", ".join(table["cle_primaire"])),
                ("Dans cette publication", formats.pluriel(table["lignes"], "ligne")),
            ],
            "Ce qu'elle promet": [("Responsable", table["responsable"]), ("Version", str(table["version"]))],
        }
    )
    colonnes_du_dictionnaire(table["colonnes"], f"Colonnes de {table['nom']}", f"colonnes_{table['nom']}")
    if table["parents"]:
        _lignage(table, origines)


def colonnes_du_dictionnaire(lignes: Sequence[Ligne], legende: str, fichier: str, *, avec_table: bool = False) -> None:
    """Show columns of the dictionary, each with its table when they come from several."""
    montrees = [
        Colonne("nom", "Colonne", genre="code"),
        *([Colonne("table", "Table", genre="code")] if avec_table else []),
        Colonne("sens", "Sens", formats.typographie, "long"),
        Colonne("type_en_clair", "Type"),
        Colonne("unite", "Unité", est_rare=True),
        Colonne("vide", "Vide"),
    ]
    tableau([_en_ligne(ligne) for ligne in lignes], montrees, legende, fichier)


def _lignage(table: Ligne, origines: Sequence[Ligne]) -> None:
    st.header("D'où viennent ses lignes", anchor=False)
    paragraphe(f"Elle lit directement {', '.join(table['parents'])} ; le code de chaque modèle est dans la documentation de dbt.")
    siennes = [origine for origine in origines if origine["nom"] in table["origines"]]
    equivalent(
        f"{formats.pluriel(len(siennes), 'table')} au départ : celles des sources, le code officiel, ce que l'entrepôt sait."
    )
    with st.expander("Lire ces tables de départ"):
        tableau(
            siennes,
            [Colonne("nom", "Table", genre="code"), Colonne("description", "Ce qu'elle contient", formats.typographie, "long")],
            f"Tables de départ de {table['nom']}",
        )


def _en_ligne(colonne: Ligne) -> Ligne:
    """Say under the meaning of a column the values it may take, and where they are described."""
    sens = [colonne["description"]]
    if colonne["valeurs"]:
        sens.append(f"Valeurs possibles : {', '.join(colonne['valeurs'])}.")
    if colonne["reference"]:
        sens.append(f"Renvoie à {colonne['reference']}.")
    return {**colonne, "sens": "\n".join(sens), "vide": "possible" if colonne["peut_etre_vide"] else "jamais"}
