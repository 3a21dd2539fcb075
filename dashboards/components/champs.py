"""Fields whose values the address of the page holds: they follow it, and rewrite it when they change."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import streamlit as st

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date

    from streamlit.delta_generator import DeltaGenerator


@dataclass(frozen=True)
class Champs:
    """The fields of a page."""

    prefixe: str
    """What their keys start with: fields of two pages never mix."""
    reecrire: Callable[[], None]
    """Writes in the address what the fields hold."""

    def suivre(self, valeurs: Mapping[str, Any]) -> None:
        """Give the fields what the address says, for instance after the browser's way back."""
        for nom, valeur in valeurs.items():
            voulue = list(valeur) if isinstance(valeur, tuple) else valeur
            if self._cle(nom) not in st.session_state or st.session_state[self._cle(nom)] != voulue:
                st.session_state[self._cle(nom)] = voulue

    def tenus(self, noms: Sequence[str]) -> dict[str, Any]:
        """Return what the fields hold, lists as tuples, texts without blanks around."""
        return {nom: _rendu(st.session_state[self._cle(nom)]) for nom in noms}

    def un(self, ou: DeltaGenerator, nom: str, titre: str, mots: Mapping[str, str], aide: str | None = None) -> None:
        """Show a field to choose one value in; `mots` gives the words of each."""
        ou.selectbox(titre, list(mots), format_func=lambda code: mots[code], key=self._cle(nom), on_change=self.reecrire, help=aide)

    def plusieurs(self, ou: DeltaGenerator, nom: str, titre: str, mots: Mapping[str, str], tout: str) -> None:
        """Show a field to choose values in; `tout` says what choosing none means."""
        ou.multiselect(
            titre,
            list(mots),
            format_func=lambda code: mots[code],
            key=self._cle(nom),
            on_change=self.reecrire,
            placeholder=tout,
            select_all=False,
            wrap=True,
        )

    def jour(self, ou: DeltaGenerator, nom: str, titre: str, bornes: tuple[date, date]) -> None:
        """Show a field to choose a day in, or none; `bornes` are the first and the last that may be chosen."""
        premier, dernier = bornes
        ou.date_input(
            titre,
            value=None,
            min_value=premier,
            max_value=dernier,
            format="DD/MM/YYYY",
            key=self._cle(nom),
            on_change=self.reecrire,
        )

    def texte(self, ou: DeltaGenerator, nom: str, titre: str, tout: str) -> None:
        """Show a field to write in."""
        ou.text_input(titre, key=self._cle(nom), on_change=self.reecrire, max_chars=200, placeholder=tout)

    def _cle(self, nom: str) -> str:
        return f"{self.prefixe}_{nom}"


def _rendu(tenu: Any) -> Any:  # noqa: ANN401 - what a field holds
    match tenu:
        case list():
            return tuple(tenu)
        case str():
            return tenu.strip()
        case _:
            return tenu
