"""What lies ahead of the parc in force today, its terms and its tacit renewals, and what left it, year by year."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboards import donnees, pages
from dashboards.components.adresse import ENSEMBLE, vers
from dashboards.components.barres import Repartition, repartition
from dashboards.components.blocs import equivalent, note
from dashboards.components.colonnes.liens import vers_les_lignes
from dashboards.components.parc import CODES, MESUREES, VOIR, avec_liens, mesuree
from dashboards.components.tableau import Colonne, entier
from dashboards.filtres.parc import CONVENTIONS, FOYERS, LOGEMENTS, MESURES
from dashboards.requetes import parc as requetes_parc
from dashboards.requetes import sorties as requetes_sorties
from dashboards.requetes.axes_parc import HORIZON
from dashboards.requetes.ensembles_etat import AXE, VALEUR, sorties
from data_contracts.extraits import formats

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboards.components.parc import Vue
    from dashboards.donnees import Ligne

_SORTIES_MONTREES = 20


def falaise(vue: Vue) -> None:
    """Show the terms of the coming years, and beside them, apart, the tacit renewals of those whose term is past."""
    reference = donnees.date_reference(vue.run)
    echeances = requetes_parc.falaise(vue.run, vue.filtres)
    equivalent(
        "Un terme n'est pas une sortie : sans dénonciation, la convention se reconduit tacitement, par périodes de trois ans. Les "
        "deux graphiques ne s'ajoutent donc pas en une prévision de sorties."
    )
    note(
        f"Toujours à partir de la date de référence, le {formats.jour(reference)}, quel que soit le jour choisi plus haut : une "
        "échéance se lit d'aujourd'hui."
    )
    premiere, derniere = reference.year, reference.year + HORIZON
    gauche, droite = st.columns([3, 2], gap="large")
    with gauche:
        st.subheader("Termes à venir", anchor=False)
        annees = _completees(echeances["terme"], range(premiere, derniere + 1))
        _annees(vue, "terme", annees, f"dont le terme tombe de {premiere} à {derniere}")
    with droite:
        st.subheader("Échéances tacites", anchor=False)
        annees = sorted(echeances["tacite"], key=lambda ligne: ligne["code"])
        _annees(vue, "tacite", annees, "dont le terme est passé, déjà reconduits, selon leur prochaine échéance")
    for echue in echeances["echue"]:
        note(
            f"À part encore, terme passé sans reconduction possible : {mesuree(echue[CONVENTIONS], CONVENTIONS)}, "
            f"{mesuree(echue[LOGEMENTS], LOGEMENTS)}, {mesuree(echue[FOYERS], FOYERS)}."
        )
        vers(pages.LIGNES, "Voir ces conventions", {ENSEMBLE: CODES[CONVENTIONS], AXE: "echue", VALEUR: echue["code"]})


def _completees(lignes: Sequence[Ligne], annees: range) -> list[Ligne]:
    """Return one row a year: a year without a term is a hole in the cliff, not a missing bar."""
    connues = {ligne["code"]: ligne for ligne in lignes}
    rien = dict.fromkeys(requetes_parc.COMPTES, 0)
    return [connues.get(str(annee), {"code": str(annee), **rien}) for annee in annees]


def _annees(vue: Vue, axe: str, lignes: Sequence[Ligne], quoi: str) -> None:
    mesure = vue.mesure
    nommees = [{**ligne, "libelle": ligne["code"]} for ligne in lignes]
    rangees = avec_liens(vue, axe, nommees, donnees.date_reference(vue.run))
    total = sum(ligne[mesure] for ligne in rangees)
    dit = f"{mesuree(total, mesure).capitalize()} {quoi}"
    if total:
        pic = max(rangees, key=lambda ligne: ligne[mesure])
        dit += f" ; le plus en {pic['libelle']} ({formats.nombre(pic[mesure])})"
    montrees = rangees if total else []
    colonnes = [Colonne("libelle", "Année"), *MESUREES, VOIR]
    legende = f"{MESURES[mesure]} {quoi}, par année"
    repartition(
        montrees,
        Repartition(colonnes, legende, f"parc_{axe}", champ=mesure, compte=MESURES[mesure], montrees=len(montrees)),
        f"{dit}.",
    )


def sortis(vue: Vue) -> None:
    """Show the agreements terminated or denounced, by year."""
    mesure = vue.mesure
    lignes = [_sortie(ligne) for ligne in requetes_sorties.par_annee(vue.run, vue.filtres.communs)]
    total = sum(ligne[mesure] for ligne in lignes)
    if mesure == CONVENTIONS:
        dit = formats.pluriel(total, "convention dénoncée ou résiliée", "conventions dénoncées ou résiliées")
        legende = "Conventions dénoncées ou résiliées, par année"
    else:
        dit = f"{mesuree(total, mesure)} de conventions dénoncées ou résiliées"
        legende = f"{MESURES[mesure]} des conventions dénoncées ou résiliées, par année"
    sans = sum(ligne[mesure] for ligne in lignes if ligne["annee"] is None)
    if sans:
        dit += f", dont {formats.nombre(sans)} sans date connue, au tableau seulement"
    colonnes = [
        Colonne("libelle", "Année"),
        entier("conventions", "Conventions"),
        entier("resiliees", "Dont résiliées"),
        entier("denoncees", "Dont dénoncées"),
        entier("logements", "Logements ordinaires"),
        entier("foyers", "Logements de foyers"),
        VOIR,
    ]
    quoi = Repartition(
        colonnes,
        legende,
        "parc_sorties",
        champ=mesure,
        compte=MESURES[mesure],
        montrees=_SORTIES_MONTREES,
        toutes=lignes,
    )
    repartition([ligne for ligne in reversed(lignes) if ligne["annee"] and ligne[mesure]], quoi, f"{dit}.")
    note(
        "Les logements sont ceux de la dernière période de la convention. Les filtres choisissent ici des conventions entières, "
        "par leur commune et leur propriétaire principaux."
    )


def _sortie(ligne: Ligne) -> Ligne:
    ensemble = sorties(ligne["annee"])
    libelle = "Sans date" if ligne["annee"] is None else str(ligne["annee"])
    return {**ligne, "libelle": libelle, "voir": vers_les_lignes({ENSEMBLE: ensemble.code, **ensemble.adresse}, libelle)}
