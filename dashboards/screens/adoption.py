"""Adoption: who uses APiLos, where, how far each office goes, what comes and goes, and what is signed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboards import donnees
from dashboards.components import adoption_activite, adoption_conventions, adoption_services
from dashboards.components.barre import barre
from dashboards.components.blocs import information, note, paragraphe, titre
from dashboards.components.indicateur import definition
from dashboards.requetes import adoption as requetes_adoption
from dashboards.requetes.ensembles_adoption import PORTEE
from data_contracts.extraits import formats

if TYPE_CHECKING:
    from dashboards.filtres.communs import Communs
    from data_contracts.publication import PublishedRun

_DATES = ("Évolutions depuis le", "Évolutions jusqu'au")


def page(run: PublishedRun) -> None:
    """Show what the territory and the dates of the address keep."""
    titre(
        "Adoption",
        "Qui se sert d'APiLos, et jusqu'où",
        "Bailleurs et services actifs, départements couverts, chemin de chaque service, retours en correction, part "
        "dématérialisée. L'adresse de la page garde les filtres.",
    )
    filtres = barre(run, PORTEE, _DATES)
    if requetes_adoption.est_livre(run):
        note(
            "Les dates bornent ce qui est dit au fil du temps : activité mois par mois, premières validations, années de "
            f"signature. Le reste est un état au {formats.jour(donnees.date_reference(run))}."
        )
        _apilos(run, filtres)
    else:
        _sans_apilos()
    st.header("Conventions par année de signature", anchor=False)
    adoption_conventions.signatures(run, filtres)
    definition(run, "A-07")


def _sans_apilos() -> None:
    information(
        "Cette publication n'a lu aucune livraison d'APiLos : ni l'activité, ni les comptes, ni la part dématérialisée ne peuvent "
        "être mesurés."
    )
    paragraphe(
        "Pour les ajouter : « parc import apilos SAUVEGARDE », puis « parc run ». Une sauvegarde de la base donne tout ; l'export "
        "JSON des conventions, lui, n'a ni comptes ni historique. Ecoloweb suffit à ce qui suit."
    )


def _apilos(run: PublishedRun, filtres: Communs) -> None:
    st.header("Qui est actif", anchor=False)
    adoption_activite.activite(run, filtres)
    definition(run, "A-01", "A-02")
    st.header("Départements couverts", anchor=False)
    adoption_activite.couverture(run, filtres)
    definition(run, "A-03")
    st.header("Jusqu'où va chaque service", anchor=False)
    adoption_services.entonnoir(run, filtres)
    definition(run, "A-04")
    st.header("Comptes jamais connectés", anchor=False)
    adoption_services.jamais_connectes(run, filtres)
    definition(run, "A-05")
    st.header("Allers-retours", anchor=False)
    adoption_services.frottements(run, filtres)
    definition(run, "S-08")
    st.header("Part dématérialisée", anchor=False)
    adoption_conventions.dematerialisation(run, filtres)
    definition(run, "A-06")


page(donnees.lue())
