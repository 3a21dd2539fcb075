"""The files that a run was published with, each under a button that downloads it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from dashboards.components.blocs import note
from dashboards.requetes import dictionnaire as requetes_dictionnaire

if TYPE_CHECKING:
    from data_contracts.publication import PublishedRun


def telechargements(run: PublishedRun) -> None:
    """Show every file of the run by subject, and say which subjects it was published without."""
    for sujet, fichiers in requetes_dictionnaire.fichiers(run).items():
        st.subheader(sujet, anchor=False)
        for fichier in fichiers:
            st.download_button(
                fichier.libelle,
                partial(fichier.contenu, run),
                fichier.nom(run),
                fichier.genre,
                key=f"fichier_{fichier.chemin}",
                on_click="ignore",
                type="tertiary",
                icon=":material/download:",
            )
        if not fichiers:
            note("Cette publication n'en a pas. Lancer « parc run » pour en construire une qui en ait.")
    note("Une page se lit sans réseau : la télécharger, puis l'ouvrir dans le navigateur.")
