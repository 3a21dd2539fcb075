"""The deliveries that a run read: how old each source is, what came, and what moved since the delivery before."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import streamlit as st

from dashboards import donnees
from dashboards.components.blocs import equivalent, note
from dashboards.components.indicateur import definition
from dashboards.components.tableau import Colonne, entier, tableau
from dashboards.components.tableau_rapport import tableau_rapport
from dashboards.requetes import reception as requetes_reception
from data_contracts.extraits import formats
from data_contracts.extraits.libelles import FORMATS, SOURCES, nommer
from data_contracts.rapport import reception
from data_contracts.rapport.section import Colonne as ColonneRapport
from data_contracts.rapport.section import Genre, Tableau

if TYPE_CHECKING:
    from dashboards.filtres.communs import Communs
    from data_contracts.publication import PublishedRun

_MODIFIEE = ColonneRapport("modifiee", "Dernière modification (jours)", 12, Genre.NOMBRE)


def livraisons(run: PublishedRun, filtres: Communs) -> None:
    """Show the freshness of the sources, the deliveries read and their drift."""
    st.header("Fraîcheur des sources", anchor=False)
    _fraicheur(run, filtres)
    st.header("Livraisons lues", anchor=False)
    _lues(run, filtres)
    st.header("Dérives", anchor=False)
    section = reception.derives(requetes_reception.derives(run, filtres))
    equivalent(section.phrases[0])
    if section.tableaux[0].lignes:
        tableau_rapport(section.tableaux[0], "derives")


def _fraicheur(run: PublishedRun, filtres: Communs) -> None:
    lignes = requetes_reception.fraicheur(run, filtres)
    section = reception.fraicheur(lignes)
    equivalent(section.phrases[0])
    note(
        "L'âge va de la réception de la livraison lue à la date de référence. Une livraison récente peut porter une extraction "
        "ancienne : la dernière modification que montrent ses conventions le dit."
    )
    ages = section.tableaux[0]
    tableau_rapport(Tableau(ages.legende, (*ages.colonnes, _MODIFIEE), lignes, ages.vide), "fraicheur")
    definition(run, "Q-07")


def _lues(run: PublishedRun, filtres: Communs) -> None:
    contenu = donnees.manifeste(run)
    note(
        f"Publication {run.run_id}, construite par la version {contenu['version_code']} en "
        f"{formats.mesure(sum(contenu['durees_s'].values()), 's', 1)}."
    )
    lues = requetes_reception.livraisons(run, filtres)
    if not lues:
        note(
            "Cette publication n'a lu aucune livraison de cette source."
            if filtres.sources
            else "Cette publication n'a lu aucune livraison."
        )
        return
    colonnes = [
        Colonne("source", "Source", lambda code: nommer(code, SOURCES)),
        Colonne("origine", "Fichier", genre="code"),
        Colonne("recue_le", "Reçue le", lambda moment: formats.instant(datetime.fromisoformat(moment))),
        entier("nb_recus", "Lignes reçues"),
        entier("nb_poses", "Lignes gardées"),
        entier("nb_quarantaine", "En quarantaine"),
        Colonne("departements", "Départements", lambda codes: formats.liste(codes) if codes else "tous"),
        Colonne("sha256", "Empreinte", formats.empreinte, aide="Douze premiers caractères du sha256 du contenu reçu."),
        Colonne("format", "Format", lambda code: nommer(code, FORMATS)),
        entier("nb_tables", "Tables"),
    ]
    tableau(lues, colonnes, "Livraisons lues par cette publication", "livraisons")
