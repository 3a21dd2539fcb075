"""Délais: one stage at a time, how long the files closed took, how long those opened stay, how old those still open are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboards import donnees
from dashboards.components import delais_fermes
from dashboards.components.blocs import equivalent, information, note, titre
from dashboards.components.delais_dossiers import dossiers
from dashboards.components.delais_ouverture import ouverture
from dashboards.components.delais_reste import aujourd_hui, ecartes
from dashboards.components.delais_stock import stock
from dashboards.components.filtres_delais import formulaire
from dashboards.components.indicateur import definition
from dashboards.filtres.delais import FERMES, LISTE, OUVERTS
from dashboards.requetes import delais as requetes_delais

if TYPE_CHECKING:
    from dashboards.filtres.delais import Filtres, Referentiel
    from dashboards.periodes import Periode
    from data_contracts.publication import PublishedRun

_SURTITRE, _TITRE = "Délais", "Le temps passé dans chaque étape"


def page(run: PublishedRun) -> None:
    """Show the stage that the address names, or the first one."""
    if not requetes_delais.mesure_les_delais(run):
        titre(_SURTITRE, _TITRE)
        information(
            "Cette publication vient d'une version qui ne mesurait pas encore les délais : en construire une avec « parc run »."
        )
        return
    referentiel = requetes_delais.referentiel(run)
    titre(
        _SURTITRE,
        _TITRE,
        "Médianes et centiles, jamais une moyenne seule ; les dossiers encore ouverts ne sont pas oubliés. L'adresse de la page "
        "garde les filtres : elle s'envoie telle quelle.",
    )
    if not referentiel.etapes:
        information(
            "Aucune étape n'est connue de cette publication : aucune source livrée ne date le parcours des conventions. "
            "Importer une livraison d'Ecoloweb ou d'APiLos (« parc import »), puis lancer « parc run »."
        )
        return
    filtres = formulaire(run, referentiel)
    demandee = st.query_params.get(LISTE)
    if demandee in {FERMES, OUVERTS}:
        dossiers(run, filtres, referentiel, demandee)
    else:
        _etape(run, filtres, referentiel)


def _etape(run: PublishedRun, filtres: Filtres, referentiel: Referentiel) -> None:
    quand = requetes_delais.periode(run, filtres)
    compte = requetes_delais.chiffres(run, filtres, quand)
    st.header(f"{filtres.etape} · {referentiel.etapes[filtres.etape]}", anchor=False)
    if not compte["fermes"] and not compte["ouverts"] and not requetes_delais.evolution(run, filtres, "annee"):
        delais_fermes.aucun(run, filtres)
        definition(run, filtres.etape)
    else:
        _mesures(run, filtres, referentiel, quand)
    st.header("Ce qui n'a pas pu être mesuré", anchor=False)
    ecartes(run, filtres)


def _mesures(run: PublishedRun, filtres: Filtres, referentiel: Referentiel, quand: Periode) -> None:
    compte = requetes_delais.chiffres(run, filtres, quand)
    equivalent(delais_fermes.phrase(compte, filtres, quand))
    delais_fermes.figures(compte, filtres, referentiel, quand)
    if 0 < compte["fermes"] < requetes_delais.TENDANCE:
        note(f"Sous {requetes_delais.TENDANCE} dossiers fermés, ces durées ne disent rien d'une tendance.")
    definition(run, filtres.etape)
    st.header("Le chiffre suivi aujourd'hui", anchor=False)
    aujourd_hui(run, filtres)
    st.header("Dossiers fermés, au fil du temps", anchor=False)
    delais_fermes.evolution(run, filtres, referentiel)
    st.header("Comment ces durées se répartissent", anchor=False)
    delais_fermes.distribution(run, filtres, quand)
    st.header("Dossiers selon leur année d'ouverture", anchor=False)
    ouverture(run, filtres, referentiel)
    st.header("Dossiers encore dans l'étape", anchor=False)
    stock(run, filtres)
    st.header(f"Qui est plus long, qui est plus court, {quand.en_mots}", anchor=False)
    delais_fermes.ventilation(run, filtres, referentiel, quand)


page(donnees.lue())
