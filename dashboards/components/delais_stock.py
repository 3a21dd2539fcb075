"""The files still in the stage: how old they are, in bands, and in which state."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboards import donnees
from dashboards.components.blocs import equivalent, note
from dashboards.components.courbes import Axes, colonnes
from dashboards.components.delais_fermes import duree, jours
from dashboards.components.graphique import montrer
from dashboards.components.tableau import Colonne, entier, tableau
from dashboards.requetes import delais as requetes_delais
from dashboards.requetes.delais import TRANCHES
from data_contracts.extraits import formats
from data_contracts.extraits.libelles import STATUTS, nommer

if TYPE_CHECKING:
    from dashboards.filtres.delais import Filtres
    from data_contracts.publication import PublishedRun


def stock(run: PublishedRun, filtres: Filtres) -> None:
    """Show the age of the files still open."""
    lignes = requetes_delais.ages(run, filtres)
    reference = formats.jour(donnees.date_reference(run))
    if not lignes:
        equivalent(f"Aucun dossier n'est encore dans l'étape au {reference}.")
        return
    ensemble, *statuts = lignes
    total = ensemble["ouverts"]
    anciens = ensemble[f"tranche_{len(TRANCHES) - 1}"]
    dit = (
        f"Au {reference}, {formats.pluriel(total, 'dossier')} encore dans l'étape : {formats.nombre(anciens)} depuis plus de "
        f"180 jours ({formats.part(anciens, total)}). Âge médian : {jours(ensemble['age_median'])} jours."
    )
    equivalent(dit)
    classes = [
        {
            "libelle": tranche,
            "compte": ensemble[f"tranche_{rang}"],
            "ecrit": formats.nombre(ensemble[f"tranche_{rang}"]),
            "texte": f"{tranche} jours : {formats.pluriel(ensemble[f'tranche_{rang}'], 'dossier')}",
        }
        for rang, tranche in enumerate(TRANCHES)
    ]
    legende = f"Âge des dossiers encore dans l'étape au {reference}"
    montrer(colonnes(classes, Axes("Âge, en jours", "Dossiers")), f"{legende}. {dit}")
    note("L'âge est toujours en jours calendaires, quel que soit le choix fait plus haut.")
    with st.expander("Voir le tableau", key="tableau_stock"):
        nommees = [
            {**ensemble, "libelle": "Tous"},
            *({**ligne, "libelle": nommer(ligne["statut"], STATUTS, "Statut inconnu")} for ligne in statuts),
        ]
        montrees = [
            Colonne("libelle", "Statut de la convention", genre="serre"),
            entier("ouverts", "Dossiers"),
            *(entier(f"tranche_{rang}", f"{tranche} jours".capitalize()) for rang, tranche in enumerate(TRANCHES)),
            duree("Âge médian", "age_median"),
        ]
        tableau(nommees, montrees, legende, "delais_stock")
