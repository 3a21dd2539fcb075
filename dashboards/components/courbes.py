"""Charts along an axis of numbers or of time: lines told apart by their dashes and points, intervals, and columns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import altair as alt

from dashboards.components.barres import BLEU, FILET, TEXTE, style

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboards.donnees import Ligne

_COULEURS = (BLEU, "#8d3c00", "#18753c", "#6e445a", "#3a3a3a", "#0a76f6")
_TRAITS = ([1, 0], [6, 4], [2, 3], [10, 3, 2, 3], [12, 4], [4, 2])
_FORMES = ("circle", "square", "triangle-up", "diamond", "cross", "triangle-down")
LIGNES_MAX = len(_COULEURS)
"""Lines that one chart tells apart."""
_HAUTEUR = 280
_HAUTEUR_COURTE = 220
_HAUTEUR_RANG = 46
_MARGE = 50
_NOMBRE = r"datum.value % 1 ? '' : replace(format(datum.value, ',.0f'), /,/g, '\u202f')"
"""Whole numbers of an axis, with narrow spaces between thousands."""
_MOIS = "timeFormat(datum.value, '%m/%Y')"


@dataclass(frozen=True)
class Axes:
    """What the two axes of a chart say."""

    x: str
    y: str
    y_min: float = 0
    y_max: float | None = None
    """Where the vertical axis ends; None lets the data tell."""
    format_y: str = _NOMBRE
    """Vega expression that writes a value of the vertical axis."""
    angle: int = 0
    """Slope of the names under columns."""


def lignes_du_temps(points: Sequence[Ligne], axes: Axes, series: Sequence[str]) -> alt.LayerChart:
    """Draw lines over time. Points hold jour (ISO), serie, valeur (None breaks the line), texte."""
    x = alt.X(
        "jour:T",
        axis=alt.Axis(title=axes.x, grid=False, format="%Y", labelOverlap=True, tickCount=6),
        scale=alt.Scale(padding=12),
    )
    base = _couleurs(alt.Chart(alt.InlineData(values=list(points))).encode(x=x, y=_y(axes)), series, _legende(contour=0))
    trace = base.mark_line(strokeWidth=2).encode(strokeDash=_traits(series, None))
    marques = base.mark_point(filled=True, size=40, opacity=1).encode(
        shape=alt.Shape(
            "serie:N", legend=_legende(contour=0), scale=alt.Scale(domain=list(series), range=list(_FORMES[: len(series)]))
        ),
        tooltip=alt.Tooltip("texte:N", title=" "),
    )
    return style((trace + marques).properties(height=_HAUTEUR))


def marches(points: Sequence[Ligne], axes: Axes, series: Sequence[str], legende: str, seuil: float) -> alt.LayerChart:
    """Draw curves that go down by steps, and the line of a threshold. Points hold x, serie, valeur, texte.

    `legende` titles the series.
    """
    x = alt.X(
        "x:Q", axis=alt.Axis(title=axes.x, grid=False, labelExpr=_NOMBRE, tickCount=6), scale=alt.Scale(nice=False, zero=True)
    )
    base = _couleurs(alt.Chart(alt.InlineData(values=list(points))).encode(x=x, y=_y(axes)), series, _legende(legende))
    trace = base.mark_line(strokeWidth=2, interpolate="step-after").encode(
        strokeDash=_traits(series, _legende(legende)), tooltip=alt.Tooltip("texte:N", title=" ")
    )
    regle = alt.Chart(alt.InlineData(values=[{"seuil": seuil}])).mark_rule(color=TEXTE, strokeDash=[4, 4]).encode(y="seuil:Q")
    return style((regle + trace).properties(height=_HAUTEUR))


def valeurs_du_temps(points: Sequence[Ligne], axes: Axes) -> alt.LayerChart:
    """Draw values over time, each with its interval where it has one. Points hold jour (ISO), valeur, bas, haut, texte."""
    x = alt.X(
        "jour:T",
        axis=alt.Axis(title=axes.x, grid=False, labelExpr=_MOIS, labelOverlap=True, labelPadding=8, tickCount=5),
        scale=alt.Scale(padding=28),
    )
    base = alt.Chart(alt.InlineData(values=list(points))).encode(x=x)
    traits = (
        base.transform_filter("isValid(datum.bas)")
        .mark_rule(strokeWidth=3, color=BLEU, opacity=0.45)
        .encode(y=_y(axes, "bas"), y2="haut:Q")
    )
    trace = base.mark_line(strokeWidth=1.5, color=BLEU).encode(y=_y(axes))
    marques = base.mark_point(filled=True, size=70, opacity=1, color=BLEU).encode(
        y=_y(axes), tooltip=alt.Tooltip("texte:N", title=" ")
    )
    return style((traits + trace + marques).properties(height=_HAUTEUR_COURTE))


def colonnes(classes: Sequence[Ligne], axes: Axes) -> alt.LayerChart:
    """Draw columns side by side in their order. Rows hold libelle, compte, texte."""
    base = alt.Chart(alt.InlineData(values=list(classes))).encode(
        x=alt.X("libelle:N", sort=None, axis=alt.Axis(title=axes.x, labelAngle=axes.angle, labelOverlap=False)),
        y=alt.Y("compte:Q", axis=alt.Axis(title=axes.y, labelExpr=_NOMBRE, tickMinStep=1, tickCount=5)),
        tooltip=alt.Tooltip("texte:N", title=" "),
    )
    barres = base.mark_bar(color=BLEU)
    comptes = base.transform_filter("datum.compte > 0").mark_text(dy=-7, color=TEXTE, fontSize=12).encode(text="ecrit:N")
    return style((barres + comptes).properties(height=_HAUTEUR))


def intervalles(lignes: Sequence[Ligne], axes: Axes, domaine: tuple[float, float]) -> alt.LayerChart:
    """Draw a value and its interval on each row, under its name. Rows hold libelle, nom, valeur, bas, haut, texte."""
    echelle = alt.Scale(domain=list(domaine), nice=False, padding=6)
    axe = alt.Axis(title=axes.x, labelExpr=axes.format_y, tickCount=5, grid=False)
    base = alt.Chart(alt.InlineData(values=list(lignes))).encode(
        y=alt.Y("libelle:N", sort=None, axis=None), tooltip=alt.Tooltip("texte:N", title=" ")
    )
    traits = base.mark_rule(strokeWidth=3, color=BLEU, yOffset=10, opacity=0.45).encode(
        x=alt.X("bas:Q", scale=echelle, axis=axe), x2="haut:Q"
    )
    points = base.mark_point(filled=True, size=90, opacity=1, color=BLEU, yOffset=10).encode(
        x=alt.X("valeur:Q", scale=echelle, axis=axe)
    )
    noms = base.mark_text(align="left", dy=-10, color=TEXTE, fontSize=13, limit=alt.ExprRef("width")).encode(
        x=alt.value(0), text="nom:N"
    )
    return style((traits + points + noms).properties(height=_HAUTEUR_RANG * len(lignes) + _MARGE))


def _y(axes: Axes, champ: str = "valeur") -> alt.Y:
    return alt.Y(
        f"{champ}:Q",
        axis=alt.Axis(title=axes.y, labelExpr=axes.format_y, tickCount=5, gridColor=FILET),
        scale=alt.Scale(
            domainMin=axes.y_min, nice=axes.y_max is None, domainMax=alt.Undefined if axes.y_max is None else axes.y_max
        ),
    )


def _couleurs(base: alt.Chart, series: Sequence[str], legende: alt.Legend) -> alt.Chart:
    echelle = alt.Scale(domain=list(series), range=list(_COULEURS[: len(series)]))
    colorees: alt.Chart = base.encode(color=alt.Color("serie:N", legend=legende, scale=echelle))
    return colorees


def _traits(series: Sequence[str], legende: alt.Legend | None) -> alt.StrokeDash:
    """Tell lines apart by their dashes too: colour is never the only sign."""
    return alt.StrokeDash("serie:N", legend=legende, scale=alt.Scale(domain=list(series), range=list(_TRAITS[: len(series)])))


def _legende(titre: str | None = None, contour: float = 2) -> alt.Legend:
    return alt.Legend(title=titre, orient="top", labelFontSize=13, symbolStrokeWidth=contour, symbolSize=120, columns=3)
