"""The files that a run was published with, each under a button that downloads it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from dashboards.components.blocs import note
from dashboards.components.telecharger import Fichier, telecharger
from dashboards.requetes import dictionnaire as requetes_dictionnaire

if TYPE_CHECKING:
    from data_contracts.publication import PublishedRun


def du_sujet(run: PublishedRun, sujet: str, *, est_nomme: bool = False) -> None:
    """Show the files of one subject, each with the name of the subject where `est_nomme`, or say that the run has none."""
    fichiers = requetes_dictionnaire.fichiers(run)[sujet]
    for fichier in fichiers:
        telecharger(
            run,
            f"{sujet} : {fichier.libelle}" if est_nomme else fichier.libelle,
            Fichier(fichier.nom(run), fichier.genre, partial(fichier.contenu, run)),
            cle=f"fichier_{fichier.chemin}",
        )
    if requetes_dictionnaire.est_reserve(run, sujet):
        debut = f"{sujet} : ces" if est_nomme else "Ces"
        reserve = "ils sont réservés à qui la voit tout entière, données personnelles comprises"
        note(f"{debut} fichiers portent sur toute la France, {reserve}.")
    elif not fichiers:
        debut = f"{sujet} : cette" if est_nomme else "Cette"
        note(f"{debut} publication n'en a pas. Lancer « parc run » pour en construire une qui en ait.")


def telechargements(run: PublishedRun) -> None:
    """Show every file of the run by subject, and say which subjects it was published without."""
    for sujet in requetes_dictionnaire.FICHIERS:
        st.subheader(sujet, anchor=False)
        du_sujet(run, sujet)
    note("Une page se lit sans réseau : la télécharger, puis l'ouvrir dans le navigateur.")
