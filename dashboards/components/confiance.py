"""Can this publication be trusted? The verdict of the quality report, in the page, and the line of it that the first page shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboards import pages
from dashboards.components.adresse import vers
from dashboards.components.blocs import enumeration, equivalent, paragraphe
from dashboards.components.controles import phrase
from dashboards.components.tableau_rapport import etiquette_etat
from dashboards.requetes import reception as requetes_reception
from data_contracts.extraits import formats
from data_contracts.rapport import rapport, reception, reconciliation, usages, verdict

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboards.donnees import Ligne
    from data_contracts.publication import PublishedRun


def confiance(run: PublishedRun) -> None:
    """Show the verdict of the quality report, why, what it limits, and what to do next."""
    lecture = requetes_reception.lecture(run)
    situation = rapport.situation(
        lecture,
        usages.lire(lecture),
        reception.lire_fraicheur(lecture),
        reconciliation.lire_tables(lecture),
        reception.lire_derives(lecture),
        None,
    )
    juge = verdict.juger(situation)
    pourquoi, limites, _ = juge.phrases
    st.html(f'<p class="verdict">Peut-on se fier à cette publication ? {etiquette_etat(juge.etat)}</p>')
    equivalent(pourquoi)
    paragraphe(limites)
    with st.expander("Que faire maintenant"):
        enumeration(verdict.suites(situation))


def ligne_de_confiance(run: PublishedRun) -> None:
    """Show in one line how many checks passed and how old the oldest source is, and lead to the rest."""
    ages = reception.lire_fraicheur(requetes_reception.lecture(run))
    equivalent(f"{phrase(requetes_reception.controles(run))} {_la_plus_ancienne(ages)}")
    vers(pages.QUALITE, "Voir la qualité des données")


def _la_plus_ancienne(ages: Sequence[Ligne]) -> str:
    """Say which source is the oldest by what its contract allows."""
    livrees = [ligne for ligne in ages if ligne["age"] is not None]
    if not livrees:
        return "Aucune source n'est livrée."
    ancienne = max(livrees, key=lambda ligne: (ligne["age"] / ligne["permis"], ligne["age"]))
    return (
        f"Source la plus proche de sa limite : {ancienne['source_dite']}, reçue le {formats.jour(ancienne['recue'])}, "
        f"soit {formats.pluriel(ancienne['age'], 'jour')} pour {formats.nombre(ancienne['permis'])} permis."
    )
