"""The answers behind the figures, one a row."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboards.components import notes
from dashboards.components.adresse import lien
from dashboards.components.liste_lignes import Liste, liste_lignes
from dashboards.components.tableau import Colonne
from dashboards.fichiers import Table
from dashboards.filtres.satisfaction import LISTE, REPONSES
from dashboards.requetes import satisfaction as requetes_satisfaction
from data_contracts.extraits import formats
from data_contracts.extraits.libelles import CANAUX, THEMES_AVIS, nommer

if TYPE_CHECKING:
    from dashboards.filtres.satisfaction import Filtres
    from data_contracts.publication import PublishedRun

_COLONNES = (
    Colonne("avis_id", "Réponse", genre="serre"),
    Colonne("date", "Date"),
    Colonne("enquete", "Enquête", genre="texte"),
    Colonne("public", "Public", notes.nommer_public),
    Colonne("canal", "Canal", lambda code: nommer(code, CANAUX)),
    Colonne("note", "Note donnée"),
    Colonne("echelle_min", "Échelle, de", formats.valeur, "nombre"),
    Colonne("echelle_max", "Échelle, à", formats.valeur, "nombre"),
    Colonne("est_satisfait", "Satisfait"),
    Colonne("recommandation", "Recommandation", formats.valeur, "nombre"),
    Colonne("code_departement", "Département"),
    Colonne("themes", "Thèmes", lambda codes: formats.liste(nommer(code, THEMES_AVIS) for code in codes or ()), "texte"),
    Colonne("verbatim", "Commentaire", formats.texte, "long", "Masqué à l'import : courriels, numéros, noms annoncés."),
)


def reponses(run: PublishedRun, filtres: Filtres, total: int) -> None:
    """Show the answers that the filters keep; `total` is how many there are."""
    lien("Retour aux scores", "retour", filtres.adresse, ":material/arrow_back:")
    st.header("Réponses, les plus récentes d'abord", anchor=False)
    siennes = requetes_satisfaction.Reponses(run, filtres)
    table = Table(run, "Réponses aux enquêtes", _COLONNES, siennes)
    liste_lignes(Liste(table, total, siennes.page, "satisfaction_reponses"), filtres.adresse | {LISTE: REPONSES})
