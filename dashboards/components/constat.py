"""One finding, whole: what was seen, the evidence, the law, what to do, and the way back to the source row."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboards import decisions, pages
from dashboards.components.adresse import CONVENTION, REGLE, vers
from dashboards.components.blocs import (
    enumeration,
    equivalent,
    etiquette_constat,
    etiquette_severite,
    etiquettes,
    information,
    note,
    paires,
    paragraphe,
    titre,
)
from dashboards.components.decider import decider, etiquette_depuis
from dashboards.components.liste_cas import lieu, nom_de_l_objet
from dashboards.components.tableau import Colonne, tableau
from dashboards.requetes import convention as requetes_convention
from data_contracts.delivery import LINE_COLUMN
from data_contracts.extraits import formats, preuve
from data_contracts.extraits.libelles import DECISIONS, OBJETS, SOURCES, nommer
from data_contracts.source_rows import delivery_behind, source_rows, tables_behind

if TYPE_CHECKING:
    from dashboards.donnees import Ligne
    from data_contracts.publication import PublishedRun

_PREUVES = (Colonne("libelle", "Donnée", genre="texte"), Colonne("valeur", "Valeur", genre="texte"))
_SEUILS = (
    Colonne("libelle", "Seuil", genre="texte"),
    Colonne("valeur", "Valeur", genre="texte"),
    Colonne("source", "Source", genre="texte"),
    Colonne("note", "À savoir", genre="long", est_rare=True),
)


def constat(run: PublishedRun, ligne: Ligne) -> None:
    """Show one finding."""
    titre(f"Constat {ligne['regle_id']} · {nom_de_l_objet(ligne)}", formats.texte(ligne["titre"]))
    depuis = etiquette_depuis(decisions.registre(run.home), ligne)
    etiquettes([etiquette_severite(ligne["severite"]), etiquette_constat(ligne["etat"]), depuis])
    equivalent(ligne["message"])
    if ligne["convention_id"]:
        vers(pages.FICHE_CONVENTION, "Ouvrir la fiche de la convention", {CONVENTION: ligne["convention_id"]})
    if ligne["severite"] == "information":
        information("Ce constat est une information : il n'y a rien à corriger.")
    gauche, droite = st.columns(2, gap="large")
    with gauche:
        st.header("Ce qu'il faut faire", anchor=False)
        paragraphe(ligne["action"] or "La règle ne dit pas quoi faire.")
    with droite:
        st.header("Sources du droit", anchor=False)
        enumeration(ligne["references_juridiques"] or ["Aucune source n'est citée pour ce constat."])
    st.header("Preuves", anchor=False)
    _preuves(ligne)
    _contreparties(run, ligne)
    decider(run, ligne)
    st.header("La règle", anchor=False)
    paragraphe(formats.texte(ligne["en_clair"] or ligne["titre"]))
    vers(pages.REGLES, f"Lire la règle {ligne['regle_id']}", {REGLE: ligne["regle_id"]})
    st.header("D'où vient ce constat", anchor=False)
    paires(_origine(run, ligne))


def _preuves(ligne: Ligne) -> None:
    valeurs, seuils = preuve.valeurs(ligne), preuve.seuils(ligne)
    if valeurs:
        tableau(valeurs, _PREUVES, "Valeurs qui ont déclenché la règle")
    else:
        note("La règle n'a noté aucune valeur.")
    if seuils:
        tableau(seuils, _SEUILS, "Seuils du droit auxquels elles sont comparées")


def _contreparties(run: PublishedRun, ligne: Ligne) -> None:
    autres = [autre for autre in preuve.contreparties(ligne) if autre != ligne["convention_id"]]
    if not autres:
        return
    st.subheader("Conventions en cause", anchor=False)
    note("Cinq au plus, par ordre d'identifiant ; les preuves en donnent le nombre.")
    for identifiant in autres:
        autre = requetes_convention.convention(run, identifiant)
        if autre is None:
            note(f"{identifiant} : absente de cette publication.")
        else:
            nom = f"{autre['numero'] or 'sans numéro'} · {formats.texte(autre['nom_commune'])} ({identifiant})"
            vers(pages.FICHE_CONVENTION, nom, {CONVENTION: identifiant})


def _origine(run: PublishedRun, ligne: Ligne) -> dict[str, list[tuple[str, str]]]:
    source = ligne["objet_id"].partition(":")[0]
    livraison = delivery_behind(run, ligne["objet_id"])
    recue = f"{livraison.origine}, reçue le {formats.instant(livraison.recue_le)}" if livraison else formats.VIDE
    cle = str(ligne["objet_id"]).partition(":")[2]
    objet = [("Objet constaté", f"{nommer(ligne['objet_type'], OBJETS)} {ligne['objet_id']}")]
    if ligne["convention_id"]:
        objet += [
            ("Convention", ligne["numero"] or "sans numéro"),
            ("Signée le", formats.jour(ligne["date_signature"])),
            ("Logements", formats.nombre(ligne["nb_logements"])),
            ("Bailleur", formats.texte(ligne["nom_bailleur"])),
            ("SIREN", formats.texte(ligne["siren_bailleur"])),
        ]
    return {
        "Objet": [*objet, ("Lieu", lieu(ligne))],
        "Ligne source": [
            ("Livraison", f"{nommer(source, SOURCES)} : {recue}"),
            ("Table", formats.texte(ligne["table_source"])),
            ("Identifiant (id)", cle),
            *_ligne_du_fichier(run, ligne, cle),
        ],
        "Suivi": [
            ("Vu depuis le", formats.jour(ligne["premiere_vue"])),
            ("Vu pour la dernière fois le", formats.jour(ligne["derniere_vue"])),
            ("Décision connue de cette publication", nommer(ligne["decision"], DECISIONS, formats.VIDE)),
            ("Version de la règle", formats.nombre(ligne["regle_version"])),
            ("Identifiant du constat", ligne["anomalie_id"]),
        ],
    }


def _ligne_du_fichier(run: PublishedRun, ligne: Ligne, cle: str) -> list[tuple[str, str]]:
    """Return the line of the delivered file, when its table is one of those behind an agreement and is still there."""
    convention_id, table = ligne["convention_id"], ligne["table_source"]
    if not convention_id or table not in tables_behind(convention_id):
        return []
    recues = source_rows(run, convention_id, table).lignes
    return [("Ligne du fichier reçu", formats.nombre(recue[LINE_COLUMN])) for recue in recues if str(recue.get("id")) == cle]
