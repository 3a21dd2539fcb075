"""The one button that gives a file: it is made when it is asked for, and the journal says who took it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Literal

import streamlit as st

from dashboards import acces
from data_contracts.acces.journal import Geste

if TYPE_CHECKING:
    from collections.abc import Callable

    from dashboards.acces import Lecteur
    from data_contracts.publication import PublishedRun


@dataclass(frozen=True)
class Fichier:
    """A file to give: its name, its media type, and what makes it."""

    nom: str
    genre: str
    faire: Callable[[], bytes]


def telecharger(
    run: PublishedRun, libelle: str, fichier: Fichier, cle: str, style: Literal["secondary", "tertiary"] = "tertiary"
) -> None:
    """Show a button that gives a file of what a run holds."""
    st.download_button(
        libelle,
        partial(_donner, acces.lecteur(), run, fichier),
        fichier.nom,
        fichier.genre,
        key=cle,
        on_click="ignore",
        type=style,
        icon=":material/download:",
    )


def _donner(qui: Lecteur, run: PublishedRun, fichier: Fichier) -> bytes:
    """Make the file and write down who takes it: without that line, nobody takes it."""
    contenu = fichier.faire()
    acces.noter(qui, run, Geste.TELECHARGEMENT, fichier.nom)
    return contenu
