"""Who uses APiLos: owners and offices active (A-01, A-02), and where a first validation was made (A-03)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import streamlit as st

from dashboards import donnees, pages
from dashboards.components.adresse import ENSEMBLE
from dashboards.components.blocs import Chiffre, Renvoi, chiffres, equivalent
from dashboards.components.colonnes.adoption import DEPARTEMENTS
from dashboards.components.courbes import Axes, lignes_du_temps
from dashboards.components.graphique import montrer
from dashboards.components.tableau import Colonne, entier, tableau
from dashboards.periodes import nommer_periode
from dashboards.requetes import adoption as requetes_adoption
from dashboards.requetes import ensembles_adoption
from data_contracts.extraits import formats

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboards.donnees import Ligne
    from dashboards.filtres.communs import Communs
    from dashboards.requetes.ensembles import Ensemble
    from data_contracts.publication import PublishedRun

_SERIES = {"bailleurs": "Bailleurs actifs", "services": "Services actifs"}
_COUVERTS = "Départements couverts"
_NOMMES = 15
"""Départements that a sentence names; the table has them all."""


def _figure(ensemble: Ensemble, compte: int, suite: str = "") -> Chiffre:
    return Chiffre(
        ensemble.titre,
        formats.nombre(compte),
        ensemble.definition,
        ensemble.source,
        suite,
        lignes=Renvoi(pages.LIGNES, {ENSEMBLE: ensemble.code}),
    )


def activite(run: PublishedRun, filtres: Communs) -> None:
    """Show the owners and offices active in the last 90 and 365 days, then month after month."""
    compte = requetes_adoption.actifs(run, filtres)
    reference = formats.jour(donnees.date_reference(run))
    equivalent(
        f"Dans l'année qui précède le {reference}, {formats.pluriel(compte['bailleurs_365'], 'bailleur')} "
        f"{'a' if compte['bailleurs_365'] <= 1 else 'ont'} soumis un dossier et "
        f"{formats.pluriel(compte['services_365'], 'service')} {'en a' if compte['services_365'] <= 1 else 'en ont'} instruit ; "
        f"dans les 90 derniers jours, {formats.nombre(compte['bailleurs_90'])} et {formats.nombre(compte['services_90'])}."
    )
    chiffres("actifs", [
        _figure(ensembles_adoption.BAILLEURS_90, compte["bailleurs_90"], formats.pluriel(compte["soumissions_90"], "soumission")),
        _figure(
            ensembles_adoption.BAILLEURS_365,
            compte["bailleurs_365"],
            _part(filtres, compte["bailleurs_365"], compte["bailleurs_avec_compte"], "bailleurs qui ont un compte"),
        ),
        _figure(
            ensembles_adoption.SERVICES_90,
            compte["services_90"],
            formats.pluriel(compte["instructions_90"], "validation ou correction", "validations ou corrections"),
        ),
        _figure(
            ensembles_adoption.SERVICES_365,
            compte["services_365"],
            _part(filtres, compte["services_365"], compte["services_avec_compte"], "services qui ont un compte"),
        ),
    ])  # fmt: skip
    _au_fil_des_mois(requetes_adoption.par_mois(run, filtres))


def _part(filtres: Communs, compte: int, total: int, de_quoi: str) -> str:
    """Write a share of those who have an account, which no territory tells."""
    return "" if filtres.territoires or not total else f"{formats.part(compte, total)} des {formats.nombre(total)} {de_quoi}"


def _au_fil_des_mois(lignes: Sequence[Ligne]) -> None:
    legende = "Bailleurs et services actifs, mois par mois"
    st.subheader("Mois par mois", anchor=False)
    if not lignes:
        equivalent("Aucun dossier né dans APiLos n'a été soumis ni instruit dans ces mois.")
        return
    nommees = [{**ligne, "libelle": nommer_periode(ligne["mois"], "mois")} for ligne in lignes]
    pic = max(nommees, key=lambda ligne: ligne["bailleurs"])
    derniere = nommees[-1]
    dit = (
        f"Le mois le plus actif est {pic['libelle']} : {formats.pluriel(pic['bailleurs'], 'bailleur')} et "
        f"{formats.pluriel(pic['services'], 'service')} ; le dernier connu, {derniere['libelle']} : "
        f"{formats.pluriel(derniere['bailleurs'], 'bailleur')} et {formats.pluriel(derniere['services'], 'service')}."
    )
    equivalent(dit)
    points = [
        {
            "jour": ligne["mois"].isoformat(),
            "serie": serie,
            "valeur": ligne[champ],
            "texte": f"{serie}, {ligne['libelle']} : {formats.nombre(ligne[champ])}",
        }
        for ligne in nommees
        for champ, serie in _SERIES.items()
    ]
    graphique = lignes_du_temps(points, Axes("", "Actifs dans le mois"), list(_SERIES.values()))
    montrer(graphique, f"{legende}. {dit}")
    with st.expander("Voir le tableau", key="tableau_activite"):
        montrees = [
            Colonne("libelle", "Mois", genre="serre"),
            entier("bailleurs", "Bailleurs actifs", "Ont soumis un dossier dans le mois."),
            entier("services", "Services actifs", "Ont validé un dossier ou demandé une correction dans le mois."),
            entier("soumissions", "Soumissions", "Passages de projet ou de correction en instruction."),
            entier("validations", "Validations", "Mises à la signature."),
        ]
        tableau(nommees, montrees, legende, "adoption_par_mois")


def couverture(run: PublishedRun, filtres: Communs) -> None:
    """Show the départements where something was validated, since when, and those where nothing was."""
    lignes = requetes_adoption.departements(run, filtres)
    manquants = [ligne for ligne in lignes if ligne["premiere_validation"] is None]
    couverts = [ligne for ligne in lignes if ligne["premiere_validation"] is not None]
    equivalent(_phrase_couverture(len(couverts), manquants))
    chiffres("couverture", [
        _figure(
            ensembles_adoption.COUVERTS,
            len(couverts),
            f"{formats.part(len(couverts), len(lignes))} de {formats.pluriel(len(lignes), 'département')}",
        ),
        _figure(ensembles_adoption.NON_COUVERTS, len(manquants)),
    ])  # fmt: skip
    legende = "Départements couverts au fil du temps, depuis leur première validation"
    debuts = _dans_les_bornes(couverts, filtres)
    if debuts:
        premier, dernier = couverts[0], couverts[-1]
        dit = (
            f"Le premier département couvert l'est depuis le {formats.jour(premier['premiere_validation'])} "
            f"({premier['nom_departement']}), le dernier depuis le {formats.jour(dernier['premiere_validation'])} "
            f"({dernier['nom_departement']})."
        )
        equivalent(dit)
        graphique = lignes_du_temps(debuts, Axes("", _COUVERTS), [_COUVERTS])
        montrer(graphique, f"{legende}. {dit}")
    with st.expander("Voir le tableau", key="tableau_couverture"):
        tableau(lignes, DEPARTEMENTS, "Départements et leur première validation, les non couverts d'abord", "adoption_departements")


def _dans_les_bornes(couverts: Sequence[Ligne], filtres: Communs) -> list[Ligne]:
    """Return the points of how many départements are covered, in order of time, between the days of the filters."""
    debut, fin = filtres.depuis or date.min, filtres.jusqua or date.max
    return [
        {
            "jour": ligne["premiere_validation"].isoformat(),
            "serie": _COUVERTS,
            "valeur": rang,
            "texte": f"{ligne['nom_departement']}, le {formats.jour(ligne['premiere_validation'])} : "
            f"{formats.pluriel(rang, 'département couvert', 'départements couverts')}",
        }
        for rang, ligne in enumerate(couverts, start=1)
        if debut <= ligne["premiere_validation"] <= fin
    ]


def _phrase_couverture(couverts: int, manquants: Sequence[Ligne]) -> str:
    total = couverts + len(manquants)
    dit = f"{formats.pluriel(couverts, 'département couvert', 'départements couverts')} sur {formats.nombre(total)}."
    if not manquants:
        return dit
    noms = ", ".join(f"{ligne['nom_departement']} ({ligne['code_departement']})" for ligne in manquants[:_NOMMES])
    reste = len(manquants) - _NOMMES
    return f"{dit} Sans validation à ce jour : {noms}{f' et {reste} autres' if reste > 0 else ''}."
