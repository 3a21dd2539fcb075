"""The filters of the page « Satisfaction ». The address says them; a field that changes rewrites it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboards.components.adresse import lien
from dashboards.components.blocs import note
from dashboards.components.champs import Champs
from dashboards.components.notes import nommer_public
from dashboards.filtres.satisfaction import CHOIX_AVIS, CHOIX_PAS, TOUTES, Filtres, lire_adresse
from data_contracts.extraits.libelles import CANAUX, THEMES_AVIS, nommer

if TYPE_CHECKING:
    from dashboards.filtres.satisfaction import Referentiel


def formulaire(referentiel: Referentiel) -> Filtres:
    """Show the filters as the address says them, and return them."""
    lus = lire_adresse(st.query_params.to_dict(), referentiel)
    champs = _champs()
    champs.suivre(vars(lus.filtres))
    with st.container(border=True):
        champs.plusieurs(st.container(), "enquetes", "Enquête", referentiel.enquetes, "Toutes les enquêtes")
        public, canal, annee = st.columns(3)
        publics = {code: nommer_public(code) for code in referentiel.publics}
        champs.plusieurs(public, "publics", "Public interrogé", publics, "Tous les publics")
        champs.plusieurs(canal, "canaux", "Canal", {code: nommer(code, CANAUX) for code in referentiel.canaux}, "Tous les canaux")
        annees = {choix: "Toutes" if choix == TOUTES else choix for choix in referentiel.choix_annee}
        champs.un(annee, "annee", "Année de réponse", annees)
        if lus.filtres.adresse:
            lien("Effacer les filtres", "effacer", {}, ":material/close:")
    if lus.ignores:
        note(f"Filtres de l'adresse laissés de côté, car inconnus de cette publication : {', '.join(lus.ignores)}.")
    return lus.filtres


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
    def reecrire() -> None:
        tenus = champs.tenus(list(vars(Filtres())))
        st.query_params.from_dict(Filtres(**tenus | {"mot": tenus["mot"].strip()}).adresse)

    champs = Champs("satisfaction", reecrire)
    return champs
