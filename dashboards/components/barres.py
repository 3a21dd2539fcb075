"""A bar chart that counts agreements, always with the sentence that says it and the table that holds it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import altair as alt
import streamlit as st

from dashboards import formats
from dashboards.components.blocs import equivalent, note
from dashboards.components.tableau import tableau

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboards.components.tableau import Colonne
    from dashboards.donnees import Ligne

BLEU = "#000091"
TEXTE = "#161616"
FILET = "#dddddd"
BARRES_MONTREES = 15
_HAUTEUR_BARRE = 30
_LIBELLE_MAX = 150


def repartition(lignes: Sequence[Ligne], colonnes: Sequence[Colonne], legende: str, fichier: str, phrase: str) -> None:
    """Show how agreements spread: sentence, bars, table. Rows hold `libelle` and `conventions`, the most numerous first."""
    equivalent(phrase)
    if not lignes:
        return
    montrees = lignes[:BARRES_MONTREES]
    st.altair_chart(_barres(montrees), width="stretch", theme=None, alt=f"{legende}. {phrase}")
    if len(lignes) > len(montrees):
        note(f"Le graphique montre {len(montrees)} valeurs sur {formats.nombre(len(lignes))} ; le tableau les a toutes.")
    with st.expander("Voir le tableau"):
        tableau(lignes, colonnes, legende, fichier)


def style(graphique: alt.LayerChart) -> alt.LayerChart:
    """Return the chart in the colours and fonts of the application."""
    police = "Marianne, 'Segoe UI', Roboto, 'Helvetica Neue', 'Liberation Sans', Arial, sans-serif"
    styled: alt.LayerChart = (
        graphique.configure(font=police, background="transparent", autosize=alt.AutoSizeParams(type="fit", contains="padding"))
        .configure_view(strokeWidth=0)
        .configure_axis(labelFontSize=13, labelColor=TEXTE, titleFontSize=13, domain=False, ticks=False, gridColor=FILET)
    )
    return styled


def _barres(lignes: Sequence[Ligne]) -> alt.LayerChart:
    donnees = alt.InlineData(values=[{**ligne, "ecrit": formats.nombre(ligne["conventions"])} for ligne in lignes])
    base = alt.Chart(donnees).encode(
        y=alt.Y("libelle:N", sort=None, title=None, axis=alt.Axis(labelLimit=_LIBELLE_MAX, labelPadding=8)),
        x=alt.X("conventions:Q", title=None, axis=None, scale=alt.Scale(nice=False, padding=0, domainMin=0)),
        tooltip=[alt.Tooltip("libelle:N", title=" "), alt.Tooltip("ecrit:N", title="Conventions")],
    )
    texte = base.mark_text(align="left", dx=6, color=TEXTE, fontSize=13).encode(text="ecrit:N")
    return style((base.mark_bar(color=BLEU, height=16) + texte).properties(height=_HAUTEUR_BARRE * len(lignes)))
