"""The filters of the page « Parc conventionné »: a day and what is counted, beside the shared ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboards import donnees
from dashboards.components.adresse import reecrire
from dashboards.components.barre import FiltresPropres, barre
from dashboards.components.blocs import attention
from dashboards.components.champs import Champs
from dashboards.filtres.adresse import PREMIER_JOUR
from dashboards.filtres.parc import CHAMPS, MESURES, NOMS, Filtres, lire_adresse
from dashboards.requetes import communs as requetes_communs
from dashboards.requetes.parc import PORTEE
from data_contracts.extraits import formats

if TYPE_CHECKING:
    from datetime import date

    from data_contracts.publication import PublishedRun


def formulaire(run: PublishedRun) -> Filtres:
    """Show the filters as the address says them, and return them."""
    reference = donnees.date_reference(run)
    lus = lire_adresse(st.query_params.to_dict(), requetes_communs.connus(run), reference)
    barre(run, PORTEE, propres=FiltresPropres(lambda: _champs_propres(lus.filtres, reference), lus.ignores))
    if lus.a_venir:
        attention(
            f"Le {formats.jour(lus.a_venir)} est à venir pour ces données : aucune source n'en connaît l'état. La page montre "
            f"celui du {formats.jour(reference)}, leur date de référence."
        )
    return lus.filtres


def _champs_propres(filtres: Filtres, reference: date) -> None:
    champs = Champs("parc", lambda: reecrire(NOMS, _saisis(champs, reference).adresse))
    champs.suivre({"au": filtres.au or reference, "mesure": filtres.mesure})
    jour, mesure, _ = st.columns(3)
    champs.jour(jour, "au", "En vigueur au", (PREMIER_JOUR, reference))
    champs.un(mesure, "mesure", "Compter en", MESURES)


def _saisis(champs: Champs, reference: date) -> Filtres:
    tenus = champs.tenus(CHAMPS)
    return Filtres(au=None if tenus["au"] == reference else tenus["au"], mesure=tenus["mesure"])
