"""Parc conventionné: what is in force on a day, where, for whom and with which financing; what lies ahead, and what has left."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboards import donnees
from dashboards.components.blocs import equivalent, information, titre
from dashboards.components.filtres_parc import formulaire
from dashboards.components.indicateur import definition
from dashboards.components.parc import Vue, figures, passe
from dashboards.components.parc_echeances import falaise, sortis
from dashboards.components.parc_repartitions import a_qui, de_quoi
from dashboards.components.parc_territoires import par_territoire
from dashboards.requetes import parc as requetes_parc
from data_contracts.extraits import formats

if TYPE_CHECKING:
    from data_contracts.publication import PublishedRun

_SURTITRE, _TITRE = "Parc conventionné", "Le parc en vigueur, à la date choisie"


def page(run: PublishedRun) -> None:
    """Show the parc in force on the day that the address names, or at the reference date."""
    if not requetes_parc.donne_le_passe(run):
        titre(_SURTITRE, _TITRE)
        information(
            "Cette publication vient d'une version qui ne disait pas encore quand chaque période met sa convention en vigueur : en "
            "construire une avec « parc run »."
        )
        return
    titre(
        _SURTITRE,
        _TITRE,
        "Conventions et logements en vigueur, par territoire, financement, bailleur et nature de logement. L'adresse de la page "
        "garde les filtres : elle s'envoie telle quelle.",
    )
    if not requetes_parc.a_des_conventions(run):
        information(
            "Cette publication n'a aucune convention. Importer une livraison (« parc import ecoloweb » ou « parc import apilos »), "
            "puis lancer « parc run »."
        )
        return
    filtres = formulaire(run)
    vue = Vue(run, filtres, requetes_parc.etat(run, filtres))
    st.header(f"En vigueur au {formats.jour(vue.au)}", anchor=False)
    if vue.etat.social["conventions"] or vue.etat.anah["conventions"]:
        _etat(vue)
    else:
        equivalent(f"Aucune convention n'est en vigueur au {formats.jour(vue.au)} avec ces filtres.")
        passe(run, filtres)
    st.header("Échéances", anchor=False)
    falaise(vue)
    definition(run, "P-06")
    st.header("Dénonciations et résiliations", anchor=False)
    sortis(vue)
    definition(run, "P-07")


def _etat(vue: Vue) -> None:
    figures(vue)
    passe(vue.run, vue.filtres)
    definition(vue.run, "P-01", "P-02")
    st.header("Où est le parc", anchor=False)
    par_territoire(vue)
    definition(vue.run, "P-04")
    st.header("De quoi il est fait", anchor=False)
    de_quoi(vue)
    definition(vue.run, "P-03")
    st.header("À qui il est", anchor=False)
    a_qui(vue)
    definition(vue.run, "P-05")


page(donnees.lue())
