"""Small curves, one a severity, as inline SVG. They repeat a table that says the same in figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from data_contracts.extraits import formats

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from data_contracts.extraits.lecture import Ligne

_LARGEUR, _HAUTEUR, _MARGE = 240, 48, 5


def courbes(lignes: Sequence[Ligne], series: Mapping[str, str]) -> str:
    """Draw one curve a series (field → words) over rows that stand in the order of time. Two rows at least."""
    return Markup("").join(_courbe([ligne[champ] for ligne in lignes], mots) for champ, mots in series.items())


def _courbe(valeurs: Sequence[int], mots: str) -> Markup:
    points = " ".join(f"{x:g},{y:g}" for x, y in _points(valeurs))
    x, y = _points(valeurs)[-1]
    return Markup(
        '<figure class="courbe"><figcaption>{mots} : de {avant} à {apres}</figcaption>'
        '<svg viewBox="0 0 {largeur} {hauteur}" aria-hidden="true" focusable="false">'
        '<polyline points="{points}"/><circle cx="{x}" cy="{y}" r="3"/></svg></figure>'
    ).format(
        mots=mots,
        avant=formats.nombre(valeurs[0]),
        apres=formats.nombre(valeurs[-1]),
        largeur=_LARGEUR,
        hauteur=_HAUTEUR,
        points=points,
        x=f"{x:g}",
        y=f"{y:g}",
    )


def _points(valeurs: Sequence[int]) -> list[tuple[float, float]]:
    """Place the values, from zero up: a curve that does not start at zero makes much of little."""
    plafond, pas = max([*valeurs, 1]), (_LARGEUR - 2 * _MARGE) / (len(valeurs) - 1)
    haut = _HAUTEUR - 2 * _MARGE
    return [(_MARGE + pas * rang, _MARGE + haut * (1 - valeur / plafond)) for rang, valeur in enumerate(valeurs)]
