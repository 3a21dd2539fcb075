"""How long the files opened in a year stay in the stage, those still there included: Kaplan–Meier curves and medians."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboards.components.blocs import equivalent, note
from dashboards.components.courbes import LIGNES_MAX, Axes, marches
from dashboards.components.delais_fermes import jours, unite
from dashboards.components.filtres_delais import choisir_les_ouvertures
from dashboards.components.graphique import montrer
from dashboards.components.tableau import Colonne, entier, tableau
from dashboards.requetes import survie as requetes_survie
from dashboards.requetes.delais import TENDANCE
from data_contracts.extraits import formats

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboards.donnees import Ligne
    from dashboards.filtres.delais import Filtres, Referentiel
    from data_contracts.publication import PublishedRun

_PAR_DEFAUT = 3
"""Years drawn when the reader chose none."""
_REPERES = (30, 60, 90, 180, 365, 730)
"""Days at which the table gives the share still in the stage."""
_POUR_CENT = "format(datum.value, '.0f') + '\u00a0%'"
_NON_ATTEINTE = "non atteinte"


def ouverture(run: PublishedRun, filtres: Filtres, referentiel: Referentiel) -> None:
    """Show the curves of the years of opening, their medians and the intervals of these."""
    cohortes = requetes_survie.cohortes(run, filtres)
    parlantes = [ligne for ligne in cohortes if ligne["dossiers"] >= TENDANCE]
    par_defaut = [ligne["annee"] for ligne in parlantes[:_PAR_DEFAUT]]
    choisir_les_ouvertures(referentiel, [ligne["annee"] for ligne in cohortes], f"Les {_PAR_DEFAUT} dernières")
    demandees = [int(annee) for annee in filtres.ouvertures] or par_defaut
    dessinees = sorted({ligne["annee"] for ligne in parlantes} & set(demandees), reverse=True)[:LIGNES_MAX]
    dit = _phrase([ligne for ligne in cohortes if ligne["annee"] in dessinees], filtres)
    equivalent(dit)
    courbes = requetes_survie.courbes(run, filtres, dessinees)
    if courbes:
        legende = "Part des dossiers encore dans l'étape, selon le temps passé depuis leur entrée"
        axes = Axes(f"{unite(filtres).capitalize()} depuis l'entrée", "Encore dans l'étape", y_max=100, format_y=_POUR_CENT)
        noms = [str(annee) for annee in dessinees]
        graphique = marches(_points(courbes, filtres), axes, noms, "Ouverts en", 50)
        montrer(graphique, f"{legende}. {dit}")
        note(
            "Courbes de Kaplan–Meier : chacune descend quand des dossiers sortent de l'étape, et croise le trait pointillé à la "
            "médiane. Un dossier encore ouvert compte pour le temps qu'il a déjà passé : l'oublier raccourcirait la durée."
        )
    _tues(filtres, demandees, dessinees)
    with st.expander("Voir le tableau", key="tableau_ouverture"):
        lignes = [{**ligne, "intervalle": _intervalle(ligne)} for ligne in cohortes]
        tableau(lignes, _colonnes(filtres), "Dossiers par année d'ouverture, médiane de Kaplan–Meier", "delais_par_ouverture")
        if courbes:
            _reperes(courbes, dessinees, filtres)


def _tues(filtres: Filtres, demandees: Sequence[int], dessinees: Sequence[int]) -> None:
    tues = sorted(set(demandees) - set(dessinees))
    if filtres.ouvertures and tues:
        note(
            f"Sans courbe, faute de {TENDANCE} dossiers ouverts dans l'année ou de place pour plus de {LIGNES_MAX} courbes : "
            f"{', '.join(map(str, tues))}."
        )


def _serie(annee: int) -> str:
    return f"Ouverts en {annee}"


def _points(courbes: Sequence[Ligne], filtres: Filtres) -> list[Ligne]:
    """Return the points of the curves, in per cent, each starting at 100 % on the first day."""
    departs = [
        {"x": 0, "serie": str(annee), "valeur": 100.0, "texte": f"{_serie(annee)} : tous dans l'étape à l'entrée"}
        for annee in dict.fromkeys(ligne["annee"] for ligne in courbes)
    ]
    return departs + [
        {
            "x": ligne["duree"],
            "serie": str(ligne["annee"]),
            "valeur": 100 * ligne["reste"],
            "texte": _dit(ligne, filtres),
        }
        for ligne in courbes
    ]


def _dit(ligne: Ligne, filtres: Filtres) -> str:
    apres = f"{jours(ligne['duree'])} {unite(filtres)}"
    return f"{_serie(ligne['annee'])} : {_part(ligne['reste'])} encore dans l'étape après {apres}"


def _part(reste: float | None) -> str:
    return formats.VIDE if reste is None else formats.mesure(100 * reste, "%", 0)


def _mediane(valeur: float | None) -> str:
    return _NON_ATTEINTE if valeur is None else jours(valeur)


def _intervalle(ligne: Ligne) -> str:
    if ligne["borne_basse"] is None:
        return formats.VIDE
    basse = jours(ligne["borne_basse"])
    return f"dès {basse}, sans borne haute" if ligne["borne_haute"] is None else f"{basse} à {jours(ligne['borne_haute'])}"


def _colonnes(filtres: Filtres) -> list[Colonne]:
    return [
        Colonne("annee", "Ouverts en", str, "serre"),
        entier("dossiers", "Dossiers"),
        entier("fermes", "Dont fermés depuis"),
        Colonne("mediane", f"Médiane ({unite(filtres)})", _mediane, "nombre"),
        Colonne("intervalle", "Intervalle à 95\u00a0%", genre="nombre"),
    ]


def _reperes(courbes: Sequence[Ligne], annees: Sequence[int], filtres: Filtres) -> None:
    """Show the share still in the stage after round numbers of days; nothing past the oldest file of the year."""
    lignes = []
    for annee in annees:
        points = [ligne for ligne in courbes if ligne["annee"] == annee]
        plus_long = points[-1]["duree"]
        epuisee = points[-1]["reste"] == 0
        parts = {
            f"j{repere}": next((p["reste"] for p in reversed(points) if p["duree"] <= repere), 1.0)
            if repere <= plus_long or epuisee
            else None
            for repere in _REPERES
        }
        lignes.append({"annee": annee, **parts})
    colonnes = [
        Colonne("annee", "Ouverts en", str, "serre"),
        *(Colonne(f"j{repere}", f"{formats.nombre(repere)} j", _part, "nombre") for repere in _REPERES),
    ]
    tableau(lignes, colonnes, f"Part encore dans l'étape après tant de {unite(filtres)}", "delais_courbes")


def _phrase(cohortes: Sequence[Ligne], filtres: Filtres) -> str:
    """Say the median of each year drawn, and its interval."""
    if not cohortes:
        return f"Aucune année n'a {TENDANCE} dossiers ouverts ou plus."
    return " ".join(_phrase_d_une(ligne, filtres) for ligne in cohortes[:_PAR_DEFAUT])


def _phrase_d_une(ligne: Ligne, filtres: Filtres) -> str:
    tete = f"Ouverts en {ligne['annee']} ({formats.pluriel(ligne['dossiers'], 'dossier')})"
    if ligne["mediane"] is None:
        return f"{tete} : moins de la moitié sont sortis de l'étape, la médiane n'est pas atteinte."
    bornes = (
        f"de {jours(ligne['borne_basse'])} à {jours(ligne['borne_haute'])}"
        if ligne["borne_haute"] is not None
        else f"à partir de {jours(ligne['borne_basse'])}, sans borne haute"
    )
    return f"{tete} : la moitié en sortent en {jours(ligne['mediane'])} {unite(filtres)} (intervalle à 95\u00a0% : {bornes})."
