"""How far each office went in APiLos (A-04), accounts that never connected (A-05), and what is sent back or reopened (S-08)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboards import pages
from dashboards.components.adresse import ENSEMBLE
from dashboards.components.barres import Repartition, repartition
from dashboards.components.blocs import Chiffre, Renvoi, chiffres, equivalent, note
from dashboards.components.colonnes.adoption import SERVICES
from dashboards.components.courbes import Axes, colonnes
from dashboards.components.graphique import montrer
from dashboards.components.tableau import Colonne, entier, tableau
from dashboards.requetes import adoption as requetes_adoption
from dashboards.requetes import ensembles_adoption
from dashboards.requetes.adoption import RETOURS
from data_contracts.extraits import formats
from data_contracts.extraits.libelles import ROLES, nommer

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from dashboards.donnees import Ligne
    from dashboards.filtres.communs import Communs
    from dashboards.requetes.ensembles import Ensemble
    from data_contracts.publication import PublishedRun

_MANQUES = (
    "Sans compte",
    "Jamais connecté",
    "Aucun bailleur connecté",
    "Aucun dossier",
    "Aucun dossier soumis",
    "Aucun dossier instruit",
    "Aucun dossier validé",
)
"""What an office lacks, in the order of the steps."""
_COMPLET = "Va jusqu'à la validation"
PROTEGE = "protégé"
"""What stands for a figure that kpi_valeur hides."""


def _vers(ensemble: Ensemble) -> Renvoi:
    return Renvoi(pages.LIGNES, {ENSEMBLE: ensemble.code})


def entonnoir(run: PublishedRun, filtres: Communs) -> None:
    """Show how many offices came to each step, and what each of them lacks first."""
    compte = requetes_adoption.entonnoir(run, filtres)
    connus = compte[ensembles_adoption.CONNUS.code]
    if not connus:
        equivalent("Aucun service d'APiLos n'a de programme dans ces départements.")
        return
    etapes = [
        {"libelle": etape.titre, "services": compte[etape.code], "part": formats.part(compte[etape.code], connus)}
        for etape in (ensembles_adoption.CONNUS, *ensembles_adoption.ENTONNOIR)
    ]
    montrees = [Colonne("libelle", "Étape"), entier("services", "Services"), Colonne("part", "Part des connus", genre="nombre")]
    quoi = Repartition(montrees, "Services parvenus à chaque étape", "adoption_entonnoir", "services", "Services", est_dessous=True)
    dernier = etapes[-1]
    repartition(
        etapes,
        quoi,
        f"{formats.pluriel(connus, 'service')} d'APiLos : {formats.nombre(etapes[1]['services'])} ont un compte, "
        f"{formats.nombre(compte[ensembles_adoption.AVEC_SOUMIS.code])} un dossier soumis, "
        f"{formats.nombre(dernier['services'])} un dossier validé ({dernier['part']}).",
    )
    note(
        "Chaque étape est comptée pour elle-même : un dossier peut exister chez un service dont aucun agent n'a de compte. Les "
        "reprises d'Ecoloweb ne comptent pas."
    )
    _service_par_service(requetes_adoption.services(run, filtres))


def _service_par_service(lignes: Sequence[Ligne]) -> None:
    nommees = [{**ligne, "manque": _COMPLET if ligne["manque"] is None else _MANQUES[ligne["manque"]]} for ligne in lignes]
    manques = [
        {"libelle": manque, "services": sum(ligne["manque"] == manque for ligne in nommees)} for manque in (*_MANQUES, _COMPLET)
    ]
    presents = [manque for manque in manques if manque["services"]]
    complets = manques[-1]["services"]
    st.subheader("Ce qui manque d'abord à chaque service", anchor=False)
    quoi = Repartition(
        [Colonne("libelle", "Première étape manquante"), entier("services", "Services")],
        "Services selon la première étape qui leur manque",
        "adoption_manques",
        "services",
        "Services",
        est_dessous=True,
    )
    repartition(
        presents,
        quoi,
        f"{formats.pluriel(complets, 'service')} sur {formats.nombre(len(nommees))} "
        f"{'est allé' if complets <= 1 else 'sont allés'} jusqu'à la validation.",
    )
    montrees = [SERVICES[0], SERVICES[1], Colonne("manque", "Première étape manquante"), *SERVICES[2:]]
    tableau(nommees, montrees, "Service par service", "adoption_services")


def jamais_connectes(run: PublishedRun, filtres: Communs) -> None:
    """Show the share of accounts that never connected, as the catalogue publishes it, protected where it is."""
    lignes = requetes_adoption.jamais_connectes(run)
    if not lignes:
        equivalent("Cette publication ne donne pas la part des comptes jamais connectés.")
        return
    ensemble = next((ligne for ligne in lignes if ligne["axe"] == "ensemble"), None)
    roles = [
        {
            **ligne,
            "libelle": "Ensemble" if ligne["axe"] == "ensemble" else nommer(ligne["modalite"], ROLES),
            "compte": None if ligne["valeur"] is None else float(ligne["valeur"]),
        }
        for ligne in lignes
    ]
    montrees = [
        Colonne("libelle", "Rôle"),
        Colonne("valeur", "Part jamais connectée", lambda valeur: _publie(valeur, "%"), "nombre"),
        Colonne("numerateur", "Jamais connectés", _publie, "nombre"),
        Colonne("denominateur", "Comptes", _publie, "nombre"),
        Colonne("motif", "Motif de protection", genre="texte", est_rare=True),
    ]
    quoi = Repartition(
        montrees,
        "Part des comptes jamais connectés, par rôle, en %",
        "adoption_comptes",
        "compte",
        "Part jamais connectée, en %",
        decimales=1,
        toutes=roles,
    )
    repartition([role for role in roles if role["compte"] is not None], quoi, _phrase_comptes(ensemble))
    if any(role["est_protegee"] for role in roles):
        note("Une part protégée n'est ni montrée ni dessinée : le tableau dit pourquoi.")
    note(
        "Les lignes ne sont pas montrées : elles désigneraient des comptes. Un compte de plusieurs structures compte dans chacune."
        + (" La part ne suit pas le territoire choisi : c'est celle de la France entière." if filtres.territoires else "")
    )


def _publie(valeur: Decimal | None, unite: str = "") -> str:
    """Write a figure of kpi_valeur; one that is hidden says so."""
    if valeur is None:
        return PROTEGE
    return formats.mesure(valeur, unite, 1) if unite else formats.nombre(valeur)


def _phrase_comptes(ensemble: Ligne | None) -> str:
    if ensemble is None or ensemble["valeur"] is None:
        return "La part des comptes jamais connectés est protégée : trop peu de comptes."
    jamais = "ne s'est jamais connecté" if ensemble["numerateur"] <= 1 else "ne se sont jamais connectés"
    return (
        f"{formats.pluriel(int(ensemble['numerateur']), 'compte')} sur {formats.nombre(ensemble['denominateur'])} "
        f"({formats.mesure(ensemble['valeur'], '%', 1)}) {jamais}."
    )


def frottements(run: PublishedRun, filtres: Communs) -> None:
    """Show what was sent back or reopened for a hundred files submitted, and by which offices."""
    compte = requetes_adoption.frottements(run, filtres)
    total = compte["dossiers"]
    if not total:
        equivalent("Aucun dossier né dans APiLos n'a été soumis dans ces départements.")
        return

    def pour_cent(champ: str) -> str:
        return formats.nombre(100 * compte[champ] / total, 1)

    age = "" if compte["age_correction"] is None else f"âge médian : {formats.mesure(compte['age_correction'], 'jours', 1)}"
    chiffres("frottements", [
        _frottement(ensembles_adoption.SOUMIS, "Dossiers soumis", formats.nombre(total), ""),
        _frottement(
            ensembles_adoption.RENVOYES,
            "Retours pour 100 dossiers",
            pour_cent("retours"),
            f"{formats.pluriel(compte['retours'], 'retour')} en correction ; "
            f"{formats.part(compte['retours_0'], total)} des dossiers sans aucun",
        ),
        _frottement(
            ensembles_adoption.REACTIVES,
            "Réactivations pour 100 dossiers",
            pour_cent("reactivations"),
            formats.pluriel(compte["reactives"], "dossier réactivé", "dossiers réactivés"),
        ),
        _frottement(ensembles_adoption.EN_CORRECTION, "Dossiers en correction", formats.nombre(compte["en_correction"]), age),
    ])  # fmt: skip
    _par_retours(compte)
    _par_service(requetes_adoption.frottements_par_service(run, filtres))


def _frottement(ensemble: Ensemble, libelle: str, valeur: str, suite: str) -> Chiffre:
    return Chiffre(libelle, valeur, ensemble.definition, ensemble.source, suite, lignes=_vers(ensemble))


def _par_retours(compte: Ligne) -> None:
    total = compte["dossiers"]
    classes = [
        {
            "libelle": libelle,
            "compte": compte[f"retours_{rang}"],
            "ecrit": formats.nombre(compte[f"retours_{rang}"]),
            "part": formats.part(compte[f"retours_{rang}"], total),
            "texte": f"{libelle} : {formats.pluriel(compte[f'retours_{rang}'], 'dossier')}",
        }
        for rang, libelle in enumerate(RETOURS)
    ]
    legende = "Dossiers soumis selon le nombre de retours en correction"
    repetes = total - compte["retours_0"] - compte["retours_1"]
    dit = (
        f"Sur {formats.pluriel(total, 'dossier soumis', 'dossiers soumis')}, {formats.nombre(compte['retours_0'])} n'ont eu aucun "
        f"retour en correction ({classes[0]['part']}) et {formats.nombre(repetes)} en ont eu deux ou plus "
        f"({formats.part(repetes, total)})."
    )
    equivalent(dit)
    graphique = colonnes(classes, Axes("Retours en correction", "Dossiers"))
    montrer(graphique, f"{legende}. {dit}")
    with st.expander("Voir le tableau", key="tableau_retours"):
        montrees = [Colonne("libelle", "Retours"), entier("compte", "Dossiers"), Colonne("part", "Part", genre="nombre")]
        tableau(classes, montrees, legende, "adoption_retours")


def _par_service(lignes: Sequence[Ligne]) -> None:
    st.subheader("Service par service", anchor=False)
    nommees = [
        {
            **ligne,
            "libelle": f"{ligne['nom'] or 'Service sans nom'} ({ligne['code_departement'] or ligne['code']})",
            "pour_cent": 100 * ligne["retours"] / ligne["dossiers"],
        }
        for ligne in lignes
    ]
    montrees = [
        Colonne("libelle", "Service", genre="texte"),
        entier("dossiers", "Dossiers soumis"),
        entier("retours", "Retours en correction"),
        Colonne("pour_cent", "Retours pour 100 dossiers", lambda valeur: formats.nombre(valeur, 1), "nombre"),
        entier("sans_retour", "Dossiers sans retour"),
    ]
    quoi = Repartition(
        montrees,
        "Retours en correction par service",
        "adoption_retours_par_service",
        "retours",
        "Retours en correction",
        est_dessous=True,
        toutes=nommees,
    )
    premier = nommees[0]
    repartition(
        [ligne for ligne in nommees if ligne["retours"]],
        quoi,
        f"« {premier['libelle']} » a fait le plus de retours : {formats.nombre(premier['retours'])} pour "
        f"{formats.pluriel(premier['dossiers'], 'dossier soumis', 'dossiers soumis')}."
        if premier["retours"]
        else "Aucun service n'a renvoyé de dossier en correction.",
    )
