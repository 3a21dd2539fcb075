"""A bar chart of counts or of measures, always with the sentence that says it and the table that holds it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import altair as alt
import streamlit as st
from altair.utils import schemapi

from dashboards.components.blocs import equivalent, note
from dashboards.components.graphique import montrer
from dashboards.components.tableau import tableau
from data_contracts.extraits import formats

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboards.components.tableau import Colonne
    from dashboards.donnees import Ligne
    from data_contracts.publication import PublishedRun

schemapi.disable_debug_mode()  # a chart is checked whole when it is written: no need to check its pieces one by one before

BLEU = "#000091"
TEXTE = "#161616"
FILET = "#dddddd"
BARRES_MONTREES = 15
_STYLE = alt.Config(
    font="Marianne, 'Segoe UI', Roboto, 'Helvetica Neue', 'Liberation Sans', Arial, sans-serif",
    background="transparent",
    autosize=alt.AutoSizeParams(type="fit", contains="padding"),
    view=alt.ViewConfig(strokeWidth=0),
    mark=alt.MarkConfig(aria=False),
    axis=alt.AxisConfig(labelFontSize=13, labelColor=TEXTE, titleFontSize=13, domain=False, ticks=False, gridColor=FILET),
)
_HAUTEUR_BARRE = 30
_HAUTEUR_NOMMEE = 46
_MARGE = 20
_LIBELLE_MAX = 150


@dataclass(frozen=True)
class Repartition:
    """What is spread: its table, what bars count, and how they are drawn."""

    colonnes: Sequence[Colonne]
    legende: str
    fichier: str
    champ: str = "conventions"
    """The field that bars count."""
    compte: str = "Conventions"
    """What it counts."""
    montrees: int = BARRES_MONTREES
    est_dessous: bool = False
    """Bars stand under their names: for names too long to stand beside."""
    decimales: int = 2
    """At most how many are written beside a bar."""
    toutes: Sequence[Ligne] | None = None
    """The rows of the table, when it holds some that bars must not show."""
    run: PublishedRun | None = None
    """Where they are read, when it is not the run of the session."""


def repartition(lignes: Sequence[Ligne], quoi: Repartition, phrase: str) -> None:
    """Show how a count spreads: sentence, bars, table. Rows hold `libelle` and the field counted, the most numerous first."""
    equivalent(phrase)
    if not lignes:
        return
    montrees = lignes[: quoi.montrees]
    dessin = _sous_les_noms if quoi.est_dessous else _barres
    montrer(dessin(montrees, quoi), f"{quoi.legende}. {phrase}")
    if len(lignes) > len(montrees):
        note(f"Le graphique montre {len(montrees)} valeurs sur {formats.nombre(len(lignes))} ; le tableau les a toutes.")
    with st.expander("Voir le tableau", key=f"tableau_{quoi.fichier}"):
        tableau(lignes if quoi.toutes is None else quoi.toutes, quoi.colonnes, quoi.legende, quoi.fichier, quoi.run)


def style(graphique: alt.LayerChart) -> alt.LayerChart:
    """Return the chart in the colours and fonts of the application."""
    return graphique.properties(config=_STYLE)


def _barres(lignes: Sequence[Ligne], quoi: Repartition) -> alt.LayerChart:
    axe = alt.Axis(labelLimit=_LIBELLE_MAX, labelPadding=8)
    base = _base(lignes, quoi, axe)
    texte = base.mark_text(align="left", dx=6, color=TEXTE, fontSize=13).encode(text="ecrit:N")
    return style((base.mark_bar(color=BLEU, height=16) + texte).properties(height=_HAUTEUR_BARRE * len(lignes)))


def _sous_les_noms(lignes: Sequence[Ligne], quoi: Repartition) -> alt.LayerChart:
    base = _base(lignes, quoi, None)
    barres = base.mark_bar(color=BLEU, height=12, yOffset=10)
    comptes = base.mark_text(align="left", dx=6, dy=10, color=TEXTE, fontSize=13).encode(text="ecrit:N")
    noms = base.mark_text(align="left", dy=-8, color=TEXTE, fontSize=13, limit=alt.ExprRef("width")).encode(
        x=alt.value(0), text="libelle:N"
    )
    return style((barres + comptes + noms).properties(height=_HAUTEUR_NOMMEE * len(lignes) + _MARGE))


def _base(lignes: Sequence[Ligne], quoi: Repartition, axe: alt.Axis | None) -> alt.Chart:
    valeurs = [
        {
            "libelle": ligne["libelle"],
            "compte": ligne[quoi.champ],
            "ecrit": formats.nombre(ligne[quoi.champ], quoi.decimales),
        }
        for ligne in lignes
    ]
    base: alt.Chart = alt.Chart(alt.InlineData(values=valeurs)).encode(
        y=alt.Y("libelle:N", sort=None, title=None, axis=axe),
        x=alt.X("compte:Q", title=None, axis=None, scale=alt.Scale(nice=False, padding=0, domainMin=0)),
        tooltip=[alt.Tooltip("libelle:N", title=" "), alt.Tooltip("ecrit:N", title=quoi.compte)],
    )
    return base
