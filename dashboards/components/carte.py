"""The map of the départements: a square each, with its code and value written, which chooses the territory when it is pressed."""

from __future__ import annotations

from functools import partial
from html import escape
from typing import TYPE_CHECKING

import streamlit as st

from dashboards.components.adresse import reecrire
from dashboards.components.tableau import sans_markdown
from dashboards.filtres.communs import TERRITOIRE
from dashboards.tuiles import cases, paliers, rang
from data_contracts.extraits import formats

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from dashboards.tuiles import Palier

_NOIR, _BLANC = "#161616", "#ffffff"
_TEINTES = (
    (_BLANC, _NOIR),
    ("#ececfe", _NOIR),
    ("#cacafb", _NOIR),
    ("#9a9af8", _NOIR),
    ("#4f4fc4", _BLANC),
    ("#000091", _BLANC),
)
"""Background and text of each shade, the first one for none: contrasts hold WCAG AA, and a darker one is darker in grey too."""


def carte(valeurs: Mapping[str, int], noms: Mapping[str, str], choisis: Collection[str], quoi: str) -> None:
    """Show the value of each département by its code; pressing a square chooses it alone, pressing it again chooses them all.

    `noms` are those of the départements, `choisis` the codes that the filter keeps, `quoi` what is counted.
    """
    trouves = paliers(valeurs.get(code, 0) for code in cases())
    st.html(f"<style>{_style(valeurs, trouves, choisis)}</style>")
    with st.container(key="carte"):
        for code in cases():
            est_seul = set(choisis) == {code}
            dit = sans_markdown(f"{quoi.lower()}, {noms.get(code, code)}{', choisi' if code in choisis else ''}")
            st.button(
                f"**{code}** {formats.nombre(valeurs.get(code, 0))} *{dit}*",
                key=f"tuile_{code}",
                type="tertiary",
                on_click=partial(reecrire, (TERRITOIRE,), {} if est_seul else {TERRITOIRE: code}),
            )
    st.html(_legende(trouves, quoi))


def _style(valeurs: Mapping[str, int], trouves: list[Palier], choisis: Collection[str]) -> str:
    regles = []
    for code, case in cases().items():
        fond, texte = _TEINTES[_teinte(rang(valeurs.get(code, 0), trouves), len(trouves))]
        regles.append(
            f".st-key-tuile_{code}{{grid-area:{case.ligne}/{case.colonne}}}"
            f".st-key-tuile_{code} button{{background:{fond}!important;color:{texte}!important"
            f"{';box-shadow:inset 0 0 0 3px #b34000' if code in choisis else ''}}}"
        )
    return "".join(regles)


def _teinte(place: int, nombre: int) -> int:
    """Spread fewer shades than there are over the whole scale: the largest values are always the darkest."""
    return place + len(_TEINTES) - 1 - nombre if place else 0


def _legende(trouves: list[Palier], quoi: str) -> str:
    dits = [(0, "aucun")]
    for place, palier in enumerate(trouves, start=1):
        bornes = formats.nombre(palier.bas)
        if palier.haut != palier.bas:
            bornes += f" à {formats.nombre(palier.haut)}"
        dits.append((_teinte(place, len(trouves)), bornes))
    puces = "".join(
        f'<li><span class="teinte" style="background:{_TEINTES[teinte][0]}"></span>{escape(dit)}</li>' for teinte, dit in dits
    )
    return f'<ul class="legende" aria-label="Légende : {escape(quoi.lower())}">{puces}</ul>'
