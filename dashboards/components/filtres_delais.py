"""The filters of the page « Délais ». The address says them; a field that changes rewrites it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboards.components.adresse import reecrire
from dashboards.components.barre import FiltresPropres, barre
from dashboards.components.champs import Champs
from dashboards.filtres.delais import CHAMPS, CHOIX_AXE, CHOIX_JOURS, CHOIX_PAS, NOMS, Filtres, lire_adresse
from dashboards.requetes import delais as requetes_delais
from data_contracts.extraits.libelles import NATURES_BAILLEUR, nommer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboards.filtres.delais import Referentiel
    from data_contracts.publication import PublishedRun

_DATES = ("Dossiers fermés depuis le", "Dossiers fermés jusqu'au")


def formulaire(run: PublishedRun, referentiel: Referentiel) -> Filtres:
    """Show the filters as the address says them, and return them."""
    lus = lire_adresse(st.query_params.to_dict(), referentiel)
    barre(run, requetes_delais.PORTEE, _DATES, FiltresPropres(lambda: _champs_propres(referentiel, lus.filtres), lus.ignores))
    return lus.filtres


def _champs_propres(referentiel: Referentiel, filtres: Filtres) -> None:
    champs = _champs(referentiel)
    champs.suivre({champ: getattr(filtres, champ) for champ in CHAMPS})
    etape, jours = st.columns([2, 1])
    champs.un(etape, "etape", "Étape", {code: f"{code} · {nom}" for code, nom in referentiel.etapes.items()})
    champs.un(jours, "jours", "Durées en", CHOIX_JOURS)
    service, nature = st.columns([2, 1])  # a row of its own: the keyboard goes as the eye does
    champs.plusieurs(service, "services", "Service", referentiel.services, "Tous les services")
    natures = {code: nommer(code, NATURES_BAILLEUR) for code in referentiel.natures}
    champs.plusieurs(nature, "natures", "Nature du bailleur", natures, "Toutes les natures")


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
    champs = Champs("delais", lambda: reecrire(NOMS, Filtres(**champs.tenus(CHAMPS)).adresse(referentiel)))
    return champs
