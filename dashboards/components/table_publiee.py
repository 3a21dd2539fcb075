"""One published table as the dictionary tells it: what a row is, who answers for it, each of its columns, where its rows come from."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

import streamlit as st

from dashboards.components.blocs import equivalent, paires, paragraphe, titre
from dashboards.components.tableau import Colonne, Html, tableau
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
        Colonne("description", "Sens", formats.typographie, "long"),
        Colonne("type_en_clair", "Type", genre="texte"),
        Colonne("unite", "Unité", est_rare=True),
        Colonne("peut_etre_vide", "Vide", lambda vide: "possible" if vide else "jamais"),
        Colonne("valeurs", "Valeurs possibles", _valeurs, "texte", est_rare=True),
        Colonne("reference", "Renvoie à", genre="code", est_rare=True),
    ]
    tableau(lignes, montrees, legende, fichier)


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


def _valeurs(valeurs: Any) -> Html | str:  # noqa: ANN401 - a list or nothing, as JSON holds it
    return Html(", ".join(f"<code>{escape(valeur)}</code>" for valeur in valeurs)) if valeurs else formats.VIDE
