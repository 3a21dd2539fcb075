"""Where the parc of a day stands: the map of the départements, then régions, départements or communes as one narrows down."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboards.components.adresse import reecrire
from dashboards.components.blocs import equivalent, note
from dashboards.components.carte import carte
from dashboards.components.parc import MESUREES, VOIR, avec_liens, avec_mots, classer, spread
from dashboards.components.tableau import Colonne, tableau
from dashboards.filtres.communs import TERRITOIRE
from dashboards.filtres.parc import MESURES
from dashboards.requetes import parc as requetes_parc
from dashboards.requetes.territoires import territoires
from dashboards.tuiles import cases
from data_contracts.extraits import formats

if TYPE_CHECKING:
    from dashboards.components.parc import Vue
    from dashboards.donnees import Ligne

_CITES = 3


def par_territoire(vue: Vue) -> None:
    """Show the map, then the spread that the filter on the territory calls for.

    Who sees some départements only has no map: its empty squares would say that the others hold nothing.
    """
    choisis = territoires(vue.run).codes_departement(vue.filtres.communs.territoires)
    if not vue.run.perimetre.est_limite:
        _carte(vue, requetes_parc.par_departement(vue.run, vue.filtres) if choisis else vue.etat.par["departement"], choisis)
    if not choisis:
        spread(vue, "region", "Par région")
        note("Choisir un département sur la carte, ou une région dans la barre, montre ses communes.")
        return
    if len(choisis) > 1:
        spread(vue, "departement", "Par département")
    classer(
        vue, "commune", "Par commune", lambda nombre: f"{formats.pluriel(nombre, 'commune')} en tout.", [Colonne("code", "Code")]
    )


def _carte(vue: Vue, lignes: list[Ligne], choisis: list[str]) -> None:
    mesure = vue.mesure
    rangees = avec_liens(vue, "departement", avec_mots(vue, "departement", lignes), vue.au)
    legende = f"{MESURES[mesure]} au {formats.jour(vue.au)}, par département"
    st.subheader("Carte des départements", anchor=False)
    equivalent(_phrase(rangees, mesure))
    note(
        "Chaque carré est un département, près de ses voisins ; l'outre-mer est à gauche. Plus le carré est foncé, plus son "
        "nombre est grand : chaque teinte réunit à peu près autant de départements. Un clic choisit le département."
    )
    valeurs = {ligne["code"]: ligne[mesure] for ligne in rangees if ligne["code"]}
    carte(valeurs, territoires(vue.run).departements, choisis, MESURES[mesure])
    if choisis:
        st.button("Toute la France", key="carte_france", type="tertiary", on_click=reecrire, args=((TERRITOIRE,), {}))
    hors_carte = [ligne for ligne in rangees if ligne["code"] not in cases() and ligne[mesure]]
    if hors_carte:
        nommes = " ; ".join(f"{ligne['libelle']}, {formats.nombre(ligne[mesure])}" for ligne in hors_carte)
        note(f"Hors de la carte : {nommes}.")
    with st.expander("Voir le tableau", key="tableau_carte"):
        tableau(rangees, [Colonne("libelle", "Département"), *MESUREES, VOIR], legende, "parc_carte")


def _phrase(lignes: list[Ligne], mesure: str) -> str:
    presents = [ligne for ligne in lignes if ligne[mesure]]
    if not presents:
        return f"Aucun département n'a de {MESURES[mesure].lower()}."
    premiers = " ; ".join(f"{ligne['libelle']}, {formats.nombre(ligne[mesure])}" for ligne in presents[:_CITES])
    return f"{MESURES[mesure]} dans {formats.pluriel(len(presents), 'département')}. Les premiers : {premiers}."
