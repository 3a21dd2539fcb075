"""The quality score: how good the agreements kept are, how they spread, and where it is worst."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import streamlit as st

from dashboards import pages
from dashboards.components.adresse import ENSEMBLE
from dashboards.components.barres import Repartition, repartition
from dashboards.components.blocs import Chiffre, Renvoi, chiffres, equivalent, information, note
from dashboards.components.colonnes.liens import vers_l_ensemble
from dashboards.components.confiance import confiance
from dashboards.components.indicateur import definition
from dashboards.components.tableau import Colonne, entier, fichiers, tableau
from dashboards.fichiers import Table
from dashboards.requetes import ensembles
from dashboards.requetes import score as requetes_score
from dashboards.requetes.ensembles_qualite import BANDES, EN_DEFAUT, NOTEES, SANS_SCORE
from dashboards.requetes.score import PRIVES, SEUIL
from data_contracts.extraits import formats
from data_contracts.extraits.libelles import SOURCES, nommer

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from dashboards.donnees import Ligne
    from dashboards.filtres.communs import Communs
    from dashboards.requetes.ensembles import Ensemble
    from data_contracts.publication import PublishedRun

_SCORE = Colonne("score", "Score moyen", lambda valeur: formats.mesure(valeur, "%"), "nombre")
_MESURES = (
    _SCORE,
    entier("notees", "Conventions notées", "Conventions où un contrôle qui pèse s'applique."),
    entier("en_defaut", "Avec un défaut"),
    entier("poids_en_defaut", "Poids en défaut", "Poids des contrôles en défaut, en points."),
    entier("poids_applicable", "Poids applicable", "Poids des contrôles applicables, en points."),
    entier("conventions", "Conventions"),
)


def score(run: PublishedRun, filtres: Communs) -> None:
    """Show the score of the agreements that the filters keep, under the verdict on the whole run."""
    confiance(run)
    st.header("Score de qualité", anchor=False)
    mesures = requetes_score.ensemble(run, filtres)
    if not mesures["notees"]:
        information(_sans_note(mesures["conventions"]))
        definition(run, "Q-01")
        return
    bandes = ensembles.compter(run, filtres, (*BANDES, NOTEES, EN_DEFAUT))
    chiffres("score", _figures(mesures, bandes))
    definition(run, "Q-01")
    st.subheader("Répartition des scores", anchor=False)
    _distribution(bandes, mesures["conventions"])
    st.subheader("Par département", anchor=False)
    departements = [{**ligne, "libelle": _departement(ligne)} for ligne in requetes_score.par_departement(run, filtres)]
    colonnes = [Colonne("libelle", "Département"), Colonne("region", "Région"), *_MESURES]
    note("Les barres montrent les points perdus : 100 − score moyen. Plus une barre est longue, plus il y a à corriger.")
    _classement(departements, colonnes, "département", mesures)
    st.subheader("Par source", anchor=False)
    sources = [{**ligne, "libelle": nommer(ligne["code"], SOURCES)} for ligne in requetes_score.par_source(run, filtres)]
    _classement(sources, [Colonne("libelle", "Source"), *_MESURES], "source", mesures)
    st.subheader("Par bailleur", anchor=False)
    _bailleurs(run, filtres, mesures)


def _sans_note(conventions: int) -> str:
    if conventions:
        return (
            f"{formats.pluriel(conventions, 'convention')}, et aucune n'est notée : aucune règle qui pèse ne s'y applique. "
            "Lancer « parc run » si les règles ont changé depuis."
        )
    return "Aucune convention ne répond à ces filtres : en élargir un, ou importer des conventions (« parc import ecoloweb »)."


def _figures(mesures: Ligne, comptes: dict[str, int]) -> list[Chiffre]:
    notees = mesures["notees"]

    def lignes(ensemble: Ensemble) -> Renvoi:
        return Renvoi(pages.LIGNES, {ENSEMBLE: ensemble.code})

    def compte(ensemble: Ensemble, titre: str, suite: str) -> Chiffre:
        return Chiffre(
            titre, formats.nombre(comptes[ensemble.code]), ensemble.definition, ensemble.source, suite, lignes=lignes(ensemble)
        )

    return [
        Chiffre(
            "Score moyen",
            formats.mesure(mesures["score"], "%"),
            "Moyenne des scores des conventions (Q-01). Le score d'une convention vaut 100 × (1 − poids des contrôles en défaut / "
            "poids des contrôles applicables).",
            "fct_convention.score_qualite",
            f"sur {formats.pluriel(notees, 'convention notée', 'conventions notées')}",
            "Conventions où un contrôle qui pèse s'applique.",
            lignes(NOTEES),
        ),
        compte(EN_DEFAUT, "Avec un défaut", f"{formats.part(comptes[EN_DEFAUT.code], notees)} des conventions notées"),
        compte(SANS_SCORE, "Sans score", f"{formats.part(comptes[SANS_SCORE.code], mesures['conventions'])} des conventions"),
    ]


def _distribution(comptes: dict[str, int], conventions: int) -> None:
    lignes = [
        {
            "libelle": _borne(bande.titre),
            "conventions": comptes[bande.code],
            "part": formats.part(comptes[bande.code], conventions),
            "lignes": bande.code,
        }
        for bande in BANDES
    ]
    premiere = max(BANDES, key=lambda bande: comptes[bande.code])
    compte = comptes[premiere.code]
    phrase = (
        f"« {premiere.titre} » : {formats.pluriel(compte, 'convention')} sur {formats.nombre(conventions)} "
        f"({formats.part(compte, conventions)})."
    )
    colonnes = [
        Colonne("libelle", "Score"),
        entier("conventions", "Conventions"),
        Colonne("part", "Part", genre="nombre"),
        Colonne("lignes", "Lignes", vers_l_ensemble, est_lien=True),
    ]
    repartition(lignes, Repartition(colonnes, "Conventions par score de qualité", "score_repartition"), phrase)


def _borne(titre: str) -> str:
    """Return the title of a band, short enough to stand beside its bar: « 99 à moins de 100 % », « Sous 50 % »."""
    court = titre.removeprefix("Score de ").removeprefix("Score ")
    return f"{court[0].upper()}{court[1:]}"


def _classement(lignes: Sequence[Ligne], colonnes: Sequence[Colonne], quoi: str, mesures: Ligne) -> None:
    """Show a ranking, the worst first: those with too few agreements are in the table alone."""
    classees = _avec_points(ligne for ligne in lignes if ligne["notees"] >= SEUIL)
    legende, perdus = f"Points de score perdus par {quoi}", "Points perdus (100 − score moyen)"
    dessin = Repartition(colonnes, legende, f"score_par_{quoi}", "perdus", perdus, toutes=lignes)
    repartition(classees, dessin, _phrase(classees, quoi, mesures))
    if not classees and lignes:
        tableau(lignes, colonnes, legende, f"score_par_{quoi}")
    petites = sum(0 < ligne["notees"] < SEUIL for ligne in lignes)
    if petites and classees:
        note(f"{formats.pluriel(petites, quoi)} sous {SEUIL} conventions notées : dans le tableau, hors du classement.")


def _bailleurs(run: PublishedRun, filtres: Communs, mesures: Ligne) -> None:
    comptes = requetes_score.bailleurs(run, filtres)
    lignes = _avec_points(map(_nomme, requetes_score.par_bailleur(run, filtres)))
    phrase = _phrase(lignes, "bailleur", mesures, comptes["classes"])
    colonnes = [Colonne("libelle", "Bailleur", genre="texte"), *_MESURES, Colonne("code", "Identifiant", est_rare=True)]
    equivalent(phrase)
    if lignes:
        legende = f"Les {len(lignes)} bailleurs au score le plus bas" if len(lignes) < comptes["classes"] else "Score par bailleur"
        tableau(lignes, colonnes, legende)
        fichiers(Table(run, "Score de qualité par bailleur", colonnes, _Bailleurs(run, filtres)), "score_par_bailleur")
    reste = f"{formats.pluriel(comptes['ecartes'], 'bailleur')} sous {SEUIL} conventions notées, hors du classement. "
    note(f"{reste if comptes['ecartes'] else ''}Les bailleurs {PRIVES} sont comptés ensemble : personne n'y est nommé.")


@dataclass(frozen=True)
class _Bailleurs:
    """Every owner ranked, read when a file is asked for."""

    run: PublishedRun
    filtres: Communs

    def __iter__(self) -> Iterator[Ligne]:
        return map(_nomme, requetes_score.tous_les_bailleurs(self.run, self.filtres))


def _nomme(ligne: Ligne) -> Ligne:
    nom = PRIVES.capitalize() if ligne["code"] is None else ligne["nom"] or f"Bailleur sans nom ({ligne['code']})"
    return {**ligne, "libelle": nom}


def _avec_points(lignes: Iterable[Ligne]) -> list[Ligne]:
    return [{**ligne, "perdus": 100 - ligne["score"]} for ligne in lignes]


def _phrase(classees: Sequence[Ligne], quoi: str, mesures: Ligne, combien: int | None = None) -> str:
    """Say the worst, among how many, and the whole."""
    ensemble = f"l'ensemble est à {formats.mesure(mesures['score'], '%')}"
    if not classees:
        return f"Aucun classement : il faudrait {SEUIL} conventions notées par {quoi} ; {ensemble}."
    pire, nombre = classees[0], combien or len(classees)
    sien = (
        f"« {pire['libelle']} », {formats.mesure(pire['score'], '%')} sur "
        f"{formats.pluriel(pire['notees'], 'convention notée', 'conventions notées')}"
    )
    if nombre == 1:
        return f"{sien} ; {ensemble}."
    return f"Le plus bas : {sien}, parmi {formats.pluriel(nombre, quoi)} d'au moins {SEUIL} ; {ensemble}."


def _departement(ligne: Ligne) -> str:
    if ligne["code"] is None:
        return "Département inconnu"
    return f"{ligne['nom']} ({ligne['code']})" if ligne["nom"] else str(ligne["code"])
