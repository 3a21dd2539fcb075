"""How long the files took that were closed: key figures, evolution, distribution, break-down."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboards.components.barres import Repartition, repartition
from dashboards.components.blocs import Chiffre, Renvoi, chiffres, equivalent, information, note
from dashboards.components.courbes import Axes, colonnes, lignes_du_temps
from dashboards.components.filtres_delais import choisir_l_axe, choisir_le_pas
from dashboards.components.graphique import montrer
from dashboards.components.tableau import Colonne, entier, tableau
from dashboards.filtres.delais import CHOIX_AXE, FERMES, LISTE, OUVERTS, OUVRES
from dashboards.periodes import NOMS, nommer_periode
from dashboards.requetes import delais as requetes_delais
from dashboards.requetes.delais import TENDANCE
from data_contracts.extraits import formats
from data_contracts.extraits.libelles import FAMILLES, NATURES_BAILLEUR, TYPES_AVENANT, nommer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboards.donnees import Ligne
    from dashboards.filtres.delais import Filtres, Referentiel
    from dashboards.periodes import Periode
    from data_contracts.publication import PublishedRun

_SERIES = {"mediane": "Médiane", "p75": "75e centile", "p90": "90e centile"}
_SANS_VALEUR = "Non renseigné"


def unite(filtres: Filtres) -> str:
    """Return the unit of the durations shown."""
    return "jours ouvrés" if filtres.jours == OUVRES else "jours"


def jours(valeur: float | None) -> str:
    """Write a duration in days, to the half day."""
    return formats.nombre(valeur, 1)


def duree(titre: str, champ: str) -> Colonne:
    """Return a column of durations."""
    return Colonne(champ, titre, jours, "nombre")


def figures(compte: Ligne, filtres: Filtres, referentiel: Referentiel, quand: Periode) -> None:
    """Show the percentiles of the files closed, how many they are, and how many are still open."""
    source = f"fct_delai.{requetes_delais.duree(filtres)}"
    suite = f"{unite(filtres)}, fermés {quand.en_mots}"
    ages = f"la moitié depuis {jours(compte['age_median'])} {unite(filtres)} ou plus" if compte["ouverts"] else ""
    fermes, ouverts = (
        Renvoi(None, filtres.adresse(referentiel) | {LISTE: liste}, "Voir les dossiers") for liste in (FERMES, OUVERTS)
    )
    chiffres("delais", [
        Chiffre(
            "Médiane",
            jours(compte["mediane"]),
            "La moitié des dossiers fermés dans la période ont passé ce temps dans l'étape, ou moins.",
            source,
            suite,
            lignes=fermes,
        ),
        Chiffre(
            "75e centile",
            jours(compte["p75"]),
            "Trois dossiers fermés sur quatre ont passé ce temps dans l'étape, ou moins.",
            source,
            suite,
            lignes=fermes,
        ),
        Chiffre(
            "90e centile",
            jours(compte["p90"]),
            "Neuf dossiers fermés sur dix ont passé ce temps dans l'étape, ou moins.",
            source,
            suite,
            lignes=fermes,
        ),
        Chiffre(
            "Dossiers fermés",
            formats.nombre(compte["fermes"]),
            "Dossiers sortis de l'étape dans la période : ceux dont les trois durées sont tirées.",
            "fct_delai.date_fin",
            quand.en_mots,
            lignes=fermes,
        ),
        Chiffre(
            "Encore dans l'étape",
            formats.nombre(compte["ouverts"]),
            "Dossiers entrés dans l'étape qui n'en sont pas sortis à la date de référence. Ils n'ont pas de durée, mais un âge.",
            "fct_delai.est_censure",
            ages,
            lignes=ouverts,
        ),
    ])  # fmt: skip


def phrase(compte: Ligne, filtres: Filtres, quand: Periode) -> str:
    """Return the sentence that says the key figures."""
    fermes = compte["fermes"]
    if not fermes:
        return f"Aucun dossier n'a été fermé {quand.en_mots} avec ces filtres."
    quoi = "Le seul dossier fermé" if fermes == 1 else f"Sur {formats.nombre(fermes)} dossiers fermés"
    if fermes == 1:
        return f"{quoi} {quand.en_mots} a passé {jours(compte['mediane'])} {unite(filtres)} dans l'étape."
    return (
        f"{quoi} {quand.en_mots}, la moitié ont passé {jours(compte['mediane'])} {unite(filtres)} ou moins dans l'étape, "
        f"les trois quarts {jours(compte['p75'])} ou moins, neuf sur dix {jours(compte['p90'])} ou moins."
    )


def evolution(run: PublishedRun, filtres: Filtres, referentiel: Referentiel) -> None:
    """Show the percentiles of the files closed, period after period."""
    choisir_le_pas(referentiel)
    pas = requetes_delais.pas_retenu(run, filtres)
    lignes = [{**ligne, "libelle": nommer_periode(ligne["debut"], pas)} for ligne in requetes_delais.evolution(run, filtres, pas)]
    if not lignes:
        equivalent("Aucun dossier n'a été fermé avec ces filtres.")
        return
    parlantes = [ligne for ligne in lignes if ligne["fermes"] >= TENDANCE]
    dit = _phrase_evolution(parlantes, filtres, pas)
    equivalent(dit)
    legende = f"Durée des dossiers fermés, par {NOMS[pas]} de fermeture"
    if parlantes:
        axes = Axes("", unite(filtres).capitalize())
        montrer(lignes_du_temps(_points(lignes, filtres), axes, list(_SERIES.values())), f"{legende}. {dit}")
    tues = len(lignes) - len(parlantes)
    if tues and parlantes:
        note(
            f"Sous {TENDANCE} dossiers, une médiane ne dit rien d'une tendance : le graphique laisse de côté "
            f"{formats.pluriel(tues, 'période')} sur {formats.nombre(len(lignes))} ; le tableau les a toutes."
        )
    with st.expander("Voir le tableau", key="tableau_evolution"):
        tableau(lignes, [Colonne("libelle", "Fermés en", genre="serre"), *_centiles()], legende, "delais_par_periode")


def distribution(run: PublishedRun, filtres: Filtres, quand: Periode) -> None:
    """Show how the durations of the files closed spread."""
    unites = unite(filtres)
    lignes = [{**ligne, "libelle": _classe(ligne)} for ligne in requetes_delais.distribution(run, filtres, quand)]
    if not lignes:
        equivalent(f"Aucun dossier n'a été fermé {quand.en_mots} avec ces filtres.")
        return
    total = sum(ligne["dossiers"] for ligne in lignes)
    premiere = max(lignes, key=lambda ligne: ligne["dossiers"])
    dit = (
        f"La classe la plus nombreuse va de {_classe(premiere)} {unites} : {formats.pluriel(premiere['dossiers'], 'dossier')} "
        f"sur {formats.nombre(total)} ({formats.part(premiere['dossiers'], total)})."
        if premiere["fin"] is not None
        else f"La classe la plus nombreuse est celle des plus longs, {_classe(premiere)} {unites} : "
        f"{formats.pluriel(premiere['dossiers'], 'dossier')} sur {formats.nombre(total)}."
    )
    equivalent(dit)
    legende = f"Durées des dossiers fermés {quand.en_mots}"
    classes = [
        {
            "libelle": ligne["libelle"],
            "compte": ligne["dossiers"],
            "ecrit": formats.nombre(ligne["dossiers"]),
            "texte": f"{ligne['libelle']} {unites} : {formats.pluriel(ligne['dossiers'], 'dossier')}",
        }
        for ligne in lignes
    ]
    montrer(colonnes(classes, Axes(unites.capitalize(), "Dossiers", angle=-45)), f"{legende}. {dit}")
    with st.expander("Voir le tableau", key="tableau_distribution"):
        parts = [{**ligne, "part": formats.part(ligne["dossiers"], total)} for ligne in lignes]
        montrees = [
            Colonne("libelle", unites.capitalize(), genre="serre"),
            entier("dossiers", "Dossiers"),
            Colonne("part", "Part", genre="nombre"),
        ]
        tableau(parts, montrees, legende, "delais_distribution")


def ventilation(run: PublishedRun, filtres: Filtres, referentiel: Referentiel, quand: Periode) -> None:
    """Show the files by value of the axis that the reader chose."""
    choisir_l_axe(referentiel, filtres.etape)
    lignes = [
        {**ligne, "libelle": _nom(ligne["modalite"], filtres.axe, referentiel)}
        for ligne in requetes_delais.ventilation(run, filtres, quand)
    ]
    if not lignes:
        equivalent("Aucun dossier ne répond à ces filtres.")
        return
    nom = CHOIX_AXE[filtres.axe]
    parlantes = [ligne for ligne in lignes if ligne["fermes"] >= TENDANCE]
    legende = f"Durée médiane des dossiers fermés {quand.en_mots}, par {nom[0].lower()}{nom[1:]}"
    montrees = [
        Colonne("libelle", nom, genre="texte"),
        *_centiles(),
        entier("ouverts", "Encore dans l'étape"),
        duree("Âge médian", "age_median"),
    ]
    if parlantes:
        quoi = Repartition(
            montrees, legende, "delais_ventiles", "mediane", f"Médiane ({unite(filtres)})", decimales=1, toutes=lignes
        )
        repartition(parlantes, quoi, _phrase_ventilation(parlantes, filtres))
    else:
        equivalent(f"Aucune ligne du tableau n'a {TENDANCE} dossiers fermés {quand.en_mots} : aucune médiane n'y dit de tendance.")
        with st.expander("Voir le tableau", key="tableau_delais_ventiles"):
            tableau(lignes, montrees, legende, "delais_ventiles")
    if filtres.axe in {"financement", "type"}:
        quoi_plusieurs = "Un dossier de plusieurs financements" if filtres.axe == "financement" else "Un avenant de plusieurs types"
        note(f"{quoi_plusieurs} compte dans chacun.")
    if 0 < len(parlantes) < len(lignes):
        note(
            f"Le graphique ne montre que les lignes d'au moins {TENDANCE} dossiers fermés ({formats.nombre(len(parlantes))} sur "
            f"{formats.nombre(len(lignes))}) ; le tableau les a toutes."
        )


def aucun(run: PublishedRun, filtres: Filtres) -> None:
    """Say why there is nothing to show: no file is counted in the stage, or none answers the filters."""
    if filtres.est_restreint:
        information("Aucun dossier ne répond à ces filtres. En élargir un, ou les effacer.")
        return
    mesures = requetes_delais.hors_suivi(run, filtres.etape)["mesures"]
    information(
        "Aucun dossier de cette étape n'entre dans les indicateurs : la fin de la page dit ce qui a été mesuré et laissé de côté."
        if mesures
        else "Aucun dossier n'a été mesuré dans cette étape : la fin de la page dit pourquoi."
    )


def _centiles() -> list[Colonne]:
    return [entier("fermes", "Dossiers fermés"), *(duree(titre, champ) for champ, titre in _SERIES.items())]


def _classe(ligne: Ligne) -> str:
    debut = formats.nombre(ligne["debut"])
    if ligne["fin"] is None:
        return f"{debut} et plus"
    return debut if ligne["fin"] == ligne["debut"] else f"{debut} à {formats.nombre(ligne['fin'])}"


def _points(lignes: Sequence[Ligne], filtres: Filtres) -> list[Ligne]:
    return [
        {
            # a moment without zone: Vega would read a bare date as UTC and show the day before it west of Greenwich
            "jour": f"{ligne['debut']}T00:00:00",
            "serie": serie,
            "valeur": float(ligne[champ]) if ligne["fermes"] >= TENDANCE else None,
            "texte": (
                f"{ligne['libelle']} · {serie} : {jours(ligne[champ])} {unite(filtres)} "
                f"({formats.pluriel(ligne['fermes'], 'dossier')})"
            ),
        }
        for champ, serie in _SERIES.items()
        for ligne in lignes
    ]


def _phrase_evolution(parlantes: Sequence[Ligne], filtres: Filtres, pas: str) -> str:
    """Say the last period, and the one before it."""
    if not parlantes:
        return f"Aucune période n'a {TENDANCE} dossiers fermés ou plus, par {NOMS[pas]}."
    *autres, derniere = parlantes
    dit = f"{derniere['libelle'].capitalize()} : médiane de {jours(derniere['mediane'])} {unite(filtres)}"
    dit += f", neuf dossiers sur dix en {jours(derniere['p90'])} ou moins ({formats.pluriel(derniere['fermes'], 'dossier')})"
    if not autres:
        return f"{dit}."
    avant = autres[-1]
    return f"{dit} ; {avant['libelle']} : médiane de {jours(avant['mediane'])} ({formats.pluriel(avant['fermes'], 'dossier')})."


def _phrase_ventilation(parlantes: Sequence[Ligne], filtres: Filtres) -> str:
    """Say the slowest value and the fastest one."""
    lente, rapide = parlantes[0], parlantes[-1]
    effectif = formats.pluriel(lente["fermes"], "dossier")
    dit = f"« {lente['libelle']} » : médiane de {jours(lente['mediane'])} {unite(filtres)} sur {effectif}"
    if len(parlantes) == 1:
        return f"{dit}."
    return (
        f"Le plus long, {dit} ; le plus court, « {rapide['libelle']} » : {jours(rapide['mediane'])} sur "
        f"{formats.pluriel(rapide['fermes'], 'dossier')}."
    )


def _nom(code: str | None, axe: str, referentiel: Referentiel) -> str:
    match axe:
        case "departement":
            return f"{referentiel.departements.get(code, code)} ({code})" if code else _SANS_VALEUR
        case "region":
            return nommer(code, referentiel.regions, _SANS_VALEUR)
        case "service":
            return nommer(code, referentiel.services, _SANS_VALEUR)
        case "financement":
            return nommer(code, FAMILLES, _SANS_VALEUR)
        case "nature":
            return nommer(code, NATURES_BAILLEUR, _SANS_VALEUR)
        case _:
            return nommer(code, TYPES_AVENANT, _SANS_VALEUR).capitalize()
