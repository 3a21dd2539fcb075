"""Agreements by year of signature: how many, the share born in APiLos (A-06), and their amendments (A-07).

Every figure is read in kpi_valeur, which hides some: a hidden one is said, never worked out from the others.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboards import donnees, pages
from dashboards.components.adoption_services import PROTEGE
from dashboards.components.adresse import ENSEMBLE
from dashboards.components.blocs import Chiffre, Renvoi, chiffres, equivalent, note
from dashboards.components.colonnes.partagees import annee
from dashboards.components.courbes import Axes, lignes_du_temps
from dashboards.components.graphique import montrer
from dashboards.components.tableau import Colonne, entier, tableau
from dashboards.filtres.communs import DEPUIS, JUSQUA
from dashboards.requetes import adoption as requetes_adoption
from dashboards.requetes import ensembles_adoption
from data_contracts.extraits import formats
from data_contracts.extraits.libelles import NATURES_BAILLEUR, SOURCES, nommer

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from decimal import Decimal

    from dashboards.donnees import Ligne
    from dashboards.filtres.communs import Communs
    from dashboards.requetes.ensembles import Ensemble
    from data_contracts.publication import PublishedRun

_POUR_CENT = "format(datum.value, '.0f') + '\u00a0%'"
_TENDANCE = 5
"""Below this number of agreements, a ratio of amendments says nothing of a trend."""
_SIGNEES, _NEES, _AVENANTS = "Conventions signées", "Nées dans APiLos", "Avenants pour 100"


def dematerialisation(run: PublishedRun, filtres: Communs) -> None:
    """Show the share of the agreements signed in a year that were born in APiLos."""
    lignes = requetes_adoption.signees(run, filtres)
    suivies = [ligne for ligne in lignes if ligne["nees_parmi"] is not None]
    debut = next((ligne["annee"] for ligne in suivies if ligne["nees"]), None)
    if debut is None:
        equivalent("Aucune convention née dans APiLos n'est signée dans ces années.")
        return
    depuis = [ligne for ligne in suivies if ligne["annee"] >= debut]
    derniere = _derniere_entiere(run, depuis)
    dit = (
        f"Nées dans APiLos : en {derniere['annee']}, {formats.nombre(derniere['nees'])} des "
        f"{formats.nombre(derniere['nees_parmi'])} conventions signées ({_part(derniere)})"
    )
    dit += f" ; en {debut}, {_part(depuis[0])}." if debut < derniere["annee"] else "."
    equivalent(dit)
    chiffres("dematerialisation", [
        Chiffre(
            f"Part dématérialisée en {derniere['annee']}",
            _part(derniere),
            "Part des conventions signées dans l'année qui sont nées dans APiLos : une convention reprise d'Ecoloweb n'en est pas.",
            "kpi_valeur (A-06)",
            f"{formats.nombre(derniere['nees'])} sur {formats.nombre(derniere['nees_parmi'])}",
            ensembles_adoption.SIGNEES.definition,
            _lignes(ensembles_adoption.NEES_DANS_APILOS, derniere),
        ),
    ])  # fmt: skip
    legende = "Part des conventions signées nées dans APiLos, par année de signature"
    valeurs = {ligne["annee"]: (100 * float(ligne["nees"] / ligne["nees_parmi"]), _part(ligne)) for ligne in depuis}
    graphique = lignes_du_temps(_points(_NEES, valeurs), Axes("", _NEES, y_max=100, format_y=_POUR_CENT), [_NEES])
    montrer(graphique, f"{legende}. {dit}")
    _dire_ce_qui_est_tu(lignes, filtres)
    with st.expander("Voir le tableau", key="tableau_dematerialisation"):
        nommees = [{**ligne, "part": _part(ligne)} for ligne in suivies]
        montrees = [
            Colonne("annee", "Année", annee, "serre"),
            _publie("signees", "Signées"),
            _publie("nees", _NEES),
            Colonne("part", "Part", genre="nombre"),
            *_protection(filtres),
        ]
        tableau(nommees, montrees, legende, "adoption_dematerialisation")


def signatures(run: PublishedRun, filtres: Communs) -> None:
    """Show the agreements by year of signature, and the amendments that they have received since."""
    lignes = requetes_adoption.signees(run, filtres)
    if not lignes:
        equivalent("Aucune convention signée n'est connue dans ces années.")
        return
    legende = "Conventions par année de signature"
    publiees = [ligne for ligne in lignes if ligne["signees"] is not None]
    if not publiees:
        equivalent("Chaque année est protégée : trop peu de conventions pour que leur nombre soit publié.")
    else:
        dit = _phrase_signatures(run, publiees)
        equivalent(dit)
        derniere = _derniere_entiere(run, publiees)
        chiffres("signatures", [
            Chiffre(
                f"Conventions signées en {derniere['annee']}",
                formats.nombre(derniere["signees"]),
                ensembles_adoption.SIGNEES.definition,
                "kpi_valeur (A-06, A-07)",
                f"{_ratio(derniere)} avenants pour 100 conventions" if derniere["avenants_parmi"] else "",
                lignes=_lignes(ensembles_adoption.SIGNEES, derniere),
            ),
        ])  # fmt: skip
        valeurs = {ligne["annee"]: (float(ligne["signees"]), formats.nombre(ligne["signees"])) for ligne in publiees}
        graphique = lignes_du_temps(_points(_SIGNEES, valeurs), Axes("", _SIGNEES), [_SIGNEES])
        montrer(graphique, f"{legende}. {dit}")
    _avenants(publiees)
    _dire_ce_qui_est_tu(lignes, filtres)
    with st.expander("Voir les tableaux", key="tableau_signatures"):
        nommees = [{**ligne, "ratio": _ratio(ligne)} for ligne in lignes]
        montrees = [
            Colonne("annee", "Année", annee, "serre"),
            _publie("signees", "Conventions signées"),
            Colonne("avenants", "Avenants non annulés", formats.nombre, "nombre"),
            Colonne("ratio", "Avenants pour 100 conventions", genre="nombre"),
            *_protection(filtres),
        ]
        tableau(nommees, montrees, legende, "adoption_signatures")
        _par_axe(requetes_adoption.signees_par_axe(run, filtres))


def _avenants(lignes: Sequence[Ligne]) -> None:
    connus = [ligne for ligne in lignes if (ligne["avenants_parmi"] or 0) >= _TENDANCE]
    if not connus:
        note(f"Sous {_TENDANCE} conventions signées dans l'année, le nombre de leurs avenants ne dit rien d'une tendance.")
        return
    legende = "Avenants non annulés pour 100 conventions, par année de signature de la convention"
    pic = max(connus, key=lambda ligne: ligne["avenants"] / ligne["avenants_parmi"])
    dit = (
        f"Les conventions signées en {pic['annee']} ont reçu le plus d'avenants : {_ratio(pic)} pour 100. Les années récentes en "
        "ont eu moins le temps."
    )
    equivalent(dit)
    valeurs = {
        ligne["annee"]: (100 * float(ligne["avenants"] / ligne["avenants_parmi"]), f"{_ratio(ligne)} pour 100") for ligne in connus
    }
    graphique = lignes_du_temps(_points(_AVENANTS, valeurs), Axes("", _AVENANTS), [_AVENANTS])
    montrer(graphique, f"{legende}. {dit}")


def _par_axe(lignes: Sequence[Ligne]) -> None:
    if not lignes:
        return
    noms = {"source": ("Source", SOURCES), "nature_bailleur": ("Nature du bailleur", NATURES_BAILLEUR)}
    nommees = [{**ligne, "axe": noms[ligne["axe"]][0], "libelle": nommer(ligne["code"], noms[ligne["axe"]][1])} for ligne in lignes]
    montrees = [
        Colonne("axe", "Selon", genre="serre"),
        Colonne("libelle", "Valeur"),
        Colonne("annee", "Année", annee, "serre"),
        _publie("signees", "Conventions signées"),
        Colonne("avenants_pour_100", "Avenants pour 100 conventions", _ecrire, "nombre"),
        Colonne("motif", "Motif de protection", genre="texte"),
    ]
    tableau(nommees, montrees, "France entière, par source et par nature de bailleur", "adoption_signatures_par_axe")


def _derniere_entiere(run: PublishedRun, lignes: Sequence[Ligne]) -> Ligne:
    """Return the last year that is over, the last known one when none is."""
    entieres = [ligne for ligne in lignes if ligne["annee"] < donnees.date_reference(run).year]
    return (entieres or lignes)[-1]


def _lignes(ensemble: Ensemble, ligne: Ligne) -> Renvoi | None:
    """Return the way to the rows of a year, unless something of it is protected: their number would tell it."""
    if ligne["protegees"]:
        return None
    jours = {DEPUIS: f"{ligne['annee']:04d}-01-01", JUSQUA: f"{ligne['annee']:04d}-12-31"}
    return Renvoi(pages.LIGNES, {ENSEMBLE: ensemble.code, **jours})


def _points(serie: str, valeurs: Mapping[int, tuple[float, str]]) -> list[Ligne]:
    """Return the points of a line from the value of each year and its words; the line breaks where a year has none to show."""
    return [
        {
            "jour": f"{an:04d}-01-01",
            "serie": serie,
            "valeur": valeurs[an][0] if an in valeurs else None,
            "texte": f"{serie}, {an} : {valeurs[an][1] if an in valeurs else formats.VIDE}",
        }
        for an in range(min(valeurs), max(valeurs) + 1)
    ]


def _ecrire(valeur: Decimal | None) -> str:
    """Write a figure of kpi_valeur; one that is hidden says so."""
    return PROTEGE if valeur is None else formats.nombre(valeur, 1)


def _publie(champ: str, titre: str) -> Colonne:
    return Colonne(champ, titre, _ecrire, "nombre")


def _part(ligne: Ligne) -> str:
    return PROTEGE if ligne["nees_parmi"] is None else formats.part(ligne["nees"], ligne["nees_parmi"])


def _ratio(ligne: Ligne) -> str:
    if ligne["avenants_parmi"] is None:
        return PROTEGE if ligne["protegees"] else formats.VIDE
    return formats.nombre(100 * ligne["avenants"] / ligne["avenants_parmi"], 1)


def _protection(filtres: Communs) -> list[Colonne]:
    """Return the columns that say what is hidden, which only a territory shows."""
    if not filtres.territoires:
        return [Colonne("motif", "Motif de protection", genre="texte", est_rare=True)]
    return [
        entier("protegees", "Départements protégés", "Leurs conventions ne sont pas dans les nombres de la ligne."),
        Colonne("motif", "Motif de protection", genre="texte", est_rare=True),
    ]


def _dire_ce_qui_est_tu(lignes: Sequence[Ligne], filtres: Communs) -> None:
    tues = [ligne for ligne in lignes if ligne["protegees"]]
    if not tues:
        return
    if len(filtres.territoires) == 1 and all(ligne["cellules"] == 1 for ligne in lignes):
        note(
            f"{formats.pluriel(len(tues), 'année protégée', 'années protégées')}, dont aucun chiffre n'est montré : "
            f"{tues[0]['motif'].lower()}."
        )
        return
    note(
        f"Dans {formats.pluriel(len(tues), 'année')}, un département au moins est protégé ({tues[0]['motif'].lower()}) : les "
        "nombres de l'année sont ceux des autres départements choisis."
    )


def _phrase_signatures(run: PublishedRun, lignes: Sequence[Ligne]) -> str:
    derniere = _derniere_entiere(run, lignes)
    pic = max(lignes, key=lambda ligne: ligne["signees"])
    return (
        f"{formats.pluriel(int(derniere['signees']), 'convention signée', 'conventions signées')} en {derniere['annee']} ; "
        "l'année qui en a le plus est "
        f"{pic['annee']} : {formats.nombre(pic['signees'])}."
    )
