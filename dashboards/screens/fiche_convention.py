"""Fiche convention: find an agreement by any of its names, then read everything the run says of it, down to the source rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboards import donnees
from dashboards.components import fiche
from dashboards.components.adresse import CONVENTION
from dashboards.components.blocs import attention, remonter, titre
from dashboards.components.constats_fiche import constats
from dashboards.components.frise import Vie, frise
from dashboards.components.identite import identite
from dashboards.components.lignes_source import lignes_source
from dashboards.components.recherche import dire_refus, formulaire, resultats, retour
from dashboards.requetes import convention as requetes_convention
from data_contracts.extraits import formats

if TYPE_CHECKING:
    from dashboards.donnees import Ligne
    from data_contracts.publication import PublishedRun


def page(run: PublishedRun) -> None:
    """Show the search, or the agreement that the address names."""
    demandee = st.query_params.get(CONVENTION)
    if demandee is None:
        _recherche(run)
        return
    retour()
    remonter(demandee)
    convention = requetes_convention.convention(run, demandee)
    if convention is None:
        _inconnue(run, demandee)
    else:
        _fiche(run, convention)


def _recherche(run: PublishedRun) -> None:
    titre(
        "Fiche convention",
        "Trouver une convention",
        "Par son numéro, quelle que soit son écriture, par son identifiant, son bailleur ou sa commune.",
    )
    recherche = formulaire()
    if recherche:
        resultats(run, recherche)


def _inconnue(run: PublishedRun, demandee: str) -> None:
    titre("Fiche convention", "Convention inconnue")
    if not dire_refus(run, demandee):
        attention(
            f"Aucune convention « {demandee} » dans la publication du {formats.instant(donnees.publiee_le(run))} : "
            "vérifier l'adresse de la page, ou chercher la convention par son numéro."
        )


def _fiche(run: PublishedRun, convention: Ligne) -> None:
    convention_id = convention["convention_id"]
    titre("Fiche convention", convention["numero"] or "Convention sans numéro")
    identite(convention)
    periodes = requetes_convention.periodes(run, convention_id)
    avenants = requetes_convention.detail(run, convention_id, requetes_convention.AVENANTS)
    st.header("Histoire de la convention", anchor=False)
    evenements = requetes_convention.detail(run, convention_id, requetes_convention.EVENEMENTS)
    frise(Vie(convention, periodes, avenants, evenements), donnees.date_reference(run))
    st.header("Constats", anchor=False)
    constats(run, convention_id)
    st.header("Périodes et avenants", anchor=False)
    fiche.historique(convention_id, periodes, avenants)
    st.header("Lots", anchor=False)
    fiche.lots(run, convention_id)
    st.header("Agréments", anchor=False)
    fiche.agrements(run, convention_id)
    fiche.details(run, convention_id)
    st.header("Lignes source", anchor=False)
    lignes_source(run, convention_id)


page(donnees.lue())
