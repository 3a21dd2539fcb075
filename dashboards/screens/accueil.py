"""Accueil: where each reader starts, whether the publication can be trusted, the key figures, the cases and the spreads."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboards import donnees, pages
from dashboards.components.adresse import ENSEMBLE, vers
from dashboards.components.barre import barre
from dashboards.components.barres import Repartition, repartition
from dashboards.components.blocs import Chiffre, Renvoi, chiffres, information, note, titre
from dashboards.components.confiance import ligne_de_confiance
from dashboards.components.tableau import Colonne, entier
from dashboards.filtres.cas import SEVERITE
from dashboards.filtres.communs import TOUT
from dashboards.requetes import accueil as requetes_accueil
from dashboards.requetes import cas as requetes_cas
from dashboards.requetes import ensembles_parc
from dashboards.requetes.ensembles_parc import CONVENTIONS
from data_contracts.extraits import formats
from data_contracts.extraits.libelles import FAMILLES, NATURES_LOGEMENT, nommer

if TYPE_CHECKING:
    from dashboards.donnees import Ligne
    from dashboards.filtres.communs import Communs
    from dashboards.requetes.ensembles import Ensemble
    from data_contracts.publication import PublishedRun

_ENTREES = (
    (
        "Analyste LO3 ou DDT",
        pages.CAS,
        "Trouver les conventions non réglementaires d'un territoire, lire leurs preuves, décider, emporter la liste.",
    ),
    ("Équipe produit", pages.DELAIS, "Mesurer le temps d'instruction, puis la satisfaction, et savoir d'où vient chaque chiffre."),
    (
        "Administrateur des données",
        pages.QUALITE,
        "Vérifier ce qui a été reçu, refusé et contrôlé, ce qui manque, et à quoi les données peuvent servir.",
    ),
)
_VIDE = (
    "Aucune convention n'est dans cette publication. Importer Ecoloweb (« parc import ecoloweb ») ou APiLos (« parc import "
    "apilos »), puis lancer « parc run »."
)
_CAS = {
    "non_reglementaire": (
        "Cas non réglementaires",
        "Constats ouverts où la convention s'écarte du droit en vigueur le jour qui compte pour elle.",
    ),
    "anomalie": ("Anomalies", "Constats ouverts où la donnée se contredit ou ne peut pas être juste."),
    "a_verifier": ("À vérifier", "Constats ouverts qu'une pièce du dossier doit confirmer ou écarter."),
}


def page(run: PublishedRun) -> None:
    """Show the whole page for one run."""
    titre(
        "Accueil",
        "Le parc conventionné",
        f"Les conventions APL publiées le {formats.instant(donnees.publiee_le(run))}, "
        f"à la date de référence du {formats.jour(donnees.date_reference(run))}.",
    )
    _entrees()
    ligne_de_confiance(run)
    filtres = barre(run, CONVENTIONS.portee)
    compte = requetes_accueil.chiffres(run, filtres)
    if not compte["conventions"]:
        information(_VIDE if filtres == TOUT else "Aucune convention ne répond à ces filtres. En élargir un, ou les effacer.")
        return
    st.header("Chiffres clés", anchor=False)
    chiffres("parc", _figures(compte))
    _cas(run, filtres)
    st.header("Conventions en vigueur", anchor=False)
    _repartitions(run, filtres, compte["en_vigueur"])


def _entrees() -> None:
    """Show where each reader starts."""
    for colonne, (qui, premiere, pourquoi) in zip(st.columns(len(_ENTREES), gap="large"), _ENTREES, strict=True):
        with colonne:
            vers(premiere, qui)
            note(pourquoi)


def _figures(compte: Ligne) -> list[Chiffre]:
    en_vigueur = compte["en_vigueur"]

    def figure(ensemble: Ensemble, suite: str) -> Chiffre:
        return Chiffre(
            ensemble.titre,
            formats.nombre(compte[ensemble.code]),
            ensemble.definition,
            ensemble.source,
            suite,
            lignes=Renvoi(pages.LIGNES, {ENSEMBLE: ensemble.code}),
        )

    def part(ensemble: Ensemble) -> str:
        return f"{formats.part(compte[ensemble.code], en_vigueur)} des conventions en vigueur"

    return [
        figure(ensembles_parc.TOUTES, f"{formats.pluriel(compte['periodes'] or 0, 'période')} d'historique"),
        figure(ensembles_parc.EN_VIGUEUR, f"{formats.part(en_vigueur, compte['conventions'])} des conventions"),
        Chiffre(
            "Logements conventionnés",
            formats.nombre(compte["logements"] or 0),
            "Logements de la période courante des conventions en vigueur. Un nombre inconnu compte pour rien.",
            "fct_convention.nb_logements",
            f"{formats.pluriel(compte['sans_logement'], 'convention')} sans nombre connu",
            lignes=Renvoi(pages.LIGNES, {ENSEMBLE: ensembles_parc.EN_VIGUEUR.code}),
        ),
        figure(ensembles_parc.BAILLEURS, "propriétaires de conventions en vigueur"),
        figure(ensembles_parc.MIXTES, part(ensembles_parc.MIXTES)),
        figure(ensembles_parc.ANAH, part(ensembles_parc.ANAH)),
        figure(ensembles_parc.AVENANTS, f"dont {formats.pluriel(compte['avenants_annules'], 'annulé')}"),
        figure(ensembles_parc.SANS_PUBLICATION, part(ensembles_parc.SANS_PUBLICATION)),
        figure(ensembles_parc.EXPIREES, part(ensembles_parc.EXPIREES)),
    ]


def _cas(run: PublishedRun, filtres: Communs) -> None:
    """Show the open findings by severity; nothing when the run has no rule."""
    if not requetes_cas.a_des_regles(run):
        return
    st.header("Cas non réglementaires", anchor=False)
    ouverts = requetes_cas.ouverts(run, filtres)
    chiffres("cas", [
        Chiffre(
            libelle,
            formats.nombre(ouverts.get(code, {}).get("constats", 0)),
            definition,
            "fct_anomalie",
            f"sur {formats.pluriel(ouverts.get(code, {}).get('conventions', 0), 'convention')}",
            lignes=Renvoi(pages.CAS, {SEVERITE: code}, "Voir les cas"),
        )
        for code, (libelle, definition) in _CAS.items()
    ])  # fmt: skip
    informations = ouverts.get("information", {}).get("constats", 0)
    if informations:
        note(f"Hors de ces cas, {formats.pluriel(informations, 'information')} : rien à y corriger.")
    vers(pages.CAS, "Voir les cas non réglementaires")


def _en_tete(lignes: list[Ligne], total: int) -> str:
    """Say the first value, its share, and the second."""
    premiere, *suivantes = lignes
    phrase = f"« {premiere['libelle']} » : {formats.pluriel(premiere['conventions'], 'convention')} sur {formats.nombre(total)}"
    phrase += f" ({formats.part(premiere['conventions'], total)})"
    return phrase + (
        f", devant « {suivantes[0]['libelle']} » ({formats.nombre(suivantes[0]['conventions'])})." if suivantes else "."
    )


def _phrase(lignes: list[Ligne], total: int, precision: str) -> str:
    return f"{_en_tete(lignes, total)} {precision}".strip() if lignes else "Aucune convention n'est en vigueur."


def _repartitions(run: PublishedRun, filtres: Communs, total: int) -> None:
    natures = [
        {**ligne, "libelle": nommer(ligne["code"], NATURES_LOGEMENT, "Nature inconnue")}
        for ligne in requetes_accueil.par_nature(run, filtres)
    ]
    familles = [
        {**ligne, "libelle": nommer(ligne["code"], FAMILLES, "Aucun lot courant")}
        for ligne in requetes_accueil.par_famille(run, filtres)
    ]
    departements = [{**ligne, "libelle": _departement(ligne)} for ligne in requetes_accueil.par_departement(run, filtres)]
    conventions, logements = entier("conventions", "Conventions"), entier("logements", "Logements")
    gauche, droite = st.columns(2, gap="large")
    with gauche:
        st.subheader("Par nature de logement", anchor=False)
        colonnes = [Colonne("libelle", "Nature"), conventions, logements]
        quoi = Repartition(colonnes, "Conventions en vigueur par nature de logement", "par_nature")
        repartition(natures, quoi, _phrase(natures, total, ""))
    with droite:
        st.subheader("Par famille de financement", anchor=False)
        phrase = _phrase(familles, total, "Une convention mixte compte dans chacune de ses familles.")
        colonnes = [Colonne("libelle", "Famille"), conventions, entier("mixtes", "Dont mixtes"), logements]
        repartition(familles, Repartition(colonnes, "Conventions en vigueur par famille de financement", "par_famille"), phrase)
    st.subheader("Par département", anchor=False)
    phrase = _phrase(departements, total, f"{formats.pluriel(len(departements), 'département')} en tout.")
    colonnes = [Colonne("libelle", "Département"), Colonne("region", "Région"), conventions, logements]
    repartition(departements, Repartition(colonnes, "Conventions en vigueur par département", "par_departement"), phrase)


def _departement(ligne: Ligne) -> str:
    if ligne["code"] is None:
        return "Département inconnu"
    return f"{ligne['nom']} ({ligne['code']})" if ligne["nom"] else ligne["code"]


page(donnees.lue())
