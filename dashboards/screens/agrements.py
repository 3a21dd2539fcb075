"""Agréments sans convention: what was agreed and has no agreement, how long it waits, who has to act, and what is to be checked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboards import donnees, pages
from dashboards.components import agrements, agrements_repartitions
from dashboards.components.adresse import vers
from dashboards.components.agrements_delais import delais
from dashboards.components.blocs import enumeration, information, note, paragraphe, titre
from dashboards.components.ensemble import lister
from dashboards.components.filtres_agrements import choisir_la_liste, formulaire
from dashboards.components.indicateur import definition
from dashboards.filtres.agrements import RAPPROCHES, SANS, TOUS, VERIFIER
from dashboards.filtres.cas import REGLE, SEVERITE
from dashboards.filtres.cas import TOUS as TOUTES_SEVERITES
from dashboards.requetes import agrements as requetes_agrements
from dashboards.requetes import ensembles_agrements

if TYPE_CHECKING:
    from dashboards.filtres.agrements import Filtres
    from dashboards.requetes.ensembles import Ensemble
    from data_contracts.publication import PublishedRun

_SURTITRE, _TITRE = "Agréments sans convention", "Les opérations agréées qui attendent leur convention"
_NOTES = {
    SANS: "Les plus anciens d'abord. « Ouvrir » mène à la convention à regarder : celle qui ressemble à l'agrément, ou celle, "
    "annulée, qui porte son numéro.",
    VERIFIER: "Rien n'est lié d'office quand deux conventions se valent, ou quand le financement diffère : ouvrir la fiche, "
    "comparer, puis faire inscrire le numéro d'opération dans la convention. Le lien se fait au « parc run » suivant.",
    RAPPROCHES: "Les plus sûrs d'abord : un lien par le numéro, puis les ressemblances. Une convention annulée reste liée par son "
    "numéro.",
}


def page(run: PublishedRun) -> None:
    """Show the agréments that the filters of the address keep."""
    titre(
        _SURTITRE,
        _TITRE,
        "Chaque opération et chaque aide qui doit être conventionnée et ne l'est pas, ce qui lui ressemble, et le temps passé. "
        "L'adresse de la page garde les filtres : elle s'envoie telle quelle.",
    )
    sources = requetes_agrements.sources(run)
    if not sources["agrements"]:
        _sans_agrement()
        return
    if not sources["sources_de_conventions"]:
        information(
            "Cette publication a des agréments et aucune source de conventions : rien ne dit lesquels ont la leur. Importer une "
            "livraison d'Ecoloweb ou d'APiLos (« parc import ecoloweb SAUVEGARDE »), puis lancer « parc run »."
        )
        return
    if sources["habilitation"]:
        note(f"L'extraction du SIAP ne montre que ce que son habilitation permet de voir : {sources['habilitation']}.")
    filtres = formulaire(run)
    if not requetes_agrements.recus(run, filtres.communs)["comptes"]:
        information(
            "Aucun agrément à conventionner ne répond à ces filtres. En élargir un, ou les effacer. Les agréments viennent du SIAP "
            "et de SISAL : les autres sources n'en donnent pas."
        )
        agrements.denominateur(run, filtres.communs)
        return
    _agrements(run, filtres)


def _sans_agrement() -> None:
    information("Aucun agrément n'est dans cette publication : rien ne dit quelles opérations attendent leur convention.")
    paragraphe("Pour en ajouter, livrer une de ces sources, puis lancer « parc run » :")
    enumeration([
        "les opérations du SIAP, par son API ou par le dossier de ses réponses : « parc import siap https://serveur » ;",
        "le Rapport 1 de l'infocentre SISAL, en CSV ou en XLSX : « parc import sisal EXPORT.csv ».",
    ])  # fmt: skip


def _agrements(run: PublishedRun, filtres: Filtres) -> None:
    agrements.figures(run, filtres.communs)
    agrements.denominateur(run, filtres.communs)
    definition(run, "A-08")
    st.header("Où en sont les opérations sans convention", anchor=False)
    agrements.par_avancement(run, filtres.communs)
    vers(pages.CAS, "Voir les cas « Agrément et convention »", {REGLE: "AGR", SEVERITE: TOUTES_SEVERITES})
    st.header("Liste", anchor=False)
    _liste(run, filtres)
    st.header("Par année d'agrément", anchor=False)
    agrements_repartitions.par_annee(run, filtres.communs)
    st.header("Depuis combien de temps", anchor=False)
    agrements_repartitions.par_age(run, filtres.communs)
    st.header("Où, quelle aide, quel bailleur", anchor=False)
    agrements_repartitions.repartitions(run, filtres.communs)
    st.header("De l'agrément à la convention signée", anchor=False)
    delais(run, filtres.communs)
    definition(run, "T-12")


def _liste(run: PublishedRun, filtres: Filtres) -> None:
    choisir_la_liste(filtres)
    note(_NOTES[filtres.vue])
    lister(run, filtres.communs, _ensemble(filtres), filtres.adresse)


def _ensemble(filtres: Filtres) -> Ensemble:
    if filtres.vue == VERIFIER:
        return ensembles_agrements.PROPOSITIONS
    if filtres.vue == RAPPROCHES:
        return ensembles_agrements.RAPPROCHEMENTS
    if filtres.avancement == TOUS:
        return ensembles_agrements.SANS_CONVENTION
    return ensembles_agrements.PAR_AVANCEMENT[filtres.avancement]


page(donnees.lue())
