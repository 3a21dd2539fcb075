"""The files behind the figures of a stage, the longest first."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboards import donnees
from dashboards.components.adresse import lien
from dashboards.components.colonnes.partagees import DEPARTEMENT, FICHE, familles
from dashboards.components.liste_lignes import Liste, liste_lignes
from dashboards.components.tableau import Colonne, entier
from dashboards.fichiers import Table
from dashboards.filtres.delais import LISTE, OUVERTS
from dashboards.requetes import delais as requetes_delais
from data_contracts.extraits import formats
from data_contracts.extraits.libelles import NATURES_BAILLEUR, SOURCES, STATUTS, nommer

if TYPE_CHECKING:
    from dashboards.filtres.delais import Filtres, Referentiel
    from data_contracts.publication import PublishedRun

_COLONNES = (
    Colonne("numero", "Convention", genre="serre"),
    FICHE,
    Colonne("date_debut", "Entré le"),
    Colonne("date_fin", "Sorti le"),
    entier("duree_jours", "Jours", "Jours calendaires ; pour un dossier encore ouvert, son âge à la date de référence."),
    entier("duree_jours_ouvres", "Jours ouvrés"),
    Colonne("statut", "Statut", lambda code: nommer(code, STATUTS)),
    Colonne("service", "Service", genre="texte"),
    DEPARTEMENT,
    Colonne("nom_commune", "Commune"),
    Colonne("familles_financement", "Financements", familles),
    Colonne("nature_bailleur", "Nature du bailleur", lambda code: nommer(code, NATURES_BAILLEUR)),
    Colonne("objet_id", "Dossier"),
    Colonne("source", "Source", lambda code: nommer(code, SOURCES)),
)


def dossiers(run: PublishedRun, filtres: Filtres, referentiel: Referentiel, liste: str) -> None:
    """Show the files closed in the period, or those still in the stage."""
    adresse = filtres.adresse(referentiel)
    lien("Retour aux mesures", "retour", adresse, ":material/arrow_back:")
    quand = requetes_delais.periode(run, filtres)
    ouverts = liste == OUVERTS
    moment = f"encore ouverts au {formats.jour(donnees.date_reference(run))}" if ouverts else f"fermés {quand.en_mots}"
    legende = f"{filtres.etape}, dossiers {moment}"
    st.header(f"{legende}, les plus longs d'abord", anchor=False)
    siens = requetes_delais.Dossiers(run, filtres, quand, ouverts)
    table = Table(run, legende, _COLONNES, siens)
    liste_lignes(Liste(table, siens.nombre(), siens.page, f"delais_{filtres.etape}_{liste}"), adresse | {LISTE: liste})
