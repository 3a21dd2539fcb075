"""Satisfaction: what landlords and services answer to surveys, each on its own scale, with what is too few to be said left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboards import donnees
from dashboards.components import satisfaction_reponses, satisfaction_scores
from dashboards.components.blocs import Chiffre, Renvoi, chiffres, enumeration, information, note, paragraphe, titre
from dashboards.components.commentaires import commentaires
from dashboards.components.filtres_satisfaction import formulaire
from dashboards.components.indicateur import definition
from dashboards.components.satisfaction_liste import reponses
from dashboards.filtres.satisfaction import LISTE, REPONSES
from dashboards.intervalles import MINIMUM
from dashboards.requetes import satisfaction as requetes_satisfaction
from data_contracts.extraits import formats

if TYPE_CHECKING:
    from dashboards.filtres.satisfaction import Filtres, Referentiel
    from data_contracts.publication import PublishedRun

_SURTITRE, _TITRE = "Satisfaction", "Ce que disent les bailleurs et les instructeurs"


def page(run: PublishedRun) -> None:
    """Show the answers that the filters of the address keep."""
    if not requetes_satisfaction.a_des_avis(run):
        titre(_SURTITRE, _TITRE)
        _rien()
        return
    titre(
        _SURTITRE,
        _TITRE,
        "Chaque enquête sur son échelle : deux échelles ne se moyennent jamais. "
        f"Sous {MINIMUM} réponses, aucun score n'est montré. L'adresse de la page garde les filtres.",
    )
    referentiel = requetes_satisfaction.referentiel(run)
    filtres = formulaire(run, referentiel)
    compte = requetes_satisfaction.ensemble(run, filtres)
    if not compte["reponses"]:
        information("Aucune réponse ne répond à ces filtres. En élargir un, ou les effacer.")
        return
    if st.query_params.get(LISTE) == REPONSES:
        reponses(run, filtres, compte["reponses"])
    else:
        _scores(run, filtres, referentiel)


def _rien() -> None:
    information("Aucune enquête de satisfaction n'est dans cette publication : la satisfaction ne peut pas être mesurée.")
    paragraphe("Pour l'ajouter, livrer une de ces sources, puis lancer « parc run » :")
    enumeration([
        "l'export CSV de Je donne mon avis : « parc import satisfaction EXPORT.csv » ;",
        "les réponses d'un questionnaire envoyé, un CSV et sa description YAML du même nom : « parc import satisfaction DOSSIER ».",
    ])  # fmt: skip
    note(
        "Les réponses aux questionnaires d'APiLos ne sont pas dans sa base : elles viennent du formulaire externe. Le guide "
        "d'exploitation décrit le fichier attendu."
    )


def _scores(run: PublishedRun, filtres: Filtres, referentiel: Referentiel) -> None:
    compte = requetes_satisfaction.ensemble(run, filtres)
    enquetes = requetes_satisfaction.par_enquete(run, filtres)
    suite = f"à {formats.pluriel(compte['enquetes'], 'enquête')}"
    if compte["premiere"]:
        suite += f", du {formats.jour(compte['premiere'])} au {formats.jour(compte['derniere'])}"
    figures = [
        Chiffre(
            "Réponses",
            formats.nombre(compte["reponses"]),
            "Réponses retenues, notées ou non.",
            "fct_avis",
            suite,
            lignes=Renvoi(None, filtres.adresse | {LISTE: REPONSES}, "Voir les réponses"),
        ),
        Chiffre(
            "Avec un commentaire",
            formats.nombre(compte["commentaires"]),
            "Réponses dont le commentaire n'est pas vide (S-06).",
            "fct_avis.verbatim",
            f"{formats.part(compte['commentaires'], compte['reponses'])} des réponses",
        ),
    ]
    chiffres("reponses", figures if run.perimetre.donnees_personnelles else figures[:1])
    if compte["sans_date"]:
        note(f"{formats.pluriel(compte['sans_date'], 'réponse')} sans date : hors des évolutions.")
    st.header("Enquête par enquête", anchor=False)
    satisfaction_scores.par_enquete(enquetes)
    definition(run, "S-02", "S-03", "S-04")
    st.header("Part de satisfaits", anchor=False)
    satisfaction_scores.part_de_satisfaits(enquetes, requetes_satisfaction.par_public(run, filtres))
    definition(run, "S-01")
    st.header("Au fil du temps", anchor=False)
    satisfaction_scores.au_fil_du_temps(run, filtres)
    st.header("Combien répondent", anchor=False)
    satisfaction_reponses.volume(run, filtres)
    satisfaction_reponses.taux_de_reponse(run, filtres)
    definition(run, "S-05")
    if not run.perimetre.donnees_personnelles:
        st.header("Commentaires", anchor=False)
        note("Les commentaires, et ce dont ils parlent, sont réservés à qui voit les données personnelles.")
        return
    st.header("De quoi parlent les commentaires", anchor=False)
    satisfaction_reponses.themes(run, filtres, compte["commentaires"])
    definition(run, "S-06")
    st.header("Commentaires", anchor=False)
    commentaires(run, filtres, referentiel)


page(donnees.lue())
