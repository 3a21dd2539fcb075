"""Findings together: how many answer the filters, what they concern, and how they spread."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboards.components.adresse import lien
from dashboards.components.barres import Repartition, repartition
from dashboards.components.blocs import Chiffre, chiffres, equivalent, information
from dashboards.components.courbes import Axes, valeurs_du_temps
from dashboards.components.graphique import montrer
from dashboards.components.tableau import Colonne, entier, tableau
from dashboards.filtres.cas import CHOIX_SEVERITE, INFORMATIONS
from dashboards.requetes import cas as requetes_cas
from data_contracts.extraits import formats

if TYPE_CHECKING:
    from dashboards.donnees import Ligne
    from dashboards.filtres.cas import Filtres
    from data_contracts.publication import PublishedRun

_BARRES = 5
_DATES_MIN = 2
"""Dates that make a trend."""


def figures(compte: Ligne, filtres: Filtres) -> None:
    """Show how many findings answer the filters, and what they concern."""
    est_information = filtres.severite == INFORMATIONS
    suite = "rien à corriger" if est_information else _par_severite(compte)
    sans = compte["sans_convention"]
    chiffres("cas", [
        Chiffre(
            "Informations" if est_information else "Cas",
            formats.nombre(compte["constats"]),
            "Constats qui répondent aux filtres : une règle, un objet (convention, lot, période, avenant, commune ou région de la "
            "source). Une convention peut en avoir plusieurs. Une information n'est jamais comptée avec les cas.",
            "fct_anomalie",
            suite,
        ),
        Chiffre(
            "Conventions concernées",
            formats.nombre(compte["conventions"]),
            "Conventions distinctes de ces constats. Un constat sur une commune ou une région de la source n'en a pas.",
            "fct_anomalie.convention_id",
            f"{formats.pluriel(sans, 'constat')} sans convention" if sans else "",
        ),
        Chiffre(
            "Logements concernés",
            formats.nombre(compte["logements"]),
            "Logements de la période courante de ces conventions, chacune comptée une fois. Un nombre inconnu compte pour rien.",
            "fct_convention.nb_logements",
            f"{formats.pluriel(compte['sans_logement'], 'convention')} sans nombre connu" if compte["sans_logement"] else "",
        ),
    ])  # fmt: skip


def autres_severites(run: PublishedRun, filtres: Filtres) -> None:
    """Say what the same filters find of the severities that are not shown, and lead there."""
    for autre, titre in (("a_verifier", "cas à vérifier"), (INFORMATIONS, "information")):
        montrees = CHOIX_SEVERITE[filtres.severite].codes
        if CHOIX_SEVERITE[autre].codes[0] in montrees:
            continue
        demandes = filtres.avec_severite(autre)
        trouves = requetes_cas.chiffres(run, demandes)["constats"]
        if trouves:
            compte = formats.pluriel(trouves, titre, titre if autre == "a_verifier" else None)
            lien(f"Voir aussi, avec ces filtres : {compte}", f"voir_{autre}", demandes.adresse, ":material/arrow_forward:")


def repartitions(run: PublishedRun, filtres: Filtres, total: int) -> None:
    """Show the findings by rule, by département and by owner."""
    regles = [
        {**ligne, "libelle": f"{ligne['regle_id']} · {formats.texte(ligne['titre'])}"}
        for ligne in requetes_cas.par_regle(run, filtres)
    ]
    departements = [{**ligne, "libelle": _departement(ligne)} for ligne in requetes_cas.par_departement(run, filtres)]
    bailleurs = [{**ligne, "libelle": _bailleur(ligne)} for ligne in requetes_cas.par_bailleur(run, filtres)]
    compte, conventions = entier("constats", "Constats"), entier("conventions", "Conventions")
    st.header("Par règle", anchor=False)
    colonnes = [Colonne("regle_id", "Règle", genre="serre"), Colonne("titre", "Titre", genre="texte"), compte, conventions]
    repartition(regles, _quoi(colonnes, "Constats par règle", "constats_par_regle"), _phrase(regles, total))
    gauche, droite = st.columns(2, gap="large")
    with gauche:
        st.header("Par département", anchor=False)
        colonnes = [Colonne("libelle", "Département"), Colonne("region", "Région"), compte, conventions]
        repartition(
            departements, _quoi(colonnes, "Constats par département", "constats_par_departement"), _phrase(departements, total)
        )
    with droite:
        st.header("Par bailleur", anchor=False)
        colonnes = [Colonne("libelle", "Bailleur", genre="texte"), Colonne("siren", "SIREN"), compte, conventions]
        repartition(bailleurs, _quoi(colonnes, "Constats par bailleur", "constats_par_bailleur"), _phrase(bailleurs, total))


def tendance(run: PublishedRun, filtres: Filtres) -> None:
    """Show how many findings were open at each reference date, how many appeared and how many were resolved."""
    jours = requetes_cas.tendance(run, filtres)
    st.header("Tendance", anchor=False)
    if len(jours) < _DATES_MIN:
        equivalent(
            f"Une seule date de référence connaît ces constats, le {formats.jour(jours[0]['jour'])} : la tendance se lira à partir "
            "de la prochaine publication à une autre date."
        )
        return
    premier, dernier = jours[0], jours[-1]
    dit = (
        f"{formats.pluriel(dernier['ouverts'], 'constat ouvert', 'constats ouverts')} au {formats.jour(dernier['jour'])}, "
        f"{formats.nombre(premier['ouverts'])} au {formats.jour(premier['jour'])} ; depuis, "
        f"{formats.pluriel(sum(jour['apparus'] for jour in jours[1:]), 'apparu')} et "
        f"{formats.pluriel(sum(jour['resolus'] for jour in jours[1:]), 'résolu')}."
    )
    equivalent(dit)
    points = [
        {
            "jour": f"{jour['jour']}T00:00:00",
            "valeur": jour["ouverts"],
            "texte": f"{formats.jour(jour['jour'])} : {formats.pluriel(jour['ouverts'], 'ouvert')}, "
            f"{formats.pluriel(jour['apparus'], 'apparu')}, {formats.pluriel(jour['resolus'], 'résolu')}",
        }
        for jour in jours
    ]
    graphique = valeurs_du_temps(points, Axes("", "Constats ouverts"))
    montrer(graphique, f"Constats ouverts à chaque date de référence. {dit}")
    with st.expander("Voir le tableau", key="tableau_tendance"):
        colonnes = [
            Colonne("jour", "Date de référence"),
            entier("ouverts", "Ouverts"),
            entier("apparus", "Apparus"),
            entier("resolus", "Résolus"),
        ]
        tableau(jours, colonnes, "Constats ouverts, apparus et résolus par date de référence", "constats_tendance")


def aucun(run: PublishedRun) -> None:
    """Say why there is nothing to show: the run has no finding at all, or none answers the filters."""
    if not requetes_cas.nb_constats(run):
        information("Cette publication ne porte aucun constat : aucune règle ne s'est déclenchée.")
        return
    information("Aucun constat ne répond à ces filtres. En élargir un, ou les effacer.")


def _par_severite(compte: Ligne) -> str:
    noms = {
        "non_reglementaire": ("non réglementaire", "non réglementaires"),
        "anomalie": ("anomalie", "anomalies"),
        "a_verifier": ("à vérifier", "à vérifier"),
    }
    return ", ".join(formats.pluriel(compte[code], *nom) for code, nom in noms.items() if compte[code])


def _quoi(colonnes: list[Colonne], legende: str, fichier: str) -> Repartition:
    return Repartition(colonnes, legende, fichier, "constats", "Constats", _BARRES, est_dessous=True)


def _departement(ligne: Ligne) -> str:
    if ligne["code"] is None:
        return "Sans département"
    return f"{ligne['nom']} ({ligne['code']})" if ligne["nom"] else str(ligne["code"])


def _bailleur(ligne: Ligne) -> str:
    if ligne["code"] is None:
        return "Sans bailleur"
    return str(ligne["nom"] or ligne["code"])


def _phrase(lignes: list[Ligne], total: int) -> str:
    """Say the first value, its share, and the second."""
    premiere, *suivantes = lignes
    compte = f"{formats.pluriel(premiere['constats'], 'constat')} sur {formats.nombre(total)}"
    phrase = f"« {premiere['libelle']} » : {compte} ({formats.part(premiere['constats'], total)})"
    return phrase + (f", devant « {suivantes[0]['libelle']} » ({formats.nombre(suivantes[0]['constats'])})." if suivantes else ".")
