"""The filters of the page « Délais ». The address says them; a field that changes rewrites it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboards.components.adresse import lien
from dashboards.components.blocs import note
from dashboards.components.champs import Champs
from dashboards.filtres.delais import CHOIX_AXE, CHOIX_JOURS, CHOIX_PAS, DERNIERE, TOUTES, Filtres, lire_adresse
from data_contracts.extraits.libelles import FAMILLES, NATURES_BAILLEUR, nommer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboards.filtres.delais import Referentiel


def formulaire(referentiel: Referentiel) -> Filtres:
    """Show the filters as the address says them, and return them."""
    lus = lire_adresse(st.query_params.to_dict(), referentiel)
    champs = _champs(referentiel)
    champs.suivre(vars(lus.filtres))
    annees = {DERNIERE: "Dernière année entière", TOUTES: "Toutes"}
    with st.container(border=True):
        etape, jours, annee = st.columns([2, 1, 1])
        champs.un(etape, "etape", "Étape", {code: f"{code} · {nom}" for code, nom in referentiel.etapes.items()})
        champs.un(jours, "jours", "Durées en", CHOIX_JOURS)
        champs.un(annee, "annee", "Fermés en", {choix: annees.get(choix, choix) for choix in referentiel.choix_annee})
        gauche, droite = st.columns(2)  # a row of its own: the keyboard goes as the eye does
        territoires = {choix: referentiel.dire_territoire(choix) for choix in referentiel.choix_territoire}
        champs.plusieurs(gauche, "territoires", "Région ou département", territoires, "Toute la France")
        champs.plusieurs(droite, "services", "Service", referentiel.services, "Tous les services")
        gauche, droite = st.columns(2)
        familles = {code: nommer(code, FAMILLES) for code in referentiel.familles}
        champs.plusieurs(gauche, "familles", "Financement", familles, "Tous les financements")
        natures = {code: nommer(code, NATURES_BAILLEUR) for code in referentiel.natures}
        champs.plusieurs(droite, "natures", "Nature du bailleur", natures, "Toutes les natures")
        if lus.filtres.adresse(referentiel):
            lien("Effacer les filtres", "effacer", {}, ":material/close:")
    if lus.ignores:
        note(f"Filtres de l'adresse laissés de côté, car inconnus de cette publication : {', '.join(lus.ignores)}.")
    return lus.filtres


def choisir_le_pas(referentiel: Referentiel) -> None:
    """Show the field of the step of time."""
    _champs(referentiel).un(st.columns(3)[0], "pas", "Pas de temps", CHOIX_PAS)


def choisir_les_ouvertures(referentiel: Referentiel, annees: Sequence[int], tout: str) -> None:
    """Show the field of the years of opening whose curves are drawn; `tout` says what choosing none means."""
    tenues = {*map(str, annees), *lire_adresse(st.query_params.to_dict(), referentiel).filtres.ouvertures}
    _champs(referentiel).plusieurs(
        st.columns(2)[0],
        "ouvertures",
        "Années d'ouverture à comparer",
        {annee: annee for annee in sorted(tenues, reverse=True)},
        tout,
    )


def choisir_l_axe(referentiel: Referentiel, etape: str) -> None:
    """Show the field of the axis that files are broken down by."""
    axes = {axe: CHOIX_AXE[axe] for axe in referentiel.choix_axe(etape)}
    _champs(referentiel).un(st.columns(3)[0], "axe", "Ventiler par", axes)


def _champs(referentiel: Referentiel) -> Champs:
    def reecrire() -> None:
        st.query_params.from_dict(Filtres(**champs.tenus(list(vars(Filtres())))).adresse(referentiel))

    champs = Champs("delais", reecrire)
    return champs
