"""The filters of the page « Satisfaction ». The address says them; a field that changes rewrites it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboards.components.adresse import reecrire
from dashboards.components.barre import FiltresPropres, barre
from dashboards.components.champs import Champs
from dashboards.components.notes import nommer_public
from dashboards.filtres.satisfaction import CHAMPS, CHOIX_AVIS, CHOIX_PAS, NOMS, Filtres, lire_adresse
from dashboards.requetes import satisfaction as requetes_satisfaction
from data_contracts.extraits.libelles import CANAUX, THEMES_AVIS, nommer

if TYPE_CHECKING:
    from dashboards.filtres.satisfaction import Referentiel
    from data_contracts.publication import PublishedRun

_DATES = ("Réponses depuis le", "Réponses jusqu'au")


def formulaire(run: PublishedRun, referentiel: Referentiel) -> Filtres:
    """Show the filters as the address says them, and return them."""
    lus = lire_adresse(st.query_params.to_dict(), referentiel)
    barre(run, requetes_satisfaction.PORTEE, _DATES, FiltresPropres(lambda: _champs_propres(referentiel, lus.filtres), lus.ignores))
    return lus.filtres


def _champs_propres(referentiel: Referentiel, filtres: Filtres) -> None:
    champs = _champs()
    champs.suivre({champ: getattr(filtres, champ) for champ in CHAMPS})
    enquete, public, canal = st.columns(3)
    champs.plusieurs(enquete, "enquetes", "Enquête", referentiel.enquetes, "Toutes les enquêtes")
    publics = {code: nommer_public(code) for code in referentiel.publics}
    champs.plusieurs(public, "publics", "Public interrogé", publics, "Tous les publics")
    champs.plusieurs(canal, "canaux", "Canal", {code: nommer(code, CANAUX) for code in referentiel.canaux}, "Tous les canaux")


def choisir_le_pas() -> None:
    """Show the field of the step of time."""
    _champs().un(st.columns(3)[0], "pas", "Pas de temps", CHOIX_PAS)


def choisir_les_commentaires(referentiel: Referentiel) -> None:
    """Show the fields that choose among comments."""
    champs = _champs()
    theme, avis, mot = st.columns(3)
    champs.plusieurs(theme, "themes", "Thème", {code: nommer(code, THEMES_AVIS) for code in referentiel.themes}, "Tous les thèmes")
    champs.un(avis, "avis", "Avis", CHOIX_AVIS)
    champs.texte(mot, "mot", "Contient", "loyer, relance, PDF…")


def _champs() -> Champs:
    champs = Champs("satisfaction", lambda: reecrire(NOMS, Filtres(**champs.tenus(CHAMPS)).adresse))
    return champs
