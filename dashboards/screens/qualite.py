"""Qualité des données: how good they are, how complete, for what, and what became of everything received. One view at a time."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from dashboards import donnees
from dashboards.components.barre import FiltresPropres, barre
from dashboards.components.blocs import information, titre
from dashboards.components.controles import controles
from dashboards.components.livraisons import livraisons
from dashboards.components.onglets import VUE, onglets
from dashboards.components.qualite_completude import CHAMP, TOUS, champs_connus, completude
from dashboards.components.qualite_score import score
from dashboards.components.qualite_usages import usages
from dashboards.components.quarantaine import quarantaine
from dashboards.components.reconciliation import reconciliation
from dashboards.components.telechargements import du_sujet
from dashboards.filtres import communs
from dashboards.filtres.adresse import LectureAdresse
from dashboards.requetes import communs as requetes_communs
from dashboards.requetes import completude as requetes_completude
from dashboards.requetes import reception as requetes_reception
from dashboards.requetes.communs import Portee
from dashboards.requetes.ensembles_parc import CONVENTIONS

if TYPE_CHECKING:
    from collections.abc import Callable

    from dashboards.filtres.communs import Communs
    from data_contracts.publication import PublishedRun


@dataclass(frozen=True)
class Vue:
    """One view of the page: its title, what the shared filters compare in it, what shows it."""

    titre: str
    portee: Portee
    montrer: Callable[[PublishedRun, Communs], None]


def page(run: PublishedRun) -> None:
    """Show the view that the address asks for."""
    titre(
        "Qualité des données",
        "Ce que valent les données",
        "Ce qui a été reçu, refusé, contrôlé, ce qui manque, et à quoi les données peuvent servir.",
    )
    if not requetes_reception.est_complete(run):
        information(
            "Cette publication vient d'une version antérieure, qui ne mesurait pas tout cela : en construire une avec « parc run »."
        )
        return
    with st.container(horizontal=True, key="rapport"):
        du_sujet(run, "Rapport qualité", est_nomme=True)
    lecture = LectureAdresse(st.query_params.to_dict())
    vues = _vues(lecture.connu(CHAMP, tuple(champs_connus(run)), TOUS))
    demandee = lecture.connu(VUE, tuple(vues), next(iter(vues)))
    communs.lire(lecture, requetes_communs.connus(run))
    onglets({code: vue.titre for code, vue in vues.items()}, demandee)
    vue = vues[demandee]
    filtres = barre(run, vue.portee, propres=FiltresPropres(None, lecture.ignores), garde=_garde())
    vue.montrer(run, filtres)


def _vues(champ: str) -> dict[str, Vue]:
    """Return the views by their code in the address, the one shown first first."""
    source = requetes_reception.PORTEE
    return {
        "score": Vue("Score de qualité", CONVENTIONS.portee, score),
        "completude": Vue("Complétude", requetes_completude.PORTEE, partial(completude, champ=champ)),
        "usages": Vue("Usages possibles", requetes_completude.PORTEE, usages),
        "reconciliation": Vue("Réconciliation et quarantaine", source, _reconciliation),
        "controles": Vue("Contrôles", Portee(), _controles),
        "livraisons": Vue("Livraisons et fraîcheur", source, livraisons),
    }


def _reconciliation(run: PublishedRun, filtres: Communs) -> None:
    st.header("Ce qu'est devenu tout ce qui a été reçu", anchor=False)
    reconciliation(run, filtres)
    st.header("Quarantaine", anchor=False)
    quarantaine(run, filtres)


def _controles(run: PublishedRun, _: Communs) -> None:
    st.header("Contrôles de la publication", anchor=False)
    controles(requetes_reception.controles(run))
    du_sujet(run, "Contrôles", est_nomme=True)


def _garde() -> dict[str, str]:
    """Return what the address keeps when its filters are cleared."""
    return {VUE: st.query_params[VUE]} if VUE in st.query_params else {}


page(donnees.lue())
