"""The filters of the page « Agréments sans convention ». The address says them; a field that changes rewrites it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboards.components.adresse import reecrire
from dashboards.components.barre import FiltresPropres, barre
from dashboards.components.champs import Champs
from dashboards.filtres.agrements import CHAMPS, CHOIX_AVANCEMENT, CHOIX_VUE, NOMS, SANS, Filtres, lire_adresse
from dashboards.requetes import communs as requetes_communs
from dashboards.requetes.genres_agrements import AGREMENTS, DATES

if TYPE_CHECKING:
    from data_contracts.publication import PublishedRun


def formulaire(run: PublishedRun) -> Filtres:
    """Show the shared filters as the address says them, and return all those of the page."""
    lus = lire_adresse(st.query_params.to_dict(), requetes_communs.connus(run))
    _champs().suivre({champ: getattr(lus.filtres, champ) for champ in CHAMPS})
    barre(run, AGREMENTS.portee, DATES, FiltresPropres(lambda: None, lus.ignores))
    return lus.filtres


def choisir_la_liste(filtres: Filtres) -> None:
    """Show the fields that choose what is listed."""
    champs = _champs()
    vue, avancement, _ = st.columns(3)
    champs.un(vue, "vue", "Lister", CHOIX_VUE)
    if filtres.vue == SANS:
        champs.un(avancement, "avancement", "Avancement de l'opération", CHOIX_AVANCEMENT)


def _champs() -> Champs:
    champs = Champs("agrements", lambda: reecrire(NOMS, Filtres(**champs.tenus(CHAMPS)).adresse))
    return champs
