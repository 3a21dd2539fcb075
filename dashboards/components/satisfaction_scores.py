"""What the surveys say, one by one: share satisfied with its interval, notes, recommendation, clarity; then period by period."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboards.components import notes
from dashboards.components.blocs import Chiffre, chiffres, equivalent, note
from dashboards.components.courbes import Axes, intervalles, valeurs_du_temps
from dashboards.components.filtres_satisfaction import choisir_le_pas
from dashboards.components.graphique import montrer
from dashboards.components.tableau import Colonne, entier, sans_markdown, tableau
from dashboards.intervalles import MINIMUM, wilson
from dashboards.periodes import NOMS, nommer_periode
from dashboards.requetes import satisfaction as requetes_satisfaction
from data_contracts.extraits import formats

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboards.donnees import Ligne
    from dashboards.filtres.satisfaction import Filtres
    from data_contracts.publication import PublishedRun

ENQUETES_MONTREES = 6
"""Surveys shown one by one; the tables hold them all."""
_POUR_CENT = "format(datum.value, '.0f') + '\u00a0%'"
_POINTS = "(datum.value > 0 ? '+' : '') + format(datum.value, '.0f')"


def par_enquete(lignes: Sequence[Ligne]) -> None:
    """Show the figures of each survey, and the table of all of them."""
    for rang, ligne in enumerate(lignes[:ENQUETES_MONTREES]):
        st.subheader(sans_markdown(ligne["enquete"]), anchor=False)
        note(notes.presentation(ligne))
        figures = _figures(ligne)
        if figures:
            chiffres(f"enquete_{rang}", figures)
        else:
            equivalent("Cette échelle n'a ni seuil de satisfaction ni question de recommandation : aucun score n'en est tiré.")
    if len(lignes) > ENQUETES_MONTREES:
        note(f"{ENQUETES_MONTREES} enquêtes sur {formats.nombre(len(lignes))}, les plus répondues ; le tableau les a toutes.")
    with st.expander("Voir le tableau", key="tableau_enquetes"):
        tableau(
            [_en_ligne(ligne) for ligne in lignes],
            _COLONNES,
            "Scores par enquête, chacune sur son échelle",
            "satisfaction_par_enquete",
        )


def part_de_satisfaits(enquetes: Sequence[Ligne], publics: Sequence[Ligne]) -> None:
    """Show the share satisfied with its interval, by survey and by public on one same scale."""
    lignes = [
        *({"libelle": ligne["enquete"], "genre": "Enquête", **_part(ligne)} for ligne in enquetes if ligne["avec_seuil"]),
        *({"libelle": _public(ligne), "genre": "Public", **_part(ligne)} for ligne in publics),
    ]
    if not lignes:
        equivalent("Aucune enquête retenue n'a d'échelle où l'on sait qui est satisfait (Je donne mon avis, ou de 1 à 5).")
        return
    montrees = [ligne for ligne in lignes if ligne["part"]]
    dit = _phrase_parts([ligne for ligne in montrees if ligne["genre"] == "Enquête"])
    equivalent(dit)
    if montrees:
        rangs = [
            {
                "libelle": f"{ligne['genre']} : {ligne['libelle']}",
                "valeur": ligne["part"].valeur,
                "bas": ligne["part"].bas,
                "haut": ligne["part"].haut,
                "nom": f"{ligne['libelle']} : {notes.part(ligne['part'])}",
                "texte": f"{ligne['libelle']} : {notes.part(ligne['part'])} ({notes.intervalle(ligne['part'])})",
            }
            for ligne in montrees
        ]
        graphique = intervalles(rangs, Axes("Part de satisfaits", "", format_y=_POUR_CENT), (0, 100))
        montrer(graphique, f"Part de satisfaits et intervalle à 95\u00a0%. {dit}")
        note(
            "Le point est la part mesurée ; le trait, l'intervalle où la part réelle est dix-neuf fois sur vingt. Deux traits "
            "qui se recouvrent largement ne disent pas de différence."
        )
    tues = [ligne["libelle"] for ligne in lignes if not ligne["part"]]
    if tues:
        note(f"Sous {MINIMUM} réponses, la part n'est pas montrée : {', '.join(tues)}.")
    with st.expander("Voir le tableau", key="tableau_parts"):
        colonnes = [
            Colonne("libelle", "Enquête ou public", genre="texte"),
            Colonne("genre", "Genre", genre="serre"),
            entier("avec_seuil", "Réponses"),
            Colonne("part", "Part de satisfaits", notes.part, "nombre"),
            Colonne("intervalle", "Intervalle à 95\u00a0%", genre="nombre"),
        ]
        tableau(lignes, colonnes, "Part de satisfaits, par enquête et par public sur une même échelle", "satisfaction_parts")


def au_fil_du_temps(run: PublishedRun, filtres: Filtres) -> None:
    """Show the score of each survey, period after period."""
    choisir_le_pas()
    pas = requetes_satisfaction.pas_retenu(run, filtres)
    lignes = [
        {**ligne, "libelle": nommer_periode(ligne["debut"], pas), **_part(ligne), "nps": notes.nps(ligne)}
        for ligne in requetes_satisfaction.par_periode(run, filtres, pas)
    ]
    if not lignes:
        equivalent("Aucune réponse retenue n'est datée.")
        return
    par_echelle: dict[tuple[str, int, int], list[Ligne]] = {}
    for ligne in lignes:
        par_echelle.setdefault((ligne["enquete_id"], ligne["echelle_min"], ligne["echelle_max"]), []).append(ligne)
    for siennes in list(par_echelle.values())[:ENQUETES_MONTREES]:
        st.subheader(sans_markdown(siennes[0]["enquete"]), anchor=False)
        _une_enquete(siennes, pas)
    with st.expander("Voir le tableau", key="tableau_periodes"):
        montrees = [_en_ligne(ligne) | {"libelle": ligne["libelle"]} for ligne in lignes]
        colonnes = [Colonne("libelle", "Période", genre="serre"), *_COLONNES_DE_SCORE]
        tableau(montrees, colonnes, f"Scores par enquête et par {NOMS[pas]}", "satisfaction_par_periode")


def _une_enquete(lignes: Sequence[Ligne], pas: str) -> None:
    est_nps = not any(ligne["avec_seuil"] for ligne in lignes)
    if est_nps and not any(ligne["recommandations"] for ligne in lignes):
        equivalent("Cette échelle n'a pas de score à suivre.")
        return
    champ = "nps" if est_nps else "part"
    montrees = [ligne for ligne in lignes if ligne[champ] is not None]
    tues = len(lignes) - len(montrees)
    if tues:
        note(
            f"{formats.pluriel(tues, 'période')} sur {formats.nombre(len(lignes))}, par {NOMS[pas]}, "
            f"{'a' if tues == 1 else 'ont'} moins de {MINIMUM} réponses : le score n'en est pas montré."
        )
    if not montrees:
        return
    ecrire = notes.points if est_nps else notes.part
    derniere = montrees[-1]
    dit = f"{derniere['libelle'].capitalize()} : {ecrire(derniere[champ])}"
    dit += f" ({formats.pluriel(derniere['recommandations' if est_nps else 'avec_seuil'], 'réponse')})"
    dit += f" ; {montrees[-2]['libelle']} : {ecrire(montrees[-2][champ])}." if len(montrees) > 1 else "."
    equivalent(dit)
    points = [
        {
            "jour": f"{ligne['debut']}T00:00:00",
            "valeur": ligne["nps"] if est_nps else ligne["part"].valeur,
            "bas": None if est_nps else ligne["part"].bas,
            "haut": None if est_nps else ligne["part"].haut,
            "texte": f"{ligne['libelle']} : {ecrire(ligne[champ])}" + ("" if est_nps else f" ({notes.intervalle(ligne['part'])})"),
        }
        for ligne in montrees
    ]
    axes = Axes("", "Recommandation nette", -100, 100, _POINTS) if est_nps else Axes("", "Part de satisfaits", 0, 100, _POUR_CENT)
    montrer(valeurs_du_temps(points, axes), f"{axes.y}, par {NOMS[pas]}. {dit}")


def _figures(ligne: Ligne) -> list[Chiffre]:
    figures = []
    if ligne["avec_seuil"]:
        part = wilson(ligne["satisfaits"], ligne["avec_seuil"])
        suite = f"de {notes.intervalle(part)} (intervalle à 95\u00a0%)" if part else ""
        figures.append(
            Chiffre(
                "Part de satisfaits",
                _valeur(notes.part(part)),
                "Réponses « Très bien » à Je donne mon avis, ou de 4 et plus sur une échelle de 1 à 5 (S-01).",
                "fct_avis.est_satisfait",
                _suite(suite, ligne["avec_seuil"]),
            )
        )
    if ligne["notes"]:
        note_moyenne = notes.moyenne(ligne["note"], ligne["notes"], 10)
        suite = notes.couleur(ligne["note"]) if ligne["notes"] >= MINIMUM else ""
        figures.append(
            Chiffre(
                "Note de Je donne mon avis",
                _valeur(note_moyenne),
                "« Pas bien » vaut 0, « Moyen » 5, « Très bien » 10 (S-02). Verte dès 8, orange dès 5, rouge en dessous.",
                "fct_avis.note_10",
                _suite(suite, ligne["notes"]),
            )
        )
    if ligne["recommandations"]:
        score = notes.nps(ligne)
        suite = (
            f"{formats.pluriel(ligne['promoteurs'], 'promoteur')}, {formats.pluriel(ligne['detracteurs'], 'détracteur')}"
            if score is not None
            else ""
        )
        figures.append(
            Chiffre(
                "Recommandation nette (NPS)",
                _valeur(notes.points(score)),
                "Part des notes 9 et 10 moins part des notes 0 à 6, sur une question de 0 à 10 (S-03).",
                "fct_avis.recommandation",
                _suite(suite, ligne["recommandations"]),
            )
        )
    if ligne["clartes"]:
        figures.append(
            Chiffre(
                "Clarté",
                _valeur(notes.moyenne(ligne["clarte"], ligne["clartes"], 5)),
                "Moyenne de la question sur la clarté des informations, de 1 (pas clair du tout) à 5 (très clair) (S-04).",
                "fct_avis.clarte",
                _suite("", ligne["clartes"]),
            )
        )
    return figures


def _valeur(ecrite: str) -> str:
    return "Masqué" if ecrite == notes.MASQUE else ecrite


def _suite(suite: str, reponses: int) -> str:
    compte = notes.MASQUE if reponses < MINIMUM else formats.pluriel(reponses, "réponse")
    return f"{suite}, {compte}" if suite else compte


def _part(ligne: Ligne) -> Ligne:
    part = wilson(ligne["satisfaits"], ligne["avec_seuil"])
    return {"avec_seuil": ligne["avec_seuil"], "part": part, "intervalle": notes.intervalle(part)}


def _public(ligne: Ligne) -> str:
    return f"{notes.nommer_public(ligne['public'])}, {notes.echelle(ligne)}"


def _phrase_parts(lignes: Sequence[Ligne]) -> str:
    if not lignes:
        return f"Aucune enquête n'a {MINIMUM} réponses : aucune part n'est montrée."
    dits = [
        f"« {ligne['libelle']} » : {notes.part(ligne['part'])} de satisfaits (de {ligne['intervalle']})" for ligne in lignes[:3]
    ]
    return f"{' ; '.join(dits)}."


def _en_ligne(ligne: Ligne) -> Ligne:
    """Return what the tables show of a survey, too few answers masked, what it does not ask left out."""
    part = wilson(ligne["satisfaits"], ligne["avec_seuil"])
    return {
        **ligne,
        "part": notes.part(part) if ligne["avec_seuil"] else notes.SANS_OBJET,
        "intervalle": notes.intervalle(part),
        "note": notes.moyenne(ligne["note"], ligne["notes"], 10) if ligne["notes"] else notes.SANS_OBJET,
        "nps": notes.points(notes.nps(ligne)) if ligne["recommandations"] else notes.SANS_OBJET,
        "clarte": notes.moyenne(ligne["clarte"], ligne["clartes"], 5) if ligne["clartes"] else notes.SANS_OBJET,
    }


_COLONNES_DE_SCORE = (
    Colonne("enquete", "Enquête", genre="texte"),
    entier("reponses", "Réponses"),
    Colonne("part", "Part de satisfaits", genre="nombre"),
    Colonne("intervalle", "Intervalle à 95\u00a0%", genre="nombre"),
    Colonne("note", "Note JDMA", genre="nombre"),
    Colonne("nps", "NPS", genre="nombre"),
    Colonne("clarte", "Clarté", genre="nombre"),
)
_COLONNES = (
    *_COLONNES_DE_SCORE,
    Colonne("public", "Public", notes.nommer_public, "serre"),
    Colonne("premiere", "Première réponse", genre="serre"),
    Colonne("derniere", "Dernière réponse", genre="serre"),
)
