"""What the data can be used for: one state a use and source, the demand that decides it, and where it does not hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboards.components.adresse import lien
from dashboards.components.blocs import equivalent, information, note
from dashboards.components.onglets import VUE
from dashboards.components.tableau import Colonne, entier, tableau
from dashboards.components.tableau_rapport import etiquette_etat, tableau_rapport
from dashboards.requetes import reception as requetes_reception
from dashboards.requetes.territoires import territoires
from data_contracts.extraits import formats
from data_contracts.rapport import usages as rapport
from data_contracts.usage_contract import UsageState

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboards.donnees import Ligne
    from dashboards.filtres.communs import Communs
    from data_contracts.publication import PublishedRun

_PIRES_D_ABORD = list(reversed(UsageState))


def usages(run: PublishedRun, filtres: Communs) -> None:
    """Show the uses of the sources kept, for the whole of them or département by département where some are chosen."""
    st.header("Utilisable pour quoi ?", anchor=False)
    lignes = requetes_reception.gardees(rapport.lire(requetes_reception.lecture(run)), filtres)
    if filtres.territoires:
        codes = set(territoires(run).codes_departement(filtres.territoires))
        _des_departements([ligne for ligne in lignes if ligne["code_departement"] in codes])
    else:
        _des_sources(lignes)
    lien("Voir la complétude des champs", "voir_completude", {VUE: "completude"}, ":material/arrow_forward:")


def _des_sources(lignes: Sequence[Ligne]) -> None:
    section = rapport.section(lignes)
    matrice, reserves, departements = section.tableaux
    equivalent(section.phrases[0])
    note(section.phrases[1])
    if not lignes:
        information("Importer une livraison (« parc import SOURCE CHEMIN »), puis lancer « parc run ».")
        return
    tableau_rapport(matrice, "usages")
    tableau_rapport(reserves, "usages_limites")
    with st.expander("L'exigence qui décide de chaque usage"):
        _exigences(rapport.ensembles(lignes), "Exigence qui décide de chaque usage", "usages_exigences")
    st.subheader("Par département", anchor=False)
    tableau_rapport(departements, "usages_departements")
    note("Choisir un territoire dans les filtres en donne l'état, usage par usage.")


def _des_departements(lignes: Sequence[Ligne]) -> None:
    if not lignes:
        equivalent("Aucun usage ne se juge dans ce territoire : aucune donnée n'y est attendue.")
        return
    bons = sum(ligne["etat"] == UsageState.UTILISABLE for ligne in lignes)
    equivalent(
        f"{formats.pluriel(bons, 'usage')} sur {formats.nombre(len(lignes))} sans réserve ; un usage compte une fois par source et "
        "par département."
    )
    note("La plus mauvaise des exigences d'un usage décide : un champ trop souvent vide suffit.")
    classees = sorted(lignes, key=lambda ligne: (_PIRES_D_ABORD.index(UsageState(ligne["etat"])), ligne["rang_usage"]))
    _exigences(classees, "Usages du territoire, ceux qui ne tiennent pas d'abord", "usages_territoire")


def _exigences(lignes: Sequence[Ligne], legende: str, fichier: str) -> None:
    mots = {etat.mots: etat for etat in rapport.ETATS.values()}
    ecrites = [{**ligne, "etat_dit": ligne["etat_dit"].mots} for ligne in lignes]
    tableau(
        ecrites,
        [
            Colonne("titre", "Usage", genre="texte"),
            Colonne("source_dite", "Source"),
            Colonne("departement", "Département"),
            Colonne("etat_dit", "État", lambda dit: etiquette_etat(mots[dit]), "serre"),
            Colonne("exigence", "Exigence qui décide", genre="texte"),
            Colonne(
                "taux_pct", "Atteint", lambda taux: formats.mesure(taux, "%"), "nombre", "Part de ce qu'elle attend qui est là."
            ),
            Colonne("utilisable_pct", "Tient dès", lambda seuil: formats.mesure(seuil, "%"), "nombre"),
            Colonne("precaution_pct", "Avec précaution dès", lambda seuil: formats.mesure(seuil, "%"), "nombre"),
            entier("nb_renseignes", "Présentes"),
            entier("nb_applicables", "Attendues"),
            entier("nb_tenues", "Exigences tenues"),
            entier("nb_exigences", "Exigences"),
            Colonne("question", "Question", genre="long"),
        ],
        legende,
        fichier,
    )
