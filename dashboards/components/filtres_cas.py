"""The filters of the page « Cas non réglementaires ». The address says them; a field that changes rewrites it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboards.components.adresse import reecrire
from dashboards.components.barre import FiltresPropres, barre
from dashboards.components.champs import Champs
from dashboards.filtres.cas import CHAMPS, CHOIX_ETAT, CHOIX_SEVERITE, NOMS, Filtres, lire_adresse
from dashboards.requetes import cas as requetes_cas

if TYPE_CHECKING:
    from dashboards.filtres.cas import Referentiel
    from data_contracts.publication import PublishedRun

_DATES = ("Convention signée depuis le", "Convention signée jusqu'au")


def filtres_demandes(run: PublishedRun) -> Filtres:
    """Return the filters that the address asks for."""
    return lire_adresse(st.query_params.to_dict(), requetes_cas.referentiel(run)).filtres


def formulaire(run: PublishedRun) -> Filtres:
    """Show the filters as the address says them, and return them."""
    referentiel = requetes_cas.referentiel(run)
    lus = lire_adresse(st.query_params.to_dict(), referentiel)
    barre(run, requetes_cas.PORTEE, _DATES, FiltresPropres(lambda: _champs_propres(referentiel, lus.filtres), lus.ignores))
    return lus.filtres


def _champs_propres(referentiel: Referentiel, filtres: Filtres) -> None:
    champs = Champs("cas", lambda: reecrire(NOMS, Filtres(**champs.tenus(CHAMPS)).adresse))
    champs.suivre({champ: getattr(filtres, champ) for champ in CHAMPS})
    severite, regles, etat = st.columns(3)
    champs.un(severite, "severite", "Sévérité", {code: choix.libelle for code, choix in CHOIX_SEVERITE.items()})
    champs.plusieurs(
        regles, "regles", "Règles", {choix: referentiel.dire_regle(choix) for choix in referentiel.choix_regle}, "Toutes les règles"
    )
    champs.un(etat, "etat", "État", CHOIX_ETAT)
