"""How the agréments without an agreement spread: by year, with the coverage of each, by age, département, aid and owner."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboards.components.barres import Repartition, repartition
from dashboards.components.blocs import equivalent, note
from dashboards.components.colonnes.partagees import annee
from dashboards.components.courbes import Axes, colonnes, lignes_du_temps
from dashboards.components.graphique import montrer
from dashboards.components.tableau import Colonne, entier, tableau
from dashboards.requetes import agrements as requetes_agrements
from dashboards.requetes.agrements import TRANCHES
from data_contracts.extraits import formats
from data_contracts.extraits.libelles import AIDES, AVANCEMENTS, FAMILLES, nommer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboards.donnees import Ligne
    from dashboards.filtres.communs import Communs
    from data_contracts.publication import PublishedRun

_POUR_CENT = "format(datum.value, '.0f') + '\u00a0%'"
_SERIE = "Opérations couvertes"
_MESURES = (
    entier("sans_convention", "Sans convention"),
    entier("agrements", "À conventionner", "Agréments à conventionner, qu'ils aient une convention ou non."),
    Colonne("part", "Part sans convention", genre="nombre"),
    entier("logements", "Logements sans convention"),
    entier("a_verifier", "Dont à vérifier", "Agréments sans convention auxquels une convention au moins ressemble."),
)


def par_annee(run: PublishedRun, filtres: Communs) -> None:
    """Show the agréments without an agreement by year, and the coverage of each year."""
    lignes = [_avec_part({**ligne, "libelle": annee(ligne["annee"])}) for ligne in requetes_agrements.par_annee(run, filtres)]
    dates = [ligne for ligne in lignes if ligne["annee"] is not None]
    legende = "Agréments sans convention par année d'agrément"
    dit = _phrase_annees(dates)
    equivalent(dit)
    if dates:
        comptes = {ligne["annee"]: ligne["sans_convention"] for ligne in dates}
        classes = [
            {
                "libelle": str(an),
                "compte": comptes.get(an, 0),
                "ecrit": formats.nombre(comptes.get(an, 0)),
                "texte": f"{an} : {formats.pluriel(comptes.get(an, 0), 'agrément')} sans convention",
            }
            for an in range(min(comptes), max(comptes) + 1)
        ]
        axes = Axes("Année d'agrément", "Agréments sans convention", angle=-45)
        montrer(colonnes(classes, axes), f"{legende}. {dit}")
    note(
        "L'année est celle de la programmation dans SISAL, celle de la création de l'opération dans le SIAP, antérieure à "
        "l'agrément : aucune source ne donne le jour de l'agrément. Un filtre sur les dates garde les années dont il contient "
        "un jour."
    )
    sans_annee = sum(ligne["sans_convention"] for ligne in lignes if ligne["annee"] is None)
    if sans_annee:
        note(f"{formats.pluriel(sans_annee, 'agrément')} sans année connue : au tableau, hors du graphique.")
    with st.expander("Voir le tableau", key="tableau_par_annee"):
        tableau(lignes, [Colonne("libelle", "Année", genre="serre"), *_MESURES], legende, "agrements_par_annee")
    _couverture(run, filtres)


def _couverture(run: PublishedRun, filtres: Communs) -> None:
    _, *lignes = requetes_agrements.couverture(run, filtres)
    dates = [ligne for ligne in lignes if ligne["annee"] is not None]
    legende = "Couverture des agréments (A-08) par année"
    st.subheader("Couverture de chaque année", anchor=False)
    dit = _phrase_couverture(dates)
    equivalent(dit)
    parlantes = [ligne for ligne in dates if ligne["operations"] >= requetes_agrements.TENDANCE]
    if len(parlantes) > 1:
        points = [
            {
                "jour": f"{ligne['annee']:04d}-01-01",
                "serie": _SERIE,
                "valeur": 100 * ligne["couvertes"] / ligne["operations"],
                "texte": f"{ligne['annee']} : {formats.part(ligne['couvertes'], ligne['operations'])} des opérations",
            }
            for ligne in parlantes
        ]
        axes = Axes("", _SERIE, y_max=100, format_y=_POUR_CENT)
        montrer(lignes_du_temps(points, axes, [_SERIE]), f"{legende}. {dit}")
    with st.expander("Voir le tableau", key="tableau_couverture"):
        montrees = [
            Colonne("annee", "Année", annee, "serre"),
            entier("operations", "Opérations"),
            entier("couvertes", "Couvertes", "L'un de leurs agréments au moins est lié à une convention."),
            Colonne("part", "Part couverte", genre="nombre"),
            entier("entierement", "Entièrement couvertes", "Chacun de leurs agréments est lié à une convention."),
            entier("a_verifier", "Sans convention, à vérifier"),
        ]
        nommees = [{**ligne, "part": formats.part(ligne["couvertes"], ligne["operations"])} for ligne in lignes]
        tableau(nommees, montrees, legende, "agrements_couverture")


def par_age(run: PublishedRun, filtres: Communs) -> None:
    """Show the years gone by since the agrément, and how far the operations have come meanwhile."""
    lignes = [
        {**ligne, "libelle": "Année inconnue" if ligne["tranche"] is None else TRANCHES[ligne["tranche"]]}
        for ligne in requetes_agrements.par_age(run, filtres)
    ]
    avancements = [entier(code, libelle) for code, libelle in AVANCEMENTS.items() if code != "abandonnee"]
    montrees = [
        Colonne("libelle", "Depuis l'agrément", genre="serre"),
        entier("sans_convention", "Sans convention"),
        entier("logements", "Logements"),
        *avancements,
    ]
    legende = "Agréments sans convention selon le temps écoulé depuis l'agrément"
    quoi = Repartition(montrees, legende, "agrements_par_age", "sans_convention", "Agréments sans convention")
    repartition(lignes, quoi, _phrase(lignes, "depuis l'agrément"))


def repartitions(run: PublishedRun, filtres: Communs) -> None:
    """Show the agréments without an agreement by département, by aid and by owner."""
    departements = [
        _avec_part({**ligne, "libelle": _departement(ligne)}) for ligne in requetes_agrements.par_departement(run, filtres)
    ]
    aides = [
        _avec_part({**ligne, "libelle": nommer(ligne["code"], AIDES), "famille": nommer(ligne["famille"], FAMILLES)})
        for ligne in requetes_agrements.par_aide(run, filtres)
    ]
    bailleurs = [_avec_part({**ligne, "libelle": _bailleur(ligne)}) for ligne in requetes_agrements.par_bailleur(run, filtres)]
    gauche, droite = st.columns(2, gap="large")
    with gauche:
        st.subheader("Par département", anchor=False)
        _repartie(departements, [Colonne("libelle", "Département"), Colonne("region", "Région")], "par département")
    with droite:
        st.subheader("Par aide", anchor=False)
        _repartie(aides, [Colonne("libelle", "Aide"), Colonne("famille", "Famille")], "par aide")
    st.subheader("Par bailleur", anchor=False)
    _repartie(bailleurs, [Colonne("nom", "Bailleur", genre="texte"), Colonne("siren", "SIREN")], "par bailleur", est_dessous=True)


def _repartie(lignes: Sequence[Ligne], noms: Sequence[Colonne], comment: str, *, est_dessous: bool = False) -> None:
    """Show a spread: bars where there is something to count, a table with the values that have nothing too."""
    quoi = Repartition(
        [*noms, *_MESURES],
        f"Agréments sans convention {comment}",
        f"agrements_{comment.replace(' ', '_')}",
        "sans_convention",
        "Agréments sans convention",
        est_dessous=est_dessous,
        toutes=lignes,
    )
    repartition([ligne for ligne in lignes if ligne["sans_convention"]], quoi, _phrase(lignes))


def _avec_part(ligne: Ligne) -> Ligne:
    return {**ligne, "part": formats.part(ligne["sans_convention"], ligne["agrements"])}


def _departement(ligne: Ligne) -> str:
    if ligne["code"] is None:
        return "Département inconnu"
    return f"{ligne['nom']} ({ligne['code']})" if ligne["nom"] else str(ligne["code"])


def _bailleur(ligne: Ligne) -> str:
    nom = ligne["nom"] or "Bailleur inconnu"
    return f"{nom} ({ligne['siren'] or ligne['code']})" if ligne["code"] else nom


def _phrase(lignes: Sequence[Ligne], precision: str = "") -> str:
    """Say the value that has most agréments without an agreement, and its share."""
    total = sum(ligne["sans_convention"] for ligne in lignes)
    if not total:
        return "Aucun agrément n'est sans convention."
    premiere = max(lignes, key=lambda ligne: ligne["sans_convention"])
    ou = f" {precision}" if precision else ""
    return (
        f"« {premiere['libelle']} »{ou} : {formats.pluriel(premiere['sans_convention'], 'agrément')} sans convention sur "
        f"{formats.nombre(total)} ({formats.part(premiere['sans_convention'], total)}), "
        f"{formats.pluriel(premiere['logements'], 'logement')}."
    )


def _phrase_annees(lignes: Sequence[Ligne]) -> str:
    if not any(ligne["sans_convention"] for ligne in lignes):
        return "Aucun agrément d'année connue n'est sans convention."
    pire = max(lignes, key=lambda ligne: ligne["sans_convention"])
    total = sum(ligne["sans_convention"] for ligne in lignes)
    return (
        f"De {lignes[0]['annee']} à {lignes[-1]['annee']}, {formats.pluriel(total, 'agrément')} sans convention ; "
        f"l'année qui en a le plus est {pire['annee']} : {formats.nombre(pire['sans_convention'])}, "
        f"soit {pire['part']} de ses agréments à conventionner."
    )


def _phrase_couverture(lignes: Sequence[Ligne]) -> str:
    if not lignes:
        return "Aucune opération n'a d'année connue."
    bornes = dict.fromkeys((0, len(lignes) - 1))
    dites = " et ".join(
        f"{formats.part(lignes[rang]['couvertes'], lignes[rang]['operations'])} en {lignes[rang]['annee']}" for rang in bornes
    )
    return f"Part des opérations qui ont une convention : {dites}. Les plus récentes ont eu moins le temps d'en avoir une."
