"""What became of everything received: tables, agreements, agréments, stages, dwellings, and the official APiLos import."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboards import pages
from dashboards.components.adresse import ENSEMBLE, vers
from dashboards.components.blocs import equivalent, etiquette, note
from dashboards.components.indicateur import definition
from dashboards.components.tableau import Colonne, entier, tableau
from dashboards.components.tableau_rapport import tableau_rapport
from dashboards.fichiers import Html
from dashboards.normes import norme
from dashboards.requetes import ensembles_qualite
from dashboards.requetes import reception as requetes_reception
from data_contracts.extraits import formats
from data_contracts.extraits.libelles import ALTERATIONS_APILOS, DESTINS, MOTIFS_APILOS, SOURCES, nommer
from data_contracts.rapport import reconciliation as rapport

if TYPE_CHECKING:
    from dashboards.donnees import Ligne
    from dashboards.filtres.communs import Communs
    from data_contracts.publication import PublishedRun


def reconciliation(run: PublishedRun, filtres: Communs) -> None:
    """Show every reconciliation of a run, for the sources kept."""
    st.subheader("Tables reçues", anchor=False)
    _tables(requetes_reception.tables(run, filtres))
    definition(run, "Q-04")
    st.subheader("Conventions reçues", anchor=False)
    _conventions(requetes_reception.conventions(run, filtres))
    comptes = requetes_reception.comptes(run, filtres)
    for sujet in (rapport.AGREMENTS, rapport.ETAPES, rapport.RPLS):
        st.subheader(sujet, anchor=False)
        tableau_rapport(rapport.destinees(sujet, comptes), f"reconciliation_{norme(sujet).lower()}")
    st.subheader("Reprise officielle dans APiLos", anchor=False)
    _apilos(requetes_reception.reprise_apilos(run, filtres))


def _tables(lignes: list[Ligne]) -> None:
    if not lignes:
        equivalent("Aucune table n'est reçue : rien à réconcilier.")
        return
    ecarts = sum(ligne["ecart"] != 0 for ligne in lignes)
    refusees = sum(ligne["nb_quarantaine"] for ligne in lignes)
    perdues = "aucune ligne ne s'est perdue" if ecarts == 0 else f"{formats.pluriel(ecarts, 'table a', 'tables ont')} un écart"
    equivalent(f"{formats.pluriel(len(lignes), 'table')} : {perdues}, {formats.pluriel(refusees, 'ligne')} en quarantaine.")
    note("Écart = reçues − gardées − quarantaine. Les tables avec un écart ou une quarantaine viennent d'abord.")
    tableau(
        lignes,
        [
            Colonne("table_source", "Table"),
            entier("nb_recus", "Reçues"),
            entier("nb_poses", "Gardées"),
            entier("nb_quarantaine", "Quarantaine"),
            Colonne("ecart", "Écart", _ecart, "nombre"),
            entier("nb_staging", "Lues par les modèles", "Lignes lues par le premier étage des modèles."),
            entier("nb_illisibles", "Valeurs illisibles", "Valeurs gardées telles quelles, faute d'être lisibles dans leur type."),
            entier("nb_hors_perimetre", "Hors périmètre", "Lignes hors des départements demandés, non comptées dans les reçues."),
            Colonne("source", "Source", lambda code: nommer(code, SOURCES)),
        ],
        "Lignes reçues, gardées et refusées, table par table",
        "reconciliation_tables",
    )


def _conventions(lignes: list[Ligne]) -> None:
    if not lignes:
        equivalent("Aucune convention n'est reçue : importer Ecoloweb (« parc import ecoloweb »), puis lancer « parc run ».")
        return
    publiees = sum(ligne["conventions"] for ligne in lignes if ligne["destin"] == "publiee")
    total = sum(ligne["conventions"] for ligne in lignes)
    equivalent(f"{formats.pluriel(publiees, 'convention publiée', 'conventions publiées')} sur {formats.nombre(total)} reçues.")
    tableau(
        lignes,
        [
            Colonne("destin", "Destin", _destin),
            Colonne("source", "Source", lambda code: nommer(code, SOURCES)),
            Colonne("motif", "Motif", genre="long"),
            entier("conventions", "Conventions"),
            entier("lignes", "Lignes reçues"),
        ],
        "Destin des conventions reçues",
        "reconciliation_conventions",
    )
    if publiees < total:
        vers(pages.LIGNES, "Voir les conventions non publiées", {ENSEMBLE: ensembles_qualite.NON_PUBLIEES.code})


def _apilos(lignes: list[Ligne]) -> None:
    if not lignes:
        equivalent("Aucune convention d'Ecoloweb n'est là : l'import officiel d'APiLos n'a rien à reprendre.")
        return
    gardees = sum(ligne["cles"] for ligne in lignes if ligne["est_reprise"])
    total = sum(ligne["cles"] for ligne in lignes)
    part = formats.part(gardees, total)
    equivalent(
        f"L'import officiel d'APiLos garde {formats.pluriel(gardees, 'enregistrement')} sur {formats.nombre(total)} ({part})."
    )
    note("Un enregistrement d'APiLos : une convention d'Ecoloweb, un financement et un numéro d'avenant.")
    tableau(
        lignes,
        [
            Colonne("est_reprise", "Import officiel", _reprise),
            Colonne("motif_exclusion", "Pourquoi perdu", lambda code: nommer(code, MOTIFS_APILOS)),
            Colonne("alteration", "Ce qui est altéré", lambda code: nommer(code, ALTERATIONS_APILOS)),
            entier("cles", "Enregistrements"),
            entier("conventions", "Conventions"),
            Colonne("departements", "Départements", formats.liste, "long"),
        ],
        "Ce que l'import officiel d'APiLos garde et perd",
        "reconciliation_apilos",
    )
    if gardees < total:
        vers(pages.LIGNES, "Voir les enregistrements perdus", {ENSEMBLE: ensembles_qualite.PERDUES_APILOS.code})


def _ecart(ecart: int) -> str:
    return "0" if ecart == 0 else etiquette(formats.nombre(ecart), "erreur")


def _destin(destin: str) -> Html:
    return etiquette(nommer(destin, DESTINS), "succes" if destin == "publiee" else "alerte")


def _reprise(est_reprise: bool) -> Html:  # noqa: FBT001 - the value of a cell
    return etiquette("Gardé", "succes") if est_reprise else etiquette("Perdu", "alerte")
