"""The filters of the page « Ce qui a changé », and the two runs it compares. The address says them; a field rewrites it."""

from __future__ import annotations

import streamlit as st

from dashboards import donnees
from dashboards.components.adresse import reecrire
from dashboards.components.barre import FiltresPropres, barre
from dashboards.components.champs import Champs
from dashboards.filtres.changements import (
    CHAMPS,
    CHOIX_CAUSE,
    CHOIX_CHAMP,
    CHOIX_NATURE,
    NOMS,
    Filtres,
    Referentiel,
    lire_adresse,
)
from dashboards.requetes import changements as requetes_changements
from data_contracts.extraits import formats
from data_contracts.publication import PublishedRun

_DATES = ("Convention signée depuis le", "Convention signée jusqu'au")
_AVANT = "Celle à laquelle elle a été comparée"
_APRES = "Celle que lit l'application"


def formulaire(run: PublishedRun) -> Filtres:
    """Show the filters as the address says them, and return them."""
    referentiel = requetes_changements.referentiel(run)
    lus = lire_adresse(st.query_params.to_dict(), referentiel)
    propres = FiltresPropres(lambda: _champs_propres(run, referentiel, lus.filtres), lus.ignores)
    barre(run, requetes_changements.PORTEE, _DATES, propres)
    return lus.filtres


def publication(run: PublishedRun) -> str:
    """Write which publication a run is: « du 30/11/2026 à 20 h 24, données au 30/11/2026 »."""
    return f"du {formats.instant(donnees.publiee_le(run))}, données au {formats.jour(donnees.date_reference(run))}"


def _champs_propres(run: PublishedRun, referentiel: Referentiel, filtres: Filtres) -> None:
    champs = Champs("changements", lambda: reecrire(NOMS, Filtres(**champs.tenus(CHAMPS)).adresse))
    champs.suivre({champ: getattr(filtres, champ) for champ in CHAMPS})
    nature, cause, champ = st.columns(3)
    champs.plusieurs(nature, "natures", "Nature du changement", CHOIX_NATURE, "Toutes les natures")
    champs.plusieurs(cause, "causes", "Cause", CHOIX_CAUSE, "Toutes les causes")
    champs.plusieurs(champ, "champs", "Champ de la convention", CHOIX_CHAMP, "Tous les champs")
    if len(referentiel.publications) > 1:
        _publications(run, champs, referentiel)


def _publications(run: PublishedRun, champs: Champs, referentiel: Referentiel) -> None:
    publications = {une: publication(run.voisine(run.home.published / une)) for une in referentiel.publications}
    avant, apres = st.columns(2)
    champs.un(avant, "avant", "Comparer la publication", {"": _AVANT} | publications)
    champs.un(apres, "apres", "À la publication", {"": _APRES} | publications)
