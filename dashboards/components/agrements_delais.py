"""How long agréments waited for their agreement to be signed (T-12): SISAL and SIAP each from its own year, never together."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboards import pages
from dashboards.components.adresse import ENSEMBLE
from dashboards.components.blocs import Chiffre, Renvoi, chiffres, equivalent, note
from dashboards.components.colonnes.partagees import annee
from dashboards.components.courbes import Axes, lignes_du_temps
from dashboards.components.graphique import montrer
from dashboards.components.tableau import Colonne, entier, tableau
from dashboards.requetes import agrements as requetes_agrements
from dashboards.requetes import ensembles_agrements
from dashboards.requetes.agrements import TENDANCE
from data_contracts.extraits import formats
from data_contracts.extraits.libelles import nommer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboards.donnees import Ligne
    from dashboards.filtres.communs import Communs
    from data_contracts.publication import PublishedRun

_ORIGINES = {"programmation": "Depuis la programmation (SISAL)", "numero": "Depuis la création de l'opération (SIAP)"}
_SERIES = {"programmation": "Programmation (SISAL)", "numero": "Création (SIAP)"}
_ENSEMBLES = {"programmation": ensembles_agrements.SIGNES_SISAL, "numero": ensembles_agrements.SIGNES_SIAP}
_DIXIEMES = "replace(format(datum.value, '.1~f'), '.', ',')"
_LEGENDE = "Années de l'agrément à la convention signée, par année de signature"


def delais(run: PublishedRun, filtres: Communs) -> None:
    """Show the medians of each origin, then year of signature after year of signature."""
    lignes = requetes_agrements.delais(run, filtres)
    ensemble = [ligne for ligne in lignes if ligne["annee"] is None]
    if not ensemble:
        equivalent("Aucun agrément d'année connue n'est lié à une convention signée.")
        return
    dit = " ".join(map(_phrase, ensemble))
    equivalent(dit)
    chiffres("delais_agrements", [_chiffre(ligne) for ligne in ensemble])
    par_annee = [ligne for ligne in lignes if ligne["annee"] is not None]
    parlantes = [ligne for ligne in par_annee if ligne["agrements"] >= TENDANCE]
    if parlantes:
        series = [libelle for origine, libelle in _SERIES.items() if any(ligne["origine"] == origine for ligne in parlantes)]
        axes = Axes("", "Années (médiane)", min(0, *(ligne["mediane"] for ligne in parlantes)), format_y=_DIXIEMES)
        graphique = lignes_du_temps([_point(ligne) for ligne in parlantes], axes, series)
        montrer(graphique, f"{_LEGENDE}. {dit}")
    note(
        "Des années civiles, car aucune source ne donne le jour de l'agrément : une année d'écart vaut de un jour à deux ans. "
        "Les deux mesures n'ont pas le même départ et ne se comparent pas. Les agréments encore sans convention n'y sont pas : la "
        "couverture de chaque année les compte."
    )
    tues = len(par_annee) - len(parlantes)
    if tues:
        note(
            f"Sous {TENDANCE} agréments, une médiane ne dit rien d'une tendance : le graphique laisse de côté "
            f"{formats.pluriel(tues, 'année')} de signature ; le tableau les a toutes."
        )
    with st.expander("Voir le tableau", key="tableau_delais_agrements"):
        tableau([_nommee(ligne) for ligne in lignes], _colonnes(), _LEGENDE, "agrements_delais")


def _phrase(ligne: Ligne) -> str:
    return (
        f"{_ORIGINES[ligne['origine']]}, la moitié des {formats.pluriel(ligne['agrements'], 'agrément')} signés l'ont été en "
        f"{formats.mesure(ligne['mediane'], _ans(ligne['mediane']), 1)} ou moins, neuf sur dix en "
        f"{formats.mesure(ligne['p90'], _ans(ligne['p90']), 1)} ou moins."
    )


def _ans(valeur: float) -> str:
    return "an" if abs(valeur) < 2 else "ans"  # noqa: PLR2004 - two is the first plural of French


def _chiffre(ligne: Ligne) -> Chiffre:
    ensemble = _ENSEMBLES[ligne["origine"]]
    return Chiffre(
        f"Médiane {_ORIGINES[ligne['origine']].lower().replace('sisal', 'SISAL').replace('siap', 'SIAP')}",
        formats.mesure(ligne["mediane"], _ans(ligne["mediane"]), 1),
        ensemble.definition,
        ensemble.source,
        f"{formats.pluriel(ligne['agrements'], 'agrément')}, {formats.pluriel(ligne['anterieures'], 'signé')} avant cette année",
        "Agréments liés à une convention signée, ni annulée ni abandonnée, d'un bailleur HLM, SEM ou autre bailleur social.",
        Renvoi(pages.LIGNES, {ENSEMBLE: ensemble.code}),
    )


def _point(ligne: Ligne) -> Ligne:
    serie = _ORIGINES[ligne["origine"]]
    mediane = formats.mesure(ligne["mediane"], _ans(ligne["mediane"]), 1)
    return {
        "jour": f"{ligne['annee']:04d}-01-01",
        "serie": _SERIES[ligne["origine"]],
        "valeur": float(ligne["mediane"]),
        "texte": f"{serie}, signés en {ligne['annee']} : médiane de {mediane}, {formats.pluriel(ligne['agrements'], 'agrément')}",
    }


def _nommee(ligne: Ligne) -> Ligne:
    return {
        **ligne,
        "libelle": nommer(ligne["origine"], _ORIGINES),
        "signature": "Toutes" if ligne["annee"] is None else annee(ligne["annee"]),
        "part_anterieure": formats.part(ligne["anterieures"], ligne["agrements"]),
    }


def _colonnes() -> Sequence[Colonne]:
    return [
        Colonne("libelle", "Mesure"),
        Colonne("signature", "Année de signature", genre="serre"),
        entier("agrements", "Agréments"),
        Colonne("mediane", "Médiane (ans)", lambda valeur: formats.nombre(valeur, 1), "nombre"),
        Colonne("p90", "90e centile (ans)", lambda valeur: formats.nombre(valeur, 1), "nombre"),
        Colonne("part_anterieure", "Signés avant l'année de l'agrément", genre="nombre"),
    ]
